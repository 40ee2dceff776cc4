"""What a person does with a proposal: take it over, note that the declaration says otherwise, leave it.

Nothing that somebody typed is ever overwritten: a value goes only into a field that holds nothing at that moment, by
the dossiers' own act of saving answers, which leaves alone what was filled in since.
"""

from __future__ import annotations

import json
from typing import Any

from motcua.agencies import queries as agencies
from motcua.digitising import queries, rules
from motcua.digitising.actions.base import done, locked
from motcua.digitising.errors import NotFilledNow, ProposalGone, TypedStays, ValueDoesNotFit
from motcua.digitising.models import Proposal, Scan
from motcua.dossiers import actions as dossier_actions
from motcua.dossiers import queries as dossiers
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.kernel import forms
from motcua.kernel.text import one_line
from motcua.notes import actions as notes

DECIDED_IN = (rules.State.MADE, rules.State.TAKEN)


@action("digitising.accept")
def accept(act: Act, *, scan: str, proposal: int, value: str = "") -> dict:
    """Take a proposal over into the declaration, as it was read or as she put it right (`value`, as one types it).

    Raises ProposalGone, NotFilledNow (the declaration is closed, or is not hers to fill), TypedStays (the field holds
    something), ValueDoesNotFit.
    """
    row, said, field = _open_one(act, scan, proposal)
    if not queries.may_fill(act.actor, row.dossier):
        raise NotFilledNow()
    answer = _answer(row, field, said, value)
    if not is_empty(dossiers.answers_of(row.dossier).get(field.id)):
        raise TypedStays(field=field.label.say(act.actor.language))
    public_id = row.dossier.public_id
    saved = dossier_actions.save_answers.inside(  # type: ignore[attr-defined]
        act,
        dossier=public_id,
        answers={field.id: answer},
        drawn={field.id: dossiers.drawn_mark(public_id, field.id, None)},
    )
    if field.id in (saved.get("elsewhere") or ()):
        raise TypedStays(field=field.label.say(act.actor.language))
    corrected = answer != json.loads(said.value)
    said.value = json.dumps(answer, ensure_ascii=False)
    facts = {
        "scan": row.public_id,
        "field": field.id,
        "confidence": said.confidence,
        "page": said.page + 1,
        "corrected": corrected,
    }
    personal = {"read": said.read, "value": str(answer)}
    record(act, "dossier.scan_value_accepted", row.dossier.subject, facts=facts, personal=personal)
    return _decided(act, row, said, rules.Said.ACCEPTED)


def is_empty(value: Any) -> bool:
    """Whether an answer says nothing: only such a field is ever filled from a scan."""
    return forms.bare(value) is None


def _answer(row: Scan, field: forms.Field, said: Proposal, value: str) -> Any:
    if not value.strip():
        return json.loads(said.value)
    declaration = dossiers.declared_view_of(row.dossier).declaration
    answers, problems = forms.clean(declaration, {field.id: value})
    if problems or answers.get(field.id) is None:
        shown = one_line(value)[:80]
        wrong = ValueDoesNotFit(value=shown, field=field.label.vi)
        raise ValueDoesNotFit([{"field": f"p{said.pk}", "message": wrong.sentence}], **wrong.params)
    return answers[field.id]


@action("digitising.note_difference")
def note_difference(act: Act, *, scan: str, proposal: int) -> dict:
    """Note beside the dossier that a paper and the declaration differ; the declaration stays as it is.

    Raises ProposalGone and what `notes.write` refuses.
    """
    row, said, field = _open_one(act, scan, proposal)
    names = agencies.names_in("vi")
    typed = dossiers.answers_of(row.dossier).get(field.id)
    stands = "để trống" if is_empty(typed) else f"ghi “{forms.say(field, typed, 'vi', names)}”"
    text = (
        f"Bản quét “{row.name}”, trang {said.page + 1}: mục “{field.label.vi}” đọc được “{said.read}”; "
        f"tờ khai {stands}."
    )
    notes.write.inside(act, dossier=row.dossier.public_id, text=text[:2000])  # type: ignore[attr-defined]
    record(act, "scan.difference_noted", row.subject, facts={"field": field.id})
    return _decided(act, row, said, rules.Said.NOTED)


@action("digitising.dismiss")
def dismiss(act: Act, *, scan: str, proposal: int) -> dict:
    """Leave a proposal unused. Raises ProposalGone."""
    row, said, field = _open_one(act, scan, proposal)
    record(act, "scan.proposal_dismissed", row.subject, facts={"field": field.id})
    return _decided(act, row, said, rules.Said.DISMISSED)


def _open_one(act: Act, scan: str, proposal: int) -> tuple[Scan, Proposal, forms.Field]:
    row = locked(act, scan, DECIDED_IN)
    said = Proposal.objects.filter(scan=row, pk=proposal, state=rules.Said.OPEN).first()
    field = dossiers.declared_view_of(row.dossier).declaration.field(said.field) if said else None
    if said is None or field is None:
        raise ProposalGone()
    return row, said, field


def _decided(act: Act, row: Scan, said: Proposal, state: rules.Said) -> dict:
    said.state, said.decided_by_id, said.decided_at = state, act.actor.account_id, act.at
    said.save(update_fields=["state", "value", "decided_by", "decided_at"])
    return done(row, proposal=said.pk, field=said.field)
