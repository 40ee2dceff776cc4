"""Every read of dossiers. What a person may see is decided by the grant rows, here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from motcua.accounts import queries as accounts
from motcua.agencies import queries as agencies
from motcua.catalogue.rules import ProcedureView, is_declaration_form
from motcua.dossiers import books, columns, desk_words, keeping, letters, record, rules  # noqa: F401
from motcua.dossiers.answered import answers_of, judged_on  # noqa: F401  behind this door
from motcua.dossiers.consents import Consent, assistance_of, consent_of, helped_by
from motcua.dossiers.courses import Course, courses, courses_of, handed_on_at, listed
from motcua.dossiers.deadlines import (
    answer_by,
    apology_day,
    ask_by,
    calendar_for,
    chance_of,
    clock_events,
    clock_of,
    declared_view_of,
    derive,
    drafting_step,
    has_more_steps,
    kernel_events,
    law_of,
    next_place,
    optional_steps,
    process_steps,
    rules_of,
    step_window,
    steps_before_signing,
    steps_to_work_through,
    time_left,
    transfer_due_at,
    view_of,
)
from motcua.dossiers.drawn import drawn_mark, settled
from motcua.dossiers.errors import DossierNotFound
from motcua.dossiers.finding import (
    WAITS,
    find_exact,
    find_of_parties,
    find_tracked,
    listed_ids,
    most_used,
    received_since,
    unnamed_at_door,
)
from motcua.dossiers.handing import goes_marked, hand_out, register_marker  # noqa: F401  behind this door
from motcua.dossiers.histories import (  # noqa: F401  how dossiers were lived, behind this door
    History,
    Lived,
    Station,
    answers_named,
    due_of_history,
    histories,
    received_of_each,
    station_columns,
    station_read,
    stations_of,
    sums_standing,
)
from motcua.dossiers.joined import (  # noqa: F401  what rooms above join, behind this door
    held,
    register_eraser,
    register_follower,
    register_hold,
    register_story,
    register_wait,
    stories,
    under_lock,
    whole,
)
from motcua.dossiers.letters import ISSUED_TO_APPLICANT, Head, address_text, lay, lookup_url
from motcua.dossiers.models import Dossier, DossierGrant, FeeLine, Letter, Paper, StepRun
from motcua.dossiers.passed_on import (
    Leaving,
    Stragglers,
    by_id_or_code,
    counts_lying,
    drafts_at,
    locked,
    lying_with,
    offices_at,
    passings_of,
    place_declared,
    stragglers,
    working_at,
)
from motcua.dossiers.permits import (
    allowed_verbs,
    at_work,
    by_office,
    has_in_hand,
    helper_of,
    helps,
    is_applicant,
    is_own,
    is_own_of,
    may,
    may_digitise,
    may_settle,
    only_leads,
    sees_by_office,
    standing_of,
    telling_oneself,
)
from motcua.dossiers.pricing import FeeOffer, FeesShown, fee_offers, fees_shown
from motcua.dossiers.quality import (
    MEASURES,
    Span,
    procedures_met,
    quality_by_agency,
    quality_counts,
    quality_rows,
    star_counts,
)
from motcua.dossiers.record import record_of  # noqa: F401  behind this door
from motcua.dossiers.remembering import by_law, offers_for  # noqa: F401  what the city answers, behind this door
from motcua.dossiers.replaying import open_ids, would_move  # noqa: F401  reads of the whole, behind this door
from motcua.dossiers.requests import REQUEST, request_content, requests_of  # noqa: F401  behind this door
from motcua.dossiers.rescue import Rescue, apologies, rescues
from motcua.dossiers.results import (
    RESULT,
    form_to_sign,
    result_sheet,
    result_version,
    say_answers,
    sheet_to_sign,
    signed_here,
)
from motcua.dossiers.sheets import Row, Sheet
from motcua.dossiers.story import TimelineEntry, timeline
from motcua.dossiers.supervision import (
    HAPPENED,
    OPEN_NOW,
    Happening,
    Occurrence,
    OpenCount,
    Present,
    Resolution,
    Scope,
    Wanted,
    happenings,
    led,
    occurrences,
    open_counts,
    resolution_of,
)
from motcua.dossiers.told import WAITS_FOR_APPLICANT, Due, due_of, now_sentence, reason_of  # noqa: F401  behind this door
from motcua.dossiers.totals import canonical_rows, totals  # noqa: F401  reads of the whole, behind this door
from motcua.dossiers.versions import changes_for_applicant, changes_to_newer, may_go_over
from motcua.dossiers.words import PURPOSES, consent_told, state_name, verb_name
from motcua.foundation.actors import Actor
from motcua.foundation.rows import the_one
from motcua.foundation.time import TZ, local_date
from motcua.kernel import clock, forms
from motcua.kernel.text import fold
from motcua.people import queries as people
from motcua.people import rules as people_rules
from motcua.registers import queries as registers

__all__ = [
    "HAPPENED", "ISSUED_TO_APPLICANT", "MEASURES", "OPEN_NOW", "PURPOSES", "RESULT", "Consent", "Course", "FeeOffer",
    "FeesShown", "Happening", "Head", "Leaving", "Occurrence", "OpenCount", "Present", "Rescue", "Resolution", "Scope",
    "Row", "Sheet", "Span", "Stragglers", "TimelineEntry", "Wanted", "WorkItem", "address_text", "allowed_verbs",
    "answer_by", "answers_of", "apologies", "apology_day", "ask_by", "assistance_of", "at_hand", "at_work",
    "by_id_or_code", "by_office", "calendar_for", "chance_of", "changes_for_applicant", "changes_to_newer",
    "clock_events", "clock_of", "competent_of", "consent_of", "consent_told", "control_slip", "counts_lying",
    "courses", "courses_of", "declared_view_of", "derive", "drafting_step", "drafts_at", "drawn_mark",
    "fee_offers", "handed_on_at",
    "fees_of", "fees_shown", "find_exact", "find_of_parties", "find_tracked", "get_visible", "has_in_hand",
    "handover_sheets", "happenings", "has_money_due", "has_more_steps", "helped_by", "helper_of", "helps",
    "is_applicant", "is_own", "is_own_of", "kernel_events", "late_transfers", "law_of", "led", "letter_of",
    "lay", "letter_sheet", "letters_of", "listed", "listed_ids",
    "locked", "lookup_url", "lying_with", "may", "may_digitise", "may_go_over", "may_settle",
    "mine", "most_used", "must_upload", "next_place", "occurrences", "only_leads", "open_counts", "open_request",
    "optional_steps", "page", "papers_needed", "papers_of", "passings_of", "place_declared", "procedures_met",
    "process_steps", "quality_by_agency", "quality_counts", "quality_rows", "received_on", "received_since",
    "register_follower", "register_sheet", "register_story", "register_wait", "request_content", "request_sheet",
    "rescues", "resolution_of", "result_version", "result_sheet", "form_to_sign", "sheet_to_sign", "signed_here",
    "rules_of", "say_answers", "sees_by_office", "settled", "standing_of", "star_counts", "state_name",
    "step_window", "steps_before_signing", "steps_of", "steps_to_work_through", "stories", "stragglers", "time_left",
    "timeline", "transfer_due_at", "transferred_on", "under_lock", "unnamed_at_door", "verb_name", "view_of",
    "visible_to", "waiting_counts", "whole", "working_at", "worklist",
]  # fmt: skip

LIST_RELATED = ("procedure", "received_by", "competent_agency", "applicant", "assigned_to")
RELATED = (*LIST_RELATED, "version", "declared_version")
OVER = Q(resolved_at__isnull=False) | Q(closed_at__isnull=False)  # as permits.is_over


def visible_to(actor: Actor) -> QuerySet[Dossier]:
    """The dossiers that `actor` may see: those with a grant row for one of the actor's holder keys; of what is over
    also those of the agencies that hers took over from."""
    if not actor.holders:
        return Dossier.objects.none()
    grants = DossierGrant.objects.filter(dossier=OuterRef("pk"))
    seen = Q(Exists(grants.filter(holder__in=sorted(actor.holders))))
    if actor.archives:
        seen |= OVER & Q(Exists(grants.filter(holder__in=sorted(actor.archives))))
    return Dossier.objects.filter(seen)


def get_visible(actor: Actor, public_id: str, **more: Any) -> Dossier:
    """The dossier with everything its page names, in one query; `more` are columns that rooms above want beside it.

    Raises DossierNotFound: not there, or not yours.
    """
    rows = visible_to(actor).select_related(*RELATED).defer("version__body", "declared_version__body")
    rows = rows.annotate(**station_columns("pk"), **more)
    asks_who = bool(actor.roles) and actor.account_id is not None and "oneself" not in actor.extra
    if actor.roles:  # the desks are told where a declaration contradicts the registry: mostly nowhere
        of_person = Q(people.has_differences(OuterRef("applicant_id")))
        rows = rows.annotate(differs=of_person | Q(registers.has_mismatches(OuterRef("public_id"))))
    if asks_who:  # whether it is an officer's own decides what she may do: see `permits.is_own`
        rows = rows.annotate(**people.oneself_columns(actor.account_id))
    dossier = the_one(rows.filter(public_id=public_id))
    if dossier is None:
        raise DossierNotFound()
    if asks_who:
        actor.extra["oneself"] = people.oneself_of(dossier)
    return dossier


@dataclass(frozen=True)
class WorkItem:
    """One row of a list: the dossier and why it is there."""

    dossier: Dossier
    role: str
    reason: str
    todo: bool
    sort_key: str
    station: Station | None = None  # the step it stands in, when it stands in one


def worklist(
    holder: str,
    *,
    limit: int = 100,
    after: tuple[str, int] | None = None,
    todo: bool = True,
    state: str = "",
    procedure: int | None = None,
    among: Callable[[str], Any] | None = None,
    actor: Actor | None = None,
) -> list[WorkItem]:
    """What waits for one holder key ("office:12:process", "account:7"), soonest due first; keyset paging by `after`.

    `after` is the (sort key, dossier id) of the last row of the page before. `todo=False`: everything the holder may
    see, newest first, `after` then holds only the dossier id as its second part. `state`, `procedure` (its id) and
    `among` (from the name of the column with a dossier's key to a condition) narrow what waits: the work is in going
    through what waits, never through the archive. What an account filed or helps with is no work of its desk. `actor`
    is who will be asked whether one is her own: the answer comes along.
    """
    rows = DossierGrant.objects.filter(holder=holder).select_related(
        *(f"dossier__{name}" for name in LIST_RELATED)
    )
    rows = rows.annotate(**station_columns("dossier"))
    if holder.startswith("account:"):
        rows = rows.exclude(role__in=rules.OWN_ROLES)
    if todo:
        rows = rows.filter(WAITS)
        rows = rows.filter(dossier__business_state=state) if state else rows
        rows = rows.filter(dossier__procedure_id=procedure) if procedure else rows
        rows = rows.filter(among("dossier")) if among is not None else rows
        if after:
            rows = rows.filter(Q(sort_key__gt=after[0]) | Q(sort_key=after[0], dossier__gt=after[1]))
        rows = rows.order_by("sort_key", "dossier")
    else:
        if after:
            rows = rows.filter(dossier__lt=after[1])
        rows = rows.order_by("-dossier")
    return [
        WorkItem(row.dossier, row.role, row.reason, row.todo, row.sort_key, station_read(row))
        for row in telling_oneself(rows, limit, actor)
    ]


def waiting_counts(holders: Iterable[str], *, cap: int = 1000) -> dict[str, int]:
    """How much waits for each holder key, told up to `cap`: one query over the index of what waits."""
    found = dict.fromkeys(holders, 0)
    rows = DossierGrant.objects.filter(WAITS, holder__in=list(found)).exclude(role__in=rules.OWN_ROLES)
    rows = rows.order_by().values("holder")
    for holder, count in rows.annotate(count=Count("pk")).values_list("holder", "count"):
        found[holder] = min(count, cap)
    return found


def late_transfers(holder: str, at: datetime, *, limit: int = 100) -> list[Dossier]:
    """What was received and should have gone to its unit before `at` (NĐ 61/2018 art. 18), of one holder key's work
    ("office:12:reception"), longest waiting first; looks at the first thousand that wait."""
    waiting = worklist(holder, limit=1000, state=rules.State.RECEIVED)
    rows = [
        item.dossier for item in waiting if (due := transfer_due_at(item.dossier)) is not None and due < at
    ]
    return sorted(rows, key=lambda row: row.received_at)[:limit]


def mine(actor: Actor, *, limit: int = 50, before: int | None = None) -> list[Dossier]:
    """The dossiers a citizen filed or owns, newest first; `before` is the id of the last row of the page before. Not
    what an account was assigned or helps with: that is somebody else's, and no part of what is held of oneself."""
    own = [h for h in actor.holders if h.startswith(("account:", "party:"))]
    return _newest(own, limit, before, role="applicant")


def page(actor: Actor, *, limit: int = 50, before: int | None = None) -> list[Dossier]:
    """Everything `actor` may see, newest first, keyset paging by the id of the last row of the page before."""
    return _newest(sorted(actor.holders), limit, before, archives=sorted(actor.archives))


def _newest(
    holders: list[str], limit: int, before: int | None, archives: Sequence[str] = (), role: str = ""
) -> list[Dossier]:
    """The newest dossiers over several holder keys, in one `role` if named: a short run of each index, merged."""
    found: set[int] = set()
    for holder in (*holders, *archives):
        ids = DossierGrant.objects.filter(holder=holder)
        ids = ids.filter(role=role) if role else ids
        if holder in archives:
            closed, resolved = Q(dossier__closed_at__isnull=False), Q(dossier__resolved_at__isnull=False)
            ids = ids.filter(closed | resolved)
        if before is not None:
            ids = ids.filter(dossier__lt=before)
        found.update(ids.order_by("-dossier").values_list("dossier", flat=True).distinct()[:limit])
    wanted = sorted(found, reverse=True)[:limit]
    return list(Dossier.objects.filter(pk__in=wanted).select_related(*LIST_RELATED).order_by("-pk"))


def papers_of(dossier: Dossier) -> list[Paper]:
    """The papers in force, with their stored files."""
    return list(Paper.objects.filter(dossier=dossier, removed_at=None).select_related("file").order_by("pk"))


def papers_needed(
    view: ProcedureView, answers: dict[str, Any], day: date, *, channel: str
) -> list[forms.PaperNeed]:
    """The papers that concern this case, required or optional, each with why."""
    asked = forms.asked_answers(view.declaration, answers, day)
    return forms.required_papers(
        view.paper_rows, {**asked, "channel": rules.filing_channel(channel)}, day, view.declaration.labels
    )


def must_upload(need: forms.PaperNeed) -> bool:
    """Whether an online filing must bring it as a file: not what is only shown, not the declaration form itself."""
    return need.required and need.type != "present_only" and not is_declaration_form(fold(need.name.vi))


def letters_of(dossier: Dossier) -> list[Letter]:
    """Its letters in their order, each with the name of whom it is by; one query."""
    rows = Letter.objects.filter(dossier=dossier).annotate(**accounts.name_columns("by"))
    return list(rows.order_by("pk"))


def letter_of(dossier: Dossier, public_id: str) -> Letter:
    """One letter of the dossier. Raises DossierNotFound when it has no such letter."""
    found = Letter.objects.filter(dossier=dossier, public_id=public_id).first()
    if found is None:
        raise DossierNotFound()
    return found


def letter_sheet(dossier: Dossier, letter: Letter) -> Sheet:
    """The letter as it is printed (template `dossiers/letter.html`, context `sheet`); holds personal data."""
    received = dossier.received_at is not None and letter.kind in ("receipt", "apology")
    started = [clock.Event(clock.Kind.START, dossier.received_at)] if received else []
    deadline = derive(dossier, started) if letter.kind == "receipt" and started else None
    kind, _colon, account = letter.by.partition(":")
    person = int(account) if kind == "account" and account.isdigit() else 0
    officer = accounts.labels([person]).get(person, "") if person else ""
    roles = agencies.held_by(person, letter.at)[0] if person else frozenset()
    source = letters.Source(
        dossier=dossier,
        letter=letter,
        view=view_of(dossier),
        answers=answers_of(dossier),
        # a letter is printed as it was issued: what came later is not on it
        papers=[paper for paper in papers_of(dossier) if paper.added_at <= letter.at],
        fees=fees_of(dossier),
        deadline=clock_of(dossier) if received and deadline is None else deadline,
        officer=officer,
        signer=officer if any(role == "signer" for role, _agency in roles) else "",
        offices=offices_at(dossier, letter.at),
    )
    return letters.sheet(source)


def request_sheet(dossier: Dossier, *, items: list, reason: str, law: str, at: datetime, by: Actor) -> Sheet:
    """Form 02 as it would be printed if it were issued now; nothing is written. Raises NothingAsked."""
    content = request_content(dossier, items, reason, law, at=at, by=by.label)
    number = dossier.code or ""
    letter = Letter(dossier=dossier, kind=REQUEST, at=at, by=by.key, content=content, number=number)
    return letter_sheet(dossier, letter)


def control_slip(dossier: Dossier, *, at: datetime, officer: str) -> Sheet:
    """The control slip that travels with the dossier (form 06), as it stands at `at`; holds personal data."""
    steps, view = steps_of(dossier), view_of(dossier)
    names = {step.done_by_id: step.done_by_name for step in steps if step.done_by_id}
    words = {step.key: step.text.vi for step in view.desk_steps}
    source = letters.Source(
        dossier=dossier,
        letter=Letter(kind="control-slip", at=at, number=dossier.code or "", content={}),
        view=view,
        answers=answers_of(dossier),
        papers=papers_of(dossier),
        officer=officer,
        moves=books.slip_moves(dossier, steps, names, words, judged=not view.shares_in_doubt),
    )
    return letters.sheet(source)


def received_on(agency_id: int, day: date) -> list[Dossier]:
    """What an agency received on a local day, in the order of reception; at most 2,000."""
    begin = datetime.combine(day, time(), TZ)
    rows = Dossier.objects.filter(
        received_by_id=agency_id, received_at__gte=begin, received_at__lt=begin + timedelta(days=1)
    )
    return list(rows.select_related(*LIST_RELATED).order_by("received_at", "pk")[:2000])


def register_sheet(
    agency_id: int, dossiers: Iterable[Dossier], day: date, *, at: datetime, officer: str
) -> Sheet:
    """The register of an agency for one day (form 07); holds personal data."""
    office = agencies.office(agency_id)
    rows = books.register_rows(dossiers, answers_of)
    return books.book("register", office, rows, at=at, officer=officer, about=f"Ngày {day:%d/%m/%Y}")


def transferred_on(agency_id: int, day: date) -> list[Dossier]:
    """What an agency passed on to the competent units on a local day, in that order; at most 2,000."""
    begin = datetime.combine(day, time(), TZ)
    rows = Dossier.objects.filter(
        received_by_id=agency_id, transferred_at__gte=begin, transferred_at__lt=begin + timedelta(days=1)
    )
    return list(rows.select_related(*LIST_RELATED).order_by("transferred_at", "pk")[:2000])


def handover_sheets(
    agency_id: int, dossiers: Sequence[Dossier], *, at: datetime, officer: str, transfers: bool = False
) -> tuple[Sheet, ...]:
    """The slips that go with dossiers, one for each receiving unit; hold personal data.

    `transfers`: their going to the competent units, whatever came later; else where each of them goes now.
    """
    office = agencies.office(agency_id)
    return books.handovers(office, dossiers, answers_of, at=at, officer=officer, transfers=transfers)


def steps_of(dossier: Dossier) -> list[StepRun]:
    rows = StepRun.objects.filter(dossier=dossier).annotate(done_by_name=F("done_by__display_name"))
    return list(rows.order_by("pk"))


def has_money_due(dossier: Dossier) -> bool:
    """Whether a known amount is still open: one query when a line of unknown amount hides it on the axis."""
    if dossier.finance_state != rules.Finance.UNKNOWN:
        return dossier.finance_state == rules.Finance.DUE
    return FeeLine.objects.filter(dossier=dossier, paid_at__isnull=True, payable__gt=0).exists()


def fees_of(dossier: Dossier) -> list[FeeLine]:
    return list(FeeLine.objects.filter(dossier=dossier).order_by("pk"))


def at_hand(actor: Actor, named: str, known: people.PartyView, at: datetime) -> str | None:
    """The open dossier of this person that `actor` works on, named by its id, code or reference, as the registry of
    people asks for it: "dossier:<id>"; None when it is not that."""
    visible = visible_to(actor).filter(closed_at=None)
    rows = list(visible.filter(public_id=named)[:1]) or find_exact(visible, named, (), local_date(at))
    if not rows or not at_work(actor, rows[0]):
        return None
    row = rows[0]
    if row.applicant_id is not None and row.received_at is not None:
        return row.subject if row.applicant_id == known.id else None
    _kind, said = people_rules.from_answers(answers_of(row))  # before reception it names her by number only
    named_so = bool(known.personal_number) and said.get("personal_number") == known.personal_number
    return row.subject if named_so or row.applicant_id == known.id else None


def open_request(dossier: Dossier) -> Letter | None:
    """The supplement request that waits for an answer."""
    letters = Letter.objects.filter(dossier=dossier, kind="supplement-request", answered_at=None)
    return letters.order_by("-pk").first()


def competent_of(public_id: str) -> int | None:
    """The competent agency of a dossier, for callers that already act on it."""
    return Dossier.objects.filter(public_id=public_id).values_list("competent_agency", flat=True).first()
