"""Declaring: start a draft, fill it in, add papers, submit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import ProcedureView
from motcua.dossiers import queries, rules
from motcua.dossiers.actions.assisted import demand_consent, end_of_help, follow_person
from motcua.dossiers.actions.base import done, lock, move, save, write_rights
from motcua.dossiers.actions.fees import compute_fees
from motcua.dossiers.actions.reuse import attach_by_law, forget_reuse, let_go_stale
from motcua.dossiers.errors import (
    DeclarationIncomplete,
    DeclarationTooLong,
    FileRefused,
    MoveNotAllowed,
    NoAgency,
    NotAReceiver,
    NotFileable,
    PapersMissing,
    TooManyPapers,
)
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.words import state_name
from motcua.files import queries as files
from motcua.foundation.acts import Act, action
from motcua.foundation.canonical import canonical
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.kernel import forms
from motcua.people import queries as people
from motcua.registers import queries as registers

ANSWERS_BYTES_MAX = 200_000  # a declaration is a form, not an archive
EDITABLE = (rules.State.DRAFT, rules.State.DOOR_SUPPLEMENT, rules.State.SUPPLEMENT)


def open_draft(act: Act, *, procedure: str, channel: str, agency: str | None) -> Dossier:
    """A new draft of the current version of `procedure` (slug), prefilled with what the city knows of the filer.

    Raises NotFound (no such procedure), OnlyListed, NotFileable (that door is not open on the day of the act),
    NoAgency, NotAReceiver.
    """
    found = catalogue.by_slug(procedure)
    view = catalogue.view_for(found, act.at)
    if not view.is_fileable(local_date(act.at), rules.filing_channel(channel)):
        raise NotFileable()
    receiver = receiver_of(agency, local_date(act.at)) if agency else None
    facts = known_facts(act) if channel in rules.OWN_CHANNELS else {}
    opened, sealed = forms.split(view.declaration, forms.prefill(view.declaration, facts) if facts else {})
    dossier = Dossier(
        procedure_id=found.pk,
        declared_version_id=view.version_id,
        channel=channel,
        filer_id=act.actor.account_id,
        applicant_id=act.actor.party_id if channel == "online" else None,
        received_by_id=receiver.id if receiver else None,
        answers=opened,
        answers_sealed=sealed or "",
        started_at=act.at,
    )
    dossier.save(force_insert=True)
    return dossier


def receiver_of(code: str, day: date) -> Office:
    """The one-stop with this code, which stands on the day and takes dossiers in. Raises NoAgency, NotAReceiver."""
    office = agencies.by_code(code)
    if office is None:
        raise NoAgency()
    if not _receives(office, day):
        raise NotAReceiver()
    return office


def _receives(office: Office, day: date) -> bool:
    """A one-stop needs a code of its own, else its dossiers could get none (rules of the legal code)."""
    return office.receives and office.valid_on(day) and bool(office.dossier_code)


def known_facts(act: Act) -> dict[str, Any]:
    """What the city already knows of the person who files for herself, to prefill with; empty for programs.

    Of an account that only declared who it is: just what it declared itself.
    """
    if not act.actor.account_id:
        return {}
    # a register is newer than what the registry of people was told: only of who is proved to be that person
    known = registers.facts_for_prefill(act.actor.party_id, act.at)
    return {**people.facts_of_account(act.actor.account_id), **known}


@action("dossiers.start_draft")
def start_draft(act: Act, *, procedure: str, agency: str | None = None) -> dict:
    """Begin a declaration online. Answers {dossier, reference, …}; see `open_draft` for refusals."""
    dossier = open_draft(act, procedure=procedure, channel=_channel(act), agency=agency)
    write_rights(dossier)
    record(act, "dossier.draft_started", dossier.subject, facts={"procedure": procedure})
    return done(dossier)


def _channel(act: Act) -> str:
    return "api" if act.channel == "api" else "online"


@action("dossiers.save_answers")
def save_answers(
    act: Act,
    *,
    dossier: str,
    answers: dict,
    section: str | None = None,
    revision: int | None = None,
    drawn: dict[str, str] | None = None,
) -> dict:
    """Keep answers of a declaration (of one section, when named) as they are, complete or not.

    `answers` is typed data as `forms.clean` gives it. Answers {…, problems: how many fields still need work}.
    With `drawn`, the marks with which a form was drawn (`queries.drawn_mark`), only what was changed since then is
    kept and all else stays as it is stored; a field that was also changed elsewhere meanwhile is left alone and named
    under `elsewhere`.
    """
    if len(canonical(answers)) > ANSWERS_BYTES_MAX:
        raise DeclarationTooLong()
    row = _editable(act, dossier, revision)
    view = queries.declared_view_of(row)
    known = queries.answers_of(row)
    fields = {
        field.id for part in view.declaration.sections if section in (None, part.id) for field in part.fields
    }
    given = {k: v for k, v in answers.items() if k in fields}
    told: dict[str, Any] = {}
    if drawn is None:
        merged = {**{k: v for k, v in known.items() if k not in fields}, **given}
    else:
        kept, told["elsewhere"] = queries.settled(dossier, known, given, drawn)
        merged = {**known, **kept}
    opened, sealed = forms.split(view.declaration, merged)
    save(act, row, answers=opened, answers_sealed=sealed or "")
    follow_person(act, row)
    facts: dict[str, Any] = {"section": section}
    if row.submitted_at is not None:  # what was handed in is changed: which fields, for whoever judges it
        facts["fields"] = sorted(name for name in fields if known.get(name) != merged.get(name))
    record(act, "dossier.draft_saved", row.subject, facts=facts)
    problems = forms.check(
        view.declaration, merged, queries.judged_on(row, local_date(act.at)), section=section
    )
    return done(row, problems=len(problems), **told)


def _editable(act: Act, public_id: str, revision: int | None = None) -> Dossier:
    """A dossier whose answers and papers the actor may still change: her draft, or one she was asked to supplement."""
    row = lock(act, public_id, "edit", revision=revision)
    if row.business_state not in EDITABLE:
        raise MoveNotAllowed(state=state_name(row.business_state))
    return row


@action("dossiers.choose_agency")
def choose_agency(act: Act, *, dossier: str, agency: str) -> dict:
    """Choose the one-stop that shall receive it; any one of the province may (NĐ 118/2025: no boundaries).

    Only in a draft: once handed in, it lies at a desk, which sees it and numbers it. Raises MoveNotAllowed, NoAgency,
    NotAReceiver.
    """
    row = _editable(act, dossier)
    if row.business_state != rules.State.DRAFT:
        raise MoveNotAllowed(state=state_name(row.business_state))
    receiver = receiver_of(agency, local_date(act.at))
    save(act, row, received_by_id=receiver.id)
    record(act, "dossier.agency_chosen", row.subject, facts={"agency": agency})
    return done(row)


@action("dossiers.add_paper")
def add_paper(act: Act, *, dossier: str, key: str, file: str, name: str = "") -> dict:
    """Put the stored file (public id) into the dossier as the paper `key` of its procedure.

    Raises FileRefused when the procedure knows no such paper, or the file is not one this actor stored; TooManyPapers.
    """
    row = _editable(act, dossier)
    if Paper.objects.filter(dossier=row, removed_at=None).count() >= rules.PAPERS_MAX:
        raise TooManyPapers(most=rules.PAPERS_MAX)
    return done(row, paper=put_paper(act, row, key=key, file=file, name=name).pk)


PAPER_FORMS = ("original", "certified_copy", "copy", "present_only", "electronic")
QUANTITY_MAX = 999


def put_paper(
    act: Act,
    row: Dossier,
    *,
    key: str,
    file: str | None,
    name: str = "",
    form: str = "electronic",
    quantity: int = 1,
) -> Paper:
    """The row of a paper; shared by portal and counter. Raises FileRefused, FileNotFound."""
    if form not in PAPER_FORMS or not 1 <= quantity <= QUANTITY_MAX:
        raise FileRefused()
    known = {paper.key: paper for paper in queries.declared_view_of(row).papers}
    if key not in known and key != "other":
        raise FileRefused()
    stored = own_file(act, row, file) if file else None
    request = queries.open_request(row) if row.submitted_at is not None else None
    paper = Paper.objects.create(
        dossier=row,
        key=key,
        name=(name or (known[key].name.vi if key in known else ""))[:300],
        file_id=stored.pk if stored else None,
        form=form,
        quantity=quantity,
        digitised=1 if stored else 0,
        added_at=act.at,
        added_by=act.actor.key,
        letter=request,
    )
    record(
        act,
        "dossier.paper_added",
        row.subject,
        facts={"paper": key, "file": stored.sha256 if stored else None, "form": form},
    )
    return paper


def own_file(act: Act, row: Dossier, file: str) -> Any:
    """A file this actor stored. One that lies in another dossier she may use again only while she sees that one:
    else a helper would bring the papers of those she helped back into her own hands. Raises FileNotFound, FileRefused.
    """
    stored = files.kept_by(act.actor, file)
    others = set(Paper.objects.filter(file=stored).exclude(dossier=row).values_list("dossier", flat=True))
    if others and queries.visible_to(act.actor).filter(pk__in=others).count() < len(others):
        raise FileRefused()
    return stored


def put_handed_over(act: Act, row: Dossier, papers: list) -> None:
    """Papers that somebody brought to the counter: {key, form, quantity?, file?, name?}.

    Raises FileRefused, TooManyPapers.
    """
    if len(papers) > rules.PAPERS_MAX:
        raise TooManyPapers(most=rules.PAPERS_MAX)
    for paper in papers:
        put_paper(
            act,
            row,
            key=str(paper["key"]),
            file=paper.get("file"),
            name=str(paper.get("name") or ""),
            form=str(paper.get("form") or "original"),
            quantity=_quantity(paper.get("quantity")),
        )


def _quantity(said: Any) -> int:
    """How many sheets of a paper; one when nobody said. What is no number is refused with the paper."""
    return 1 if said is None else int(said) if str(said).isascii() and str(said).isdigit() else 0


@action("dossiers.remove_paper")
def remove_paper(act: Act, *, dossier: str, paper: int) -> dict:
    """Take a paper out again before it was handed in. What was submitted, or given in an answer, stays."""
    row = _editable(act, dossier)
    found = Paper.objects.filter(dossier=row, pk=paper, removed_at=None).first()
    if found is None or _is_handed_in(row, found):
        raise FileRefused()
    found.removed_at = act.at
    found.save(update_fields=["removed_at"])
    forget_reuse(act, row, found)
    record(act, "dossier.paper_removed", row.subject, facts={"paper": found.key})
    return done(row)


def _is_handed_in(row: Dossier, paper: Paper) -> bool:
    if row.submitted_at is None:
        return False
    request = queries.open_request(row)
    return request is None or paper.letter_id != request.pk


@action("dossiers.submit")
def submit(act: Act, *, dossier: str, consents: list[str] | None = None, revision: int | None = None) -> dict:
    """Hand the declaration in. Nothing counts yet: the clock starts at reception (NĐ 61/2018 art. 17).

    `consents` are the ids of consent fields that were ticked together with the submission (the commitment that
    stands under the answers); they are kept in the same act. Answers to what is not asked in this case any more are
    not handed in. Raises DeclarationIncomplete, PapersMissing (with every problem), ConsentNeeded, NoAgency,
    NotAReceiver, NotFileable.
    """
    row = lock(act, dossier, "submit", revision=revision)
    view = queries.declared_view_of(row)
    _demand_open_door(act, row, view)
    demand_consent(row)
    _give_consents(row, view, consents or ())
    answers = demand_complete(act, row, view)
    _demand_papers(act, row, view, answers)
    kept, not_asked = keep_asked(row, view, answers)
    competent = route(act, row, view)
    compute_fees(row, view, answers, local_date(act.at))
    move(
        act,
        row,
        "submit",
        facts={
            "agency": row.received_by_id,
            "competent": competent,
            "version": view.version_id,
            **not_asked,
        },
        submitted_at=act.at,
        competent_agency_id=competent,
        finance_state=row.finance_state,
        **kept,
        **end_of_help(act, row),
    )
    return done(row)


def _give_consents(row: Dossier, view: ProcedureView, consents: Iterable[str]) -> None:
    """Put the ticked consents among the answers; what is no consent field of the form is left alone."""
    known = [name for name in consents if (field := view.declaration.field(name)) and field.type == "consent"]
    if known:
        given = {**queries.answers_of(row), **dict.fromkeys(known, True)}
        opened, sealed = forms.split(view.declaration, given)
        row.answers, row.answers_sealed = opened, sealed or ""


def keep_asked(row: Dossier, view: ProcedureView, asked: dict) -> tuple[dict[str, Any], dict[str, Any]]:
    """(the columns with nothing but the answers in `asked`, the facts for the journal): an answer whose question went
    away with another answer is no longer anybody's to keep. The facts name the fields, when there are any."""
    dropped = sorted(queries.answers_of(row).keys() - asked.keys())
    opened, sealed = forms.split(view.declaration, asked)
    row.answers, row.answers_sealed = opened, sealed or ""
    columns = {"answers": row.answers, "answers_sealed": row.answers_sealed}
    return columns, {"not_asked": dropped} if dropped else {}


def _demand_open_door(act: Act, row: Dossier, view: ProcedureView) -> None:
    """The door must be open now, by the version in force, whatever held when the draft was begun."""
    in_force = catalogue.view_for(view.slug, act.at)
    if not in_force.is_fileable(local_date(act.at), rules.filing_channel(row.channel)):
        raise NotFileable()


def demand_complete(act: Act, row: Dossier, view: ProcedureView) -> dict:
    """The answers to what is asked, when nothing is wrong with them; raises DeclarationIncomplete with every problem
    otherwise, NoAgency."""
    answers, day = queries.answers_of(row), queries.judged_on(row, local_date(act.at))
    problems = forms.check(view.declaration, answers, day)
    if problems:
        raise DeclarationIncomplete(
            [
                {
                    "field": p.field,
                    "section": p.section,
                    "code": p.code,
                    "message": forms.problem_text(p, view.declaration, act.actor.language),
                }
                for p in problems
            ]
        )
    if row.received_by_id is None:
        raise NoAgency()
    return forms.asked_answers(view.declaration, answers, day)


def _demand_papers(act: Act, row: Dossier, view: ProcedureView, answers: dict) -> None:
    stale = let_go_stale(act, row, answers)
    there = _papers_there(row)
    needed = queries.papers_needed(view, answers, local_date(act.at), channel=row.channel)
    there |= attach_by_law(act, row, needed, answers, there, stale)
    _refuse_missing(act, [need for need in needed if need.key not in there])


def demand_reused(act: Act, row: Dossier, view: ProcedureView, answers: dict) -> None:
    """At an answer: what the city would not answer any more with what it holds, she brings herself. Other papers were
    judged at the door. Raises PapersMissing."""
    stale = let_go_stale(act, row, answers) - _papers_there(row)
    if stale:
        day = queries.judged_on(row, local_date(act.at))
        needed = queries.papers_needed(view, answers, day, channel=row.channel)
        _refuse_missing(act, [need for need in needed if need.key in stale])


def _papers_there(row: Dossier) -> set[str]:
    return set(Paper.objects.filter(dossier=row, removed_at=None).values_list("key", flat=True))


def _refuse_missing(act: Act, needs: Iterable[forms.PaperNeed]) -> None:
    missing = [need for need in needs if queries.must_upload(need)]
    if missing:
        raise PapersMissing(
            [
                {"field": f"paper-{n.key}", "code": "missing", "message": n.name.say(act.actor.language)}
                for n in missing
            ]
        )


def route(act: Act, row: Dossier, view: ProcedureView) -> int:
    """The competent agency for this procedure at the place of the receiving one-stop. Raises NoAgency, NotAReceiver."""
    receiver = agencies.office(row.received_by_id)
    if not _receives(receiver, local_date(act.at)):
        raise NotAReceiver()
    found = agencies.route(
        responsible=view.competent,
        level=view.level,
        area=receiver.area_code,
        at=act.at,
        on=local_date(act.at),
        procedure=view.slug,
    )
    if found is None:
        raise NoAgency()
    return found.agency.id
