"""Every change of notes and labels: permission, transaction, journal line. Words of people enter it only salted."""

from __future__ import annotations

from typing import Any

from motcua.agencies import queries as agencies
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import NotYours
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.kernel.text import clean_text, one_line
from motcua.notes import queries, rules
from motcua.notes.errors import (
    ColourUnknown,
    LabelNameWrong,
    LabelNotFound,
    LabelNotYours,
    MayNotMakeLabels,
    NoteChangedMeanwhile,
    NoteEmpty,
    NoteNotFound,
    NoteNotYours,
    NoteWithdrawn,
    TooManyLabels,
    TooManyNotes,
    WithdrawalReason,
)
from motcua.notes.models import Label, Mark, Note, NoteVersion


def _locked(act: Act, public_id: str) -> Any:
    """The dossier under lock, for an officer at work on it. Raises DossierNotFound, OwnDossier, NotYours where she
    only reads what an agency that ended left behind."""
    found = queries.at_work(act.actor, public_id)
    if not queries.sees_by(act.actor, found):
        raise NotYours()
    dossiers.under_lock(found.pk)
    return found


# Notes -------------------------------------------------------------------------------------------------------------


@action("notes.write")
def write(act: Act, *, dossier: str, text: str) -> dict:
    """Write a note on a dossier. Answers {dossier, note, version}.

    Raises DossierNotFound, OwnDossier, NoteEmpty, TooManyNotes.
    """
    row, said = _locked(act, dossier), _words(text)
    if Note.objects.filter(dossier=row).count() >= rules.NOTES_MAX:
        raise TooManyNotes(most=rules.NOTES_MAX)
    agency = next(iter(queries.sees_by(act.actor, row)))
    note = Note.objects.create(dossier=row, author_id=act.actor.account_id, agency_id=agency)
    return _add(act, note, 1, rules.Kind.WRITTEN, said)


@action("notes.edit")
def edit(act: Act, *, dossier: str, note: str, text: str, version: int | None = None) -> dict:
    """Write one's own note anew: a further version; the former stays. The same words again change nothing.

    `version` is the one that was read. Raises NoteNotFound, NoteNotYours, NoteWithdrawn, NoteChangedMeanwhile,
    NoteEmpty.
    """
    row, last = _open_note(act, dossier, note)
    if not rules.may_edit(row.author_id, act.actor.account_id):
        raise NoteNotYours()
    if version is not None and version != last.number:
        raise NoteChangedMeanwhile()
    said = _words(text)
    if said == last.text:
        return _told(row, last.number)
    return _add(act, row, last.number + 1, rules.Kind.EDITED, said)


@action("notes.withdraw")
def withdraw(act: Act, *, dossier: str, note: str, reason: str) -> dict:
    """Withdraw a note with its reason: its words are shown no more and stay sealed underneath.

    By who wrote it, or who leads the agency she wrote it for. Raises NoteNotFound, NoteNotYours, NoteWithdrawn,
    WithdrawalReason.
    """
    row, last = _open_note(act, dossier, note)
    if not rules.may_withdraw(row.author_id, act.actor.account_id, row.agency_id, act.actor.holders):
        raise NoteNotYours()
    said = one_line(reason)
    if not rules.REASON_MIN <= len(said) <= rules.REASON_MAX:
        raise WithdrawalReason([{"field": "reason", "message": str(WithdrawalReason.message)}])
    return _add(act, row, last.number + 1, rules.Kind.WITHDRAWN, said)


def _words(text: str) -> str:
    said = clean_text(text).strip()
    if not 1 <= len(said) <= rules.NOTE_MAX:
        wrong = NoteEmpty(most=rules.NOTE_MAX)
        raise NoteEmpty([{"field": "note", "message": wrong.sentence}], most=rules.NOTE_MAX)
    return said


def _open_note(act: Act, dossier: str, note: str) -> tuple[Note, NoteVersion]:
    row = _locked(act, dossier)
    found = Note.objects.select_related("dossier").filter(dossier=row, public_id=note).first()
    if found is None:
        raise NoteNotFound()
    last = NoteVersion.objects.filter(note=found).order_by("-number").first()
    if last is None or last.kind == rules.Kind.WITHDRAWN:
        raise NoteWithdrawn()
    return found, last


def _add(act: Act, note: Note, number: int, kind: rules.Kind, text: str) -> dict:
    NoteVersion.objects.create(
        note=note, number=number, kind=kind, at=act.at, by_id=act.actor.account_id, text=text
    )
    facts = {"note": note.public_id, "version": number, "agency": note.agency_id}
    record(act, f"dossier.note_{kind}", note.dossier.subject, facts=facts, personal={"note": text})
    return _told(note, number)


def _told(note: Note, number: int) -> dict:
    return {"dossier": note.dossier.public_id, "note": note.public_id, "version": number}


def erase(act: Act, dossier: Any) -> list[int]:
    """Notes and labels of a dossier go with it, within the act that erases it. They let go of no file."""
    Note.objects.filter(dossier=dossier).delete()
    Mark.objects.filter(dossier=dossier).delete()
    return []


# Labels ------------------------------------------------------------------------------------------------------------


@action("notes.make_label")
def make_label(act: Act, *, agency: str, name: str, colour: str) -> dict:
    """Make a label for an agency (its code). Answers {label}.

    Raises MayNotMakeLabels (also for an agency that does not stand), LabelNameWrong, ColourUnknown, TooManyLabels.
    """
    office = agencies.by_code(agency) if agency.isprintable() else None
    if office is None or not office.valid_on(local_date(act.at)) or not queries.makes(act.actor, office.id):
        raise MayNotMakeLabels()
    said = _name(office.id, name)
    _colour(colour)
    if Label.objects.filter(agency_id=office.id, retired_at=None).count() >= rules.LABELS_MAX:
        raise TooManyLabels(most=rules.LABELS_MAX)
    row = Label.objects.create(agency_id=office.id, name=said, key=rules.label_key(said), colour=colour)
    record(act, "label.made", row.subject, facts={"agency": office.id, "name": said, "colour": colour})
    return {"label": row.public_id}


@action("notes.change_label")
def change_label(act: Act, *, label: str, name: str, colour: str) -> dict:
    """Give a label another name or colour, on every dossier that carries it. Raises as `make_label`, LabelNotFound."""
    row = _made_by(act, label)
    said = _name(row.agency_id, name, but=row.pk)
    _colour(colour)
    row.name, row.key, row.colour = said, rules.label_key(said), colour
    row.save(update_fields=["name", "key", "colour"])
    record(act, "label.changed", row.subject, facts={"name": said, "colour": colour})
    return {"label": row.public_id}


@action("notes.retire_label")
def retire_label(act: Act, *, label: str) -> dict:
    """Use a label no more: it stays where it was put, and is put on nothing further. Raises LabelNotFound,
    MayNotMakeLabels."""
    row = _made_by(act, label)
    row.retired_at = act.at
    row.save(update_fields=["retired_at"])
    record(act, "label.retired", row.subject)
    return {"label": row.public_id}


def _made_by(act: Act, label: str) -> Label:
    """The label in use, under lock, for whoever makes the labels of its agency."""
    found = queries.label_called(act.actor, label)
    row = Label.objects.select_for_update().get(pk=found.pk)
    if row.retired_at is not None:
        raise LabelNotFound()
    if not queries.makes(act.actor, row.agency_id):
        raise MayNotMakeLabels()
    return row


def _name(agency: int, name: str, *, but: int | None = None) -> str:
    said = one_line(name)
    same = Label.objects.filter(agency_id=agency, key=rules.label_key(said), retired_at=None).exclude(pk=but)
    if not 1 <= len(said) <= rules.NAME_MAX or same.exists():
        wrong = LabelNameWrong(most=rules.NAME_MAX)
        raise LabelNameWrong([{"field": "name", "message": wrong.sentence}], most=rules.NAME_MAX)
    return said


def _colour(colour: str) -> None:
    if colour not in rules.COLOURS:
        raise ColourUnknown([{"field": "colour", "message": str(ColourUnknown.message)}])


@action("notes.put_on")
def put_on(act: Act, *, dossier: str, label: str) -> dict:
    """Put a label on a dossier; one that is there already changes nothing. Answers {dossier, code, label, changed}.

    Raises DossierNotFound, OwnDossier, LabelNotFound, LabelNotYours, TooManyLabels.
    """
    row, known = _locked(act, dossier), _known(label)
    reach = queries.reach_of(queries.sees_by(act.actor, row))
    if not rules.may_put_on(known.agency_id, reach, retired=known.retired_at is not None):
        raise LabelNotYours()
    there = set(Mark.objects.filter(dossier=row).values_list("label", flat=True))
    if known.pk not in there:
        if len(there) >= rules.ON_ONE_MAX:
            raise TooManyLabels(most=rules.ON_ONE_MAX)
        Mark.objects.create(dossier=row, label=known, at=act.at, by_id=act.actor.account_id)
        record(act, "dossier.label_on", row.subject, facts={"label": known.public_id, "name": known.name})
    return _marked(row, known, changed=known.pk not in there)


@action("notes.take_off")
def take_off(act: Act, *, dossier: str, label: str) -> dict:
    """Take a label off a dossier; one that is not there changes nothing. Answers as `put_on`.

    Raises DossierNotFound, OwnDossier, LabelNotFound, LabelNotYours.
    """
    row, known = _locked(act, dossier), _known(label)
    mark = Mark.objects.filter(dossier=row, label=known).first()
    reach = queries.reach_of(queries.sees_by(act.actor, row))
    if not rules.may_take_off(known.agency_id, reach, queries.working_on(row) if mark else {known.agency_id}):
        raise LabelNotYours()
    if mark is not None:
        mark.delete()
        record(act, "dossier.label_off", row.subject, facts={"label": known.public_id, "name": known.name})
    return _marked(row, known, changed=mark is not None)


def _known(label: str) -> Label:
    row = Label.objects.filter(public_id=label).first() if label.isalnum() else None
    if row is None:
        raise LabelNotFound()
    return row


def _marked(row: Any, label: Label, *, changed: bool) -> dict:
    return {"dossier": row.public_id, "code": row.code, "label": label.public_id, "changed": changed}
