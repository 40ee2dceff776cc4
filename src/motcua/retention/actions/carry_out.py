"""What was decided is erased, dossier by dossier, each whole or not at all; abandoned drafts go by themselves."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import structlog
from django.db import OperationalError

from motcua.dossiers import actions as dossier_actions
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import DossierNotFound
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.retention import queries, rules
from motcua.retention.errors import NotForYou
from motcua.retention.models import Destruction, DestructionItem
from motcua.retention.rules import ItemState, State

log = structlog.get_logger(__name__)
BATCH = 50


@action("retention.destroy_item")
def destroy_item(act: Act, *, item: int) -> dict:
    """Erase one dossier of a confirmed list, or keep it where it is held back or not due any more.

    The platform's own act. Answers {item, state, why}. Raises NotForYou for anybody else.
    """
    if act.actor.kind != "system":
        raise NotForYou()
    row = DestructionItem.objects.select_for_update(of=("self",)).select_related("destruction").get(pk=item)
    owner = row.destruction
    if row.state != ItemState.WAITING or owner.state != State.CONFIRMED:
        return {"item": row.pk, "state": row.state, "why": row.why}
    why = _reason_to_keep(row.dossier, act)
    if why:
        row.state, row.why = ItemState.KEPT, why
    else:
        done = dossier_actions.erase.inside(act, dossier=row.dossier, cause=owner.subject)
        row.state, row.destroyed_at = ItemState.DESTROYED, act.at
        row.letters, row.files = done.get("letters", 0), done.get("files", 0)
    row.save(update_fields=["state", "why", "destroyed_at", "letters", "files"])
    states = DestructionItem.objects.filter(destruction=owner).values_list("state", flat=True)
    if rules.is_over(states):
        Destruction.objects.filter(pk=owner.pk).update(state=State.DONE, done_at=act.at)
        found = list(states)
        facts = {"destroyed": found.count(ItemState.DESTROYED), "kept": found.count(ItemState.KEPT)}
        record(act, "destruction.done", owner.subject, facts=facts)
    return {"item": row.pk, "state": str(row.state), "why": row.why}


def _reason_to_keep(public_id: str, act: Act) -> str:
    """Judged again at the moment it would be gone: a complaint may have come, a schedule may have grown longer."""
    found = dossiers.keeping.ended([public_id]).get(public_id)
    if found is None or not queries.plan(local_date(act.at)).is_due(found):
        return "not_due"
    return dossiers.held([found.pk]).get(found.pk, "")


def erase_drafts(act: Act, *, limit: int | None = None) -> int:
    """Erase drafts that nobody has touched for as long as the packs say, each an act of its own. Returns how many; one
    that cannot be erased is told in the log, stays, and is tried again the next night."""
    before = queries.drafts_before(act.at)
    gone, after = 0, 0
    while before is not None and (limit is None or gone < limit):
        found = dossiers.keeping.untouched_drafts(before, limit=BATCH, after=after)
        gone += sum(_draft_gone(act, public_id, before) for _pk, public_id in found)
        if len(found) < BATCH:
            break
        after = found[-1][0]
    return gone


def _draft_gone(act: Act, public_id: str, before: datetime) -> bool:
    try:
        done = dossier_actions.discard_abandoned(
            act.part(public_id), dossier=public_id, untouched_since=before
        )
    except DossierNotFound:  # thrown away by its owner meanwhile
        return False
    except OperationalError:  # the database itself: the whole job is to be done again
        raise
    except Exception:  # noqa: BLE001  what one draft stumbles over keeps no other from being erased
        log.exception("retention.draft_not_erased", dossier=public_id)
        return False
    return bool(done.get("discarded"))


def carry_out_all(act: Act) -> Counter[str]:
    """Everything that is decided, each dossier an act of its own. Returns how many by what became of them."""
    found: Counter[str] = Counter()
    while waiting := queries.waiting_items(limit=BATCH):
        for pk in waiting:
            found[destroy_item(act.part(f"item/{pk}"), item=pk)["state"]] += 1
    return found
