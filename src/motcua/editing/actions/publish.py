"""Proving a draft, offering it to a second person, publishing it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from motcua.editing import checking, errors, proving, queries
from motcua.editing.actions.write import allowed, locked
from motcua.editing.inheriting import body_of
from motcua.editing.models import Draft, Proof
from motcua.editing.standing import Standing
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.foundation.packs import store
from motcua.foundation.time import local_date


def prove(act: Act, *, draft: str, seen: int) -> dict:
    """Ask the prover about the revision that a person saw and keep what it says; asked before the transaction opens.

    Answers {ok, findings: count}. Raises Forbidden, NoSuchDraft, NotOpen, ChangedMeanwhile, NotSound for a document in
    which the check finds faults: of what cannot be read nothing can be proved.
    """
    allowed(act.actor)
    row = queries.draft_for(act.actor, draft)
    document, standing = queries.document_of(row, seen), Standing(act.at)
    if found := checking.faults(document, standing):
        raise errors.NotSound(count=len(found))
    said = proving.proof(document, standing, local_date(act.at))
    return keep_proof(act, draft=draft, seen=seen, said=said)


@action("editing.prove")
def keep_proof(act: Act, *, draft: str, seen: int, said: dict) -> dict:
    """Keep what the prover said of a revision; use `prove`. Raises Forbidden, NotOpen, ChangedMeanwhile."""
    allowed(act.actor)
    row = locked(draft, seen=seen)
    day = local_date(act.at)
    Proof.objects.filter(draft=row, revision=seen, day=day).delete()
    Proof.objects.create(draft=row, revision=seen, day=day, at=act.at, **said)
    facts = {"revision": seen, "ok": said["ok"], "findings": len(said["findings"])}
    record(act, "editing.draft_proved", row.subject, facts=facts)
    return {"ok": said["ok"], "findings": len(said["findings"])}


@action("editing.offer")
def offer(act: Act, *, draft: str, seen: int) -> dict:
    """Say that a draft is ready for a second person to look at and publish. Raises as `publish`, but for its author."""
    allowed(act.actor)
    row = locked(draft, seen=seen)
    _ready(row, act.at)
    row.state, row.offered_by = Draft.State.OFFERED, act.actor.key
    row.save(update_fields=["state", "offered_by"])
    record(act, "editing.draft_offered", row.subject, facts={"revision": row.revision})
    return {"draft": row.public_id}


@action("editing.publish")
def publish(act: Act, *, draft: str, seen: int, over: int | None, valid_from: datetime | None = None) -> dict:
    """Publish a draft through the store, in force from `valid_from` (aware; None: from the act on).

    `over` is the version (primary key) that the person saw in force, None for none: what was published since from
    files is not ended unseen. Dossiers that were received stay on their version. Whoever wrote a part of it may not
    publish it where the dated value `publish-second-person` says so. Answers {version, number, key}. Raises Forbidden,
    NoSuchDraft, NotOpen, ChangedMeanwhile, NotSound, NotProved, VersionMoved, SecondPersonNeeded, and what the store
    refuses (TooEarly).
    """
    allowed(act.actor)
    row = locked(draft, seen=seen)
    document = _ready(row, act.at)
    if queries.second_person_needed(act.at) and act.actor.key in queries.authors_of(row):
        raise errors.SecondPersonNeeded()
    standing = queries.version_in_force(row.key, act.at)
    if over != (standing.pk if standing else None):
        raise errors.VersionMoved()
    body = body_of(document, Standing(act.at).beside)
    store.draft.inside(act, kind="procedures", key=row.key, body=body)  # type: ignore[attr-defined]
    made = store.publish.inside(act, kind="procedures", key=row.key, valid_from=valid_from)  # type: ignore[attr-defined]
    row.state, row.published_id = Draft.State.PUBLISHED, made["version"]
    row.changed_at, row.changed_by = act.at, act.actor.key
    row.save(update_fields=["state", "published", "changed_at", "changed_by"])
    facts = {"revision": row.revision, "version": made["version"], "number": made["number"]}
    record(act, "editing.draft_published", row.subject, facts=facts)
    return {"version": made["version"], "number": made["number"], "key": row.key}


def _ready(row: Draft, at: datetime) -> dict[str, Any]:
    """The document, sound and proved. Raises NotSound, NotProved."""
    document = queries.document_of(row)
    if found := checking.faults(document, Standing(at)):
        raise errors.NotSound(count=len(found))
    proof = queries.proof_of(
        row, local_date(at)
    )  # agencies and other documents change: a proof holds for its day
    if proof is None or proof.findings:
        raise errors.NotProved()
    return document
