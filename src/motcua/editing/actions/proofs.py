"""Proving what is published: asked when nobody waits, kept with the version it is about."""

from __future__ import annotations

import time as machine_time
from datetime import date, datetime
from typing import Any

from motcua.catalogue import queries as catalogue
from motcua.editing import board, proving
from motcua.editing.actions.write import allowed
from motcua.editing.errors import NothingToProve
from motcua.editing.models import VersionProof
from motcua.editing.standing import Standing
from motcua.foundation.actors import system
from motcua.foundation.acts import Act, action, new_act
from motcua.foundation.journal import record
from motcua.foundation.packs import store
from motcua.foundation.packs.prove import Ways
from motcua.foundation.time import local_date


def prove_in_force(act: Act, *, slug: str) -> dict:
    """Ask the prover about the version of a procedure that is in force, and keep what it says; asked before the
    transaction opens.

    Answers {ok, findings: count, version}. Raises Forbidden, ProcedureNotFound, NothingToProve for one that is only
    listed.
    """
    allowed(act.actor)
    procedure = catalogue.by_slug(slug)
    version = store.current("procedures", procedure.slug, act.at)
    if version is None:
        raise NothingToProve(name=procedure.short_name_vi)
    ways = Ways(Standing(act.at).resolved())
    said = proving.proof_in_force(version.body, ways, local_date(act.at))
    return keep_version_proof(act, version=version.pk, said=said)


@action("editing.prove_version")
def keep_version_proof(act: Act, *, version: int, said: dict[str, Any]) -> dict:
    """Keep what the prover said of a published version, in place of what it said before; use `prove_in_force`.

    Raises Forbidden.
    """
    allowed(act.actor)
    held = store.version(version)
    VersionProof.objects.update_or_create(
        version_id=version, defaults={**said, "day": local_date(act.at), "at": act.at}
    )
    facts = {"hash": held.hash, "ok": said["ok"], "findings": len(said["findings"])}
    record(act, "pack.proved", f"pack:{held.kind}/{held.key}", facts=facts)
    return {"ok": said["ok"], "findings": len(said["findings"]), "version": version}


def prove_waiting(at: datetime, *, seconds_max: float) -> int:
    """For the scheduled task: prove versions in force that nobody has proved, then those proved longest ago, until
    `seconds_max` have gone. How many."""
    begun, done = machine_time.monotonic(), 0
    waiting = board.waiting_for_proof(at)
    if not waiting:
        return 0
    ways = Ways(Standing(at).resolved())
    day: date = local_date(at)
    for version in waiting:
        if machine_time.monotonic() - begun > seconds_max:
            break
        said = proving.proof_in_force(version.body, ways, day)
        act = new_act(system("proof"), at=at, purpose="chứng minh thủ tục đang có hiệu lực", channel="task")
        keep_version_proof(act, version=version.pk, said=said)
        done += 1
    return done
