"""Beginning a draft, changing it, throwing it away."""

from __future__ import annotations

from typing import Any

from motcua.editing import errors, queries
from motcua.editing.document import key_of, normal, short_name
from motcua.editing.models import Draft, Revision
from motcua.editing.rules import places
from motcua.foundation.actors import Actor
from motcua.foundation.acts import Act, action
from motcua.foundation.canonical import canonical, digest
from motcua.foundation.errors import Forbidden
from motcua.foundation.journal import record
from motcua.foundation.packs import store

BYTES_MAX = 2_000_000  # as a file of the packs
DOUBTS_MAX = 500
MADE_UP = ("docx", "blank")  # origins whose id nobody has chosen: another is made where it is taken


def allowed(actor: Actor) -> None:
    """Raises Forbidden for everybody who may not configure procedures."""
    if not queries.may_edit(actor):
        raise Forbidden()


@action("editing.start_draft")
def start_draft(
    act: Act, *, document: dict, origin: str, doubts: list[Any] | None = None, base: int | None = None
) -> dict:
    """Begin a draft with a document: a procedure as `procedures/<id>.yaml` says it, its declaration inside as a mapping
    under `declaration` (or the name of one, or none). What it lacks is told on its page, it need not be whole.

    `origin` is blank, published, listed, yaml or docx; `doubts` are what a reader of a form was not sure of, sentences
    or {"place": "declaration.sections.0.fields.2", "text": …}; `base` the primary key of the version it starts from.
    Answers {draft: public id, key, revision}. Raises Forbidden, BeingEdited, DocumentUnreadable.
    """
    allowed(act.actor)
    if origin not in Draft.Origin.values:
        raise ValueError(f"no such origin: {origin}")
    clean = _readable(document)
    clean["id"] = clean["slug"] = _free_key(key_of(clean), made_up=origin in MADE_UP)
    draft = Draft(
        key=clean["id"], name=short_name(clean), origin=origin, base_id=base, doubts=(doubts or [])[:DOUBTS_MAX],
        opened_at=act.at, changed_at=act.at, changed_by=act.actor.key,
    )  # fmt: skip
    draft.save(force_insert=True)
    made = _revision(act, draft, clean, "")
    facts = {"key": draft.key, "origin": origin, "hash": made.hash}
    record(act, "editing.draft_started", draft.subject, facts=facts)
    return {"draft": draft.public_id, "key": draft.key, "revision": 1}


def _readable(document: Any) -> dict:
    if not isinstance(document, dict):
        raise errors.DocumentUnreadable(why="–")
    try:
        clean = normal(document)
    except (TypeError, ValueError, RecursionError) as problem:
        raise errors.DocumentUnreadable(why=str(problem)[:200]) from None
    if (size := len(canonical(clean))) > BYTES_MAX:
        raise errors.DocumentUnreadable(why=f"{size} byte > {BYTES_MAX}")
    return clean


def _free_key(key: str, *, made_up: bool) -> str:
    """The id to work under; a made-up one gets a number where a procedure or a draft has it already."""
    known = queries.open_draft_of(key)
    if not made_up:
        if known is not None:
            raise errors.BeingEdited(name=known.name)
        return key
    name, number = key, 1
    while queries.open_draft_of(name) is not None or store.history("procedures", name):
        number += 1
        name = f"{key[:75]}-{number}"
    return name


def _revision(act: Act, draft: Draft, document: dict, touched: str) -> Revision:
    return Revision.objects.create(
        draft=draft, number=draft.revision, document=document, hash=digest(document), author=act.actor.key,
        author_name=act.actor.label[:200], at=act.at, touched=touched[:200],
    )  # fmt: skip


def locked(draft: str, *, seen: int | None = None) -> Draft:
    """The draft under lock. Raises NoSuchDraft, NotOpen, and ChangedMeanwhile when it is not the one that was seen."""
    row = Draft.objects.select_for_update().filter(public_id=draft).first()
    if row is None:
        raise errors.NoSuchDraft()
    if row.state not in queries.OPEN_STATES:
        raise errors.NotOpen()
    if seen is not None and seen != row.revision:
        last = row.revisions.defer("document").order_by("-number")[:1]
        raise errors.ChangedMeanwhile(who=last[0].author_name or last[0].author)
    return row


@action("editing.save")
def save(act: Act, *, draft: str, seen: int, changes: list[dict]) -> dict:
    """Change a draft at some places: [{"do": set | unset | add | remove | move, "at": place, "value", "by"}].

    `seen` is the revision the person had before her: where another was saved since, nothing is changed. What changes
    nothing makes no revision; a draft that was offered for publication is open again. Answers {revision, changed}.
    Raises Forbidden, NoSuchDraft, NotOpen, ChangedMeanwhile, NoSuchPlace, DocumentUnreadable.
    """
    allowed(act.actor)
    row = locked(draft, seen=seen)
    before = queries.document_of(row)
    try:
        after = _readable(places.changed(before, changes))
    except places.NoPlace as problem:
        raise errors.NoSuchPlace(place=str(problem)) from None
    if digest(after) == digest(before):
        return {"revision": row.revision, "changed": False}
    after = _same_id(row, after)
    row.revision += 1
    row.state, row.offered_by = Draft.State.OPEN, ""
    row.key, row.name = after["id"], short_name(after)
    row.changed_at, row.changed_by = act.at, act.actor.key
    row.save()
    touched = ", ".join(dict.fromkeys(places.said(change["at"]) for change in changes))
    made = _revision(act, row, after, touched)
    facts = {"revision": row.revision, "hash": made.hash, "touched": made.touched}
    record(act, "editing.draft_changed", row.subject, facts=facts)
    return {"revision": row.revision, "changed": True}


def _same_id(row: Draft, after: dict) -> dict:
    """A procedure keeps its id from its first version on; the address follows the id. Raises BeingEdited, KeyTaken."""
    key = key_of(after)
    if row.base_id is not None:
        key = row.key
    elif key != row.key:
        if (other := queries.open_draft_of(key)) is not None:
            raise errors.BeingEdited(name=other.name)
        if store.history("procedures", key):
            raise errors.KeyTaken(key=key)
    return {**after, "id": key, "slug": key}


@action("editing.discard")
def discard(act: Act, *, draft: str, seen: int) -> dict:
    """Throw a draft away; what is published stays. Its revisions remain to be read. Raises as `save`."""
    allowed(act.actor)
    row = locked(draft, seen=seen)
    row.state, row.changed_at, row.changed_by = Draft.State.DISCARDED, act.at, act.actor.key
    row.save(update_fields=["state", "changed_at", "changed_by"])
    record(act, "editing.draft_discarded", row.subject, facts={"revision": row.revision})
    return {"draft": row.public_id}
