"""Every read of the editing room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from motcua.editing.errors import NoSuchDraft
from motcua.editing.models import Draft, Proof, Revision
from motcua.foundation.actors import Actor
from motcua.foundation.packs import row_in_force, store
from motcua.foundation.packs.compare import Difference, compare
from motcua.foundation.time import local_date

OPEN_STATES = (Draft.State.OPEN, Draft.State.OFFERED)
LISTED_MAX = 200
SECOND_PERSON = "publish-second-person"


def may_edit(actor: Actor) -> bool:
    """Who configures the platform: administrators, and the installation itself (packs are law for everybody)."""
    return actor.kind == "system" or actor.has_role("administrator")


def drafts_visible_to(actor: Actor) -> Any:
    """The drafts a person may open: all for who may configure, none for everybody else."""
    rows = Draft.objects.select_related("base", "published")
    return rows if may_edit(actor) else rows.none()


def draft_for(actor: Actor, public_id: str) -> Draft:
    """One draft. Raises NoSuchDraft, also for somebody who may not see it."""
    found = drafts_visible_to(actor).filter(public_id=public_id[:26]).first() if public_id.isalnum() else None
    if found is None:
        raise NoSuchDraft()
    return found


def open_drafts(actor: Actor) -> list[Draft]:
    """Drafts that somebody works at or that wait for a second person, the latest changed first."""
    rows = drafts_visible_to(actor).filter(state__in=OPEN_STATES).order_by("-changed_at", "-pk")
    return list(rows[:LISTED_MAX])


def finished_drafts(actor: Actor, limit: int = 20) -> list[Draft]:
    """What was published or thrown away last."""
    rows = drafts_visible_to(actor).exclude(state__in=OPEN_STATES).order_by("-changed_at", "-pk")
    return list(rows[:limit])


def open_draft_of(key: str) -> Draft | None:
    """The open draft of a procedure, None for none."""
    return Draft.objects.filter(key=key, state__in=OPEN_STATES).first()


def document_of(draft: Draft, number: int | None = None) -> dict:
    """The document of a draft: its newest revision, or the one with a number. Raises NoSuchDraft."""
    found = Revision.objects.filter(draft=draft, number=number or draft.revision).first()
    if found is None:
        raise NoSuchDraft()
    return found.document


def revisions_of(draft: Draft, limit: int = 30) -> list[Revision]:
    """Who changed what, newest first, without the documents."""
    return list(draft.revisions.defer("document").order_by("-number")[:limit])


def changed_since(draft: Draft, seen: int) -> tuple[list[Revision], list[Difference]]:
    """The revisions after the one a person saw, and every place in which the document is otherwise now."""
    later = list(draft.revisions.filter(number__gt=seen).defer("document").order_by("number"))
    return later, compare(document_of(draft, seen), document_of(draft)) if later else []


def authors_of(draft: Draft) -> set[str]:
    """The keys of everybody who wrote a part of it."""
    return set(draft.revisions.values_list("author", flat=True))


def proof_of(draft: Draft, day: date | None = None) -> Proof | None:
    """The latest proof of the newest revision (of a day), None while it is not proved."""
    rows = Proof.objects.filter(draft=draft, revision=draft.revision)
    return (rows.filter(day=day) if day else rows).order_by("-day").first()


def second_person_needed(at: datetime) -> bool:
    """Whether somebody else than its authors has to publish a draft, by the dated value; yes where none says so."""
    version = store.current("values", SECOND_PERSON, at)
    row = row_in_force(version.body["values"], local_date(at)) if version else None
    return row is None or row["value"] is not False


def version_in_force(key: str, at: datetime) -> store.Version | None:
    """The version of a procedure that a new one would follow, None for a procedure without content."""
    return store.current("procedures", key, at)


def subjects() -> Iterable[str]:
    """The journal's chains of this room."""
    return (str(name) for name in Draft.objects.values_list("public_id", flat=True))
