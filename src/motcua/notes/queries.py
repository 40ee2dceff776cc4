"""Every read of notes and labels. Who sees a dossier by an office of hers, and has no part in it, sees both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from motcua.agencies import queries as agencies
from motcua.dossiers import queries as dossiers
from motcua.dossiers import rules as dossier_rules
from motcua.dossiers.errors import DossierNotFound, OwnDossier
from motcua.dossiers.queries import columns
from motcua.foundation.actors import Actor
from motcua.notes import at_once, rules
from motcua.notes.errors import LabelNotFound
from motcua.notes.models import Label, Mark, Note, NoteVersion
from motcua.notes.words import COLOURS  # noqa: F401  their words, behind this door

# The policy --------------------------------------------------------------------------------------------------------


def at_work(actor: Actor, public_id: str) -> Any:
    """The dossier, for an officer who sees it by an office of hers.

    Raises DossierNotFound (not there, not hers, or she sees it as its applicant), OwnDossier.
    """
    found = dossiers.get_visible(actor, public_id)
    if not dossiers.at_work(actor, found):
        raise OwnDossier() if dossiers.sees_by_office(actor, found) else DossierNotFound()
    return found


def _offices(rights: Iterable[Any]) -> list[int]:
    return [int(right.holder.split(":")[1]) for right in rights if right.holder.startswith("office:")]


def working_on(dossier: Any) -> set[int]:
    """The agencies that see the dossier now: where it lies, where it was received, and those above."""
    standing = dossiers.standing_of(dossier, helper=None)
    found = set(_offices(dossier_rules.rights(standing)))
    return found | {above.id for office in found for above in agencies.ancestors(office)}


def sees_by(actor: Actor, dossier: Any) -> list[int]:
    """The agencies by which `actor` sees the dossier, the one that decides first, then its desk, then those above."""
    standing = dossiers.standing_of(dossier, helper=None)
    held = {right for right in dossier_rules.rights(standing) if right.holder in actor.holders}
    order = [standing.competent, standing.received_by, *standing.above]
    found = set(_offices(held))
    if not found and held and standing.competent is not None:  # it lies on her own desk
        found = {standing.competent}
    return sorted(found, key=lambda office: order.index(office) if office in order else len(order))


def reach_of(offices: Iterable[int]) -> set[int]:
    """These agencies and all above them: whose labels their officers use."""
    offices = list(offices)
    return {*offices, *(above.id for office in offices for above in agencies.ancestors(office))}


# Notes -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """Former words of a note, and until when they stood."""

    text: str
    at: datetime


@dataclass(frozen=True)
class NoteTold:
    """A note as its readers see it. Of a withdrawn one only who withdrew it, when and why; its words are not shown."""

    id: str
    author: str
    agency: str
    at: datetime
    version: int
    text: str
    edited_at: datetime | None
    former: tuple[Words, ...]
    withdrawn_at: datetime | None
    withdrawn_by: str
    why: str
    may_edit: bool
    may_withdraw: bool


def notes_of(actor: Actor, dossier: Any, language: str) -> list[NoteTold]:
    """The notes of a dossier that `actor` may read (see `at_work`), newest first; one query, none where the
    row was read with `has_notes` and has none."""
    if not dossiers.at_work(actor, dossier) or getattr(dossier, "has_notes", True) is False:
        return []
    rows = NoteVersion.objects.filter(note__dossier=dossier).select_related("note__author", "by")
    versions: dict[int, list[NoteVersion]] = {}
    for row in rows.order_by("note", "number"):
        versions.setdefault(row.note_id, []).append(row)
    names = agencies.names({rows[0].note.agency_id for rows in versions.values()}, language)
    return [_told(actor, rows, names) for rows in reversed(versions.values())]


def _told(actor: Actor, rows: Sequence[NoteVersion], names: dict[int, str]) -> NoteTold:
    note, first, last = rows[0].note, rows[0], rows[-1]
    ended = last if last.kind == rules.Kind.WITHDRAWN else None
    words = [row for row in rows if row.kind != rules.Kind.WITHDRAWN]
    may_withdraw = rules.may_withdraw(note.author_id, actor.account_id, note.agency_id, actor.holders)
    return NoteTold(
        id=note.public_id,
        author=note.author.display_name,
        agency=names.get(note.agency_id, ""),
        at=first.at,
        version=last.number,
        text="" if ended else words[-1].text,
        edited_at=words[-1].at if len(words) > 1 and not ended else None,
        former=() if ended else tuple(Words(row.text, row.at) for row in reversed(words[:-1])),
        withdrawn_at=ended.at if ended else None,
        withdrawn_by=ended.by.display_name if ended else "",
        why=ended.text if ended else "",
        may_edit=not ended and rules.may_edit(note.author_id, actor.account_id),
        may_withdraw=not ended and may_withdraw,
    )


# Labels ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LabelTold:
    """A label as pages and programs show it; `left` when an agency put it there that has the dossier no more."""

    id: str
    name: str
    colour: str
    agency: str
    agency_id: int
    retired: bool
    left: bool = False
    may_take_off: bool = False


@dataclass(frozen=True)
class OfList:
    """What a list shows of labels: those one may use, those on each dossier by its key, and how many of the whole list
    carry each name, by its key."""

    usable: list[LabelTold]
    on: dict[int, list[at_once.Found]]
    counts: dict[str, int]


def _label(row: at_once.Found, language: str, **more: Any) -> LabelTold:
    office = agencies.office(row.agency_id)
    name = office.name(language) if office else ""
    return LabelTold(row.public_id, row.name, row.colour, name, row.agency_id, row.retired, **more)


def labels_of(offices: Iterable[int], language: str) -> list[LabelTold]:
    """The labels in use at these agencies, by agency and name. One query."""
    found = at_once.read(list(offices), []).usable
    return sorted((_label(row, language) for row in found), key=lambda label: label.agency_id)


def usable(actor: Actor, language: str) -> list[LabelTold]:
    """The labels that an officer works with: of her agencies and of those above them. One query."""
    offices = actor.agencies()
    return labels_of(reach_of(offices), language) if offices else []


def beside(actor: Actor, dossier: Any, language: str) -> tuple[list[LabelTold], list[LabelTold]]:
    """The labels on one dossier, each with whether `actor` may take it off, and those she may put on; one query."""
    if not dossiers.at_work(actor, dossier):
        return [], []
    working, reach = working_on(dossier), reach_of(sees_by(actor, dossier))
    found = at_once.read(reach, [dossier.pk])
    on = [
        _label(
            label,
            language,
            left=label.agency_id not in working,
            may_take_off=rules.may_take_off(label.agency_id, reach, working),
        )
        for label in found.on[dossier.pk]
    ]
    there = {label.id for label in on}
    offered = [_label(label, language) for label in found.usable if label.public_id not in there]
    return on, sorted(offered, key=lambda label: label.agency_id)


def of_list(actor: Actor, rows: Iterable[Any], language: str, *, among: Any = None) -> OfList:
    """What a page of a list (`rows`) shows of labels; `among` (keys, as a query) is the whole list. One query."""
    offices = actor.agencies()
    reach = reach_of(offices) if offices else set()
    found = at_once.read(reach, [row.pk for row in rows], among=among)
    told = sorted((_label(label, language) for label in found.usable), key=lambda label: label.agency_id)
    return OfList(told, found.on, found.counts)


def on_many(rows: Iterable[Any]) -> dict[int, list[at_once.Found]]:
    """The labels of many dossiers by their key, each list in order of the names; one query."""
    return at_once.read([], [row.pk for row in rows]).on


def has_notes(key: str) -> Exists:
    """Whether a dossier, whose key the column `key` holds, has notes: a column for its own query, which spares one."""
    return Exists(Note.objects.filter(dossier=OuterRef(key)))


def carries(label: str) -> Callable[[str], Exists]:
    """That a dossier carries a label of the same name as this one (its public id), as a condition over the column that
    holds the dossier's key: asked of each row at hand, so that it costs nothing for what was labelled years ago.

    By name, so that a filter finds what a former agency of the dossier marked the same way.
    """
    same = Label.objects.filter(public_id=label).values("key")
    return lambda column: Exists(Mark.objects.filter(dossier=OuterRef(column), label__key__in=same))


def carriers(actor: Actor, label: Label, *, limit: int, before: int | None = None) -> list[Any]:
    """The dossiers that `actor` sees and that carry a label of this name, newest first, a page at a time (`before`: the
    key of the last one). Two queries."""
    visible = dossiers.visible_to(actor)
    marks = Mark.objects.filter(label__key=label.key).filter(Exists(visible.filter(pk=OuterRef("dossier"))))
    marks = marks.filter(dossier__lt=before) if before is not None else marks
    keys = list(marks.order_by("-dossier").values_list("dossier", flat=True).distinct()[:limit])
    return list(visible.filter(pk__in=keys).select_related("procedure", "applicant").order_by("-pk"))


def label_called(actor: Actor, public_id: str) -> Label:
    """A label that `actor` works with or makes. Raises LabelNotFound."""
    row = Label.objects.filter(public_id=public_id).first() if public_id.isalnum() else None
    if row is None or not (row.agency_id in reach_of(actor.agencies()) or makes(actor, row.agency_id)):
        raise LabelNotFound()
    return row


def makes(actor: Actor, agency: int) -> bool:
    """Whether `actor` makes the labels of this agency."""
    return rules.may_make(agency, (above.id for above in agencies.ancestors(agency)), actor.holders)


@dataclass(frozen=True)
class Shelf:
    """An agency whose labels an officer makes, with them."""

    code: str
    name: str
    labels: list[LabelTold] = field(default_factory=list)


def shelves(actor: Actor, language: str) -> list[Shelf]:
    """The agencies where `actor` holds a position and makes the labels, each with those in use; one query."""
    made = [office for office in sorted(actor.agencies()) if makes(actor, office)]
    found: dict[int, list[LabelTold]] = {office: [] for office in made}
    for label in labels_of(made, language):
        found[label.agency_id].append(label)
    offices = [(agencies.office(id_), labels) for id_, labels in found.items()]
    return [Shelf(office.code, office.name(language), labels) for office, labels in offices if office]


def subjects() -> Iterable[str]:
    """Every label must have its chain in the journal."""
    return Label.objects.values_list("public_id", flat=True)


# A column of lists -------------------------------------------------------------------------------------------------

_KEPT = "_labels_for_file"


def _prepare(block: Sequence[Any], reader: Any) -> None:
    found = on_many(block)
    for dossier in block:
        names = [label.name for label in found.get(dossier.pk, ())]
        dossier.__dict__[_KEPT] = (
            ", ".join(dict.fromkeys(names)) if dossiers.at_work(reader.actor, dossier) else ""
        )


def _value(dossier: Any, reader: Any) -> str:
    return dossier.__dict__.get(_KEPT, "")


def label_column(title: Any) -> columns.Choice:
    """The column “Nhãn” of lists and their files, read a block at a time."""
    return columns.Choice("labels", title, "text", _value, prepare=_prepare)
