"""The page of a procedure: finished words in the order in which people ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import ALL_OFFICES
from motcua.catalogue.rules import Door, Fee, Paper, ProcedureView, is_declaration_form
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import FeeOffer
from motcua.foundation.time import local_date
from motcua.foundation.ui.words import say_dong
from motcua.kernel import clock
from motcua.kernel.clock import say_day
from motcua.kernel.conditions import Always, Condition
from motcua.kernel.text import Bilingual, fold
from motcua.portal import words


@dataclass(frozen=True)
class Promise:
    """When a dossier received at a moment would be due, and why."""

    limit: str
    due: str
    on: date | None
    at: datetime | None
    provisional: bool
    why: tuple[str, ...]


@dataclass(frozen=True)
class PaperLine:
    """A paper as the page tells it."""

    name: Bilingual
    kind: str
    quantity: int
    case: Bilingual
    form_code: str
    held_by: str
    electronic_form: bool
    shown_only: bool


@dataclass(frozen=True)
class FeeRow:
    """A fee line as the page tells it; amounts in words, "" where no amount is known."""

    name: Bilingual
    kind: str
    case: Bilingual
    amount: str
    online: str
    council: bool
    free: bool
    known: bool
    steps: str = ""
    online_reason: str = ""  # the text by which it costs less online


@dataclass(frozen=True)
class DoorLine:
    """A way in: open or not, since when, until when."""

    name: str
    is_open: bool
    note: Bilingual
    href: str
    when: str
    trial: bool
    source: str


@dataclass(frozen=True)
class Page:
    """Everything the template of a procedure shows."""

    view: ProcedureView
    applicants: tuple[str, ...]
    always: tuple[PaperLine, ...]
    by_case: tuple[PaperLine, ...]
    saved: int
    promise: Promise
    fees: tuple[FeeRow, ...]
    cost: str
    cost_note: str
    doors: tuple[DoorLine, ...]
    fileable: bool
    trial: Door | None
    elsewhere: str
    steps: tuple[dict[str, Any], ...]
    notes: tuple[dict[str, Any], ...]
    doubts: frozenset[str] = field(default=frozenset())
    doubt_words: tuple[str, ...] = ()


OPTIONAL = Bilingual("Không bắt buộc. Có thì nộp kèm.", "Not required. Add it if you have it.")
NATIONAL_PORTAL = "https://dichvucong.gov.vn"


def page_of(view: ProcedureView, at: datetime, language: str) -> Page:
    """The page of `view` at the aware moment `at`, in the language "vi" or "en"."""
    on = local_date(at)
    papers = [_paper(paper, view) for paper in view.papers]
    open_doors = {door.door: door for door in view.doors_open(on)}
    fileable = view.is_fileable(on, "online")
    offers = dossiers.fee_offers(view, on)
    rows = zip(view.fees, view.fee_rows, offers, strict=True)
    fees = tuple(_fee(fee, row, offer, view, language) for fee, row, offer in rows)
    cost, cost_note = _cost(fees, view)
    local = open_doors.get("local_portal")
    return Page(
        view=view,
        applicants=tuple(words.say(words.APPLICANTS, code) for code in view.applicants),
        always=tuple(line for line, paper in zip(papers, view.papers, strict=True) if _is_always(paper)),
        by_case=tuple(line for line, paper in zip(papers, view.papers, strict=True) if not _is_always(paper)),
        saved=sum(bool(line.held_by) for line in papers),
        promise=promise(view, at, language),
        fees=fees,
        cost=cost,
        cost_note=cost_note,
        doors=_doors(view, on),
        fileable=fileable,
        trial=local if fileable and local and local.trial else None,
        elsewhere=_elsewhere(open_doors, view, fileable),
        steps=_steps(view),
        notes=tuple(_law_note(note) for note in view.law_notes(on)),
        doubts=frozenset(
            name
            for name in (
                "time_limit",
                "fees",
                "required_documents",
                "owner",
                "channels",
                "steps",
                "common_mistakes",
            )
            if view.doubts(name)
        ),
        doubt_words=tuple(dict.fromkeys(words.doubt(mark) for mark in view.unverified if mark)),
    )


def promise(view: ProcedureView, at: datetime, language: str, agency_id: int = ALL_OFFICES) -> Promise:
    """When a dossier received at `at` would be due by today's calendar of the agency, with its derivation."""
    deadline = catalogue.promise(view, at, agency_id)
    due = say_day(deadline.due_on, language) if deadline.due_on else ""
    limit = clock.say_limit(view.limit, language)
    return Promise(
        limit=limit[:1].upper() + limit[1:],
        due=due,
        on=deadline.due_on,
        at=deadline.due_at,
        provisional=deadline.provisional,
        why=tuple(clock.say(line, language) for line in deadline.lines),
    )


def _is_always(paper: Paper) -> bool:
    return paper.required is True and paper.when is None


def case_of(condition: Condition | None, view: ProcedureView) -> Bilingual:
    """A condition of the pack as a sentence in both languages, empty for none."""
    if condition is None or isinstance(condition, Always):
        return Bilingual("")
    labels = view.declaration.labels
    return Bilingual(f"Nếu {condition.sentence(labels, 'vi')}", f"If {condition.sentence(labels, 'en')}")


def _paper(paper: Paper, view: ProcedureView) -> PaperLine:
    told = paper.condition
    if not told:
        required = paper.required if isinstance(paper.required, Condition) else None
        told = case_of(paper.when or required, view)
        if not told and paper.required is False:
            told = OPTIONAL
    return PaperLine(
        name=paper.name,
        kind=words.say(words.PAPER_TYPES, paper.type),
        quantity=paper.quantity,
        case=told,
        form_code=paper.form_code,
        held_by=paper.reusable_from,
        electronic_form=is_declaration_form(fold(paper.name.vi)),
        shown_only=paper.is_shown_only,
    )


def _fee(fee: Fee, row: Mapping[str, Any], offer: FeeOffer, view: ProcedureView, language: str) -> FeeRow:
    per = "" if fee.per == "dossier" else f" / {words.say(words.PER, fee.per)}"
    waived = offer.online is not None and offer.online != offer.counter
    return FeeRow(
        name=fee.name,
        kind=words.say(words.MONEY, fee.money),
        case=_fee_case(fee, view),
        amount=f"{say_dong(fee.amount, language)}{per}" if fee.amount is not None else "",
        online=f"{say_dong(offer.online, language)}{per}" if waived else "",
        council=fee.set_by == "council",
        free=fee.amount == 0,
        known=fee.amount is not None,
        steps=_tiers(row, per, language),
        online_reason=offer.reason,
    )


def _fee_case(fee: Fee, view: ProcedureView) -> Bilingual:
    """When it is due: in the pack's own words, which a condition made into a sentence cannot match; once."""
    told = fee.condition or case_of(fee.when, view)
    return Bilingual("") if told == fee.name else told


def _tiers(row: Mapping[str, Any], per: str, language: str) -> str:
    told = [
        _("từ số {unit}: {amount}").format(
            unit=tier.get("from_unit"), amount=say_dong(tier.get("amount_vnd"), language) + per
        )
        for tier in row.get("tiers") or ()
    ]
    most = row.get("max_vnd")
    if most is not None:
        told.append(_("nhiều nhất {amount}").format(amount=say_dong(most, language)))
    return "; ".join(told)


def _cost(fees: tuple[FeeRow, ...], view: ProcedureView) -> tuple[str, str]:
    """The cost in a few words for the top of the page, honest about what is not known."""
    if not fees:
        if view.doubts("fees"):
            return _("Chưa rõ"), _("chưa có nguồn kiểm chứng")
        return _("Không mất tiền"), ""
    if not any(fee.known for fee in fees):
        council = all(fee.council for fee in fees)
        return _("Theo mức của tỉnh") if council else _("Chưa rõ"), _("chưa có số liệu ở đây")
    if all(fee.free for fee in fees):
        return _("Không mất tiền"), ""
    amounts = [fee for fee in fees if fee.known]
    if len(fees) == 1:
        return amounts[0].amount, ""
    return _("Tùy trường hợp"), _("xem từng khoản bên dưới")


def _doors(view: ProcedureView, on: date) -> tuple[DoorLine, ...]:
    """Every way in, the open ones first; one that the procedure has no channel for is not a way."""
    found = []
    for door in view.doors or view.doors_open(on):
        name, href = {
            "local_portal": (_("Cổng này"), ""),
            "national_portal": (_("Cổng Dịch vụ công quốc gia"), NATIONAL_PORTAL),
            "counter": (_("Bộ phận một cửa"), ""),
        }.get(door.door, (door.door, ""))
        is_open = door.is_open(on) and view.status == "active"
        found.append(
            DoorLine(
                name,
                is_open,
                door.note,
                href if is_open else "",
                _open_when(door, on),
                door.trial,
                door.source,
            )
        )
    return tuple(sorted(found, key=lambda line: not line.is_open))


def _open_when(door: Door, on: date) -> str:
    if door.begin and on < door.begin:
        return _("mở từ {day}").format(day=f"{door.begin:%d/%m/%Y}")
    if door.end and on > door.end:
        return _("đã đóng từ {day}").format(day=f"{door.end:%d/%m/%Y}")
    if door.end:
        return _("mở đến hết {day}").format(day=f"{door.end:%d/%m/%Y}")
    return ""


def _elsewhere(open_doors: Mapping[str, Door], view: ProcedureView, fileable: bool) -> str:
    """Where to go when this portal's door is closed: "national", "counter", "none", or "" when it is open."""
    if fileable:
        return ""
    if view.status != "active":
        return "none"
    if "national_portal" in open_doors:
        return "national"
    return "counter" if "counter" in open_doors else "none"


def _steps(view: ProcedureView) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "what": step.text,
            "optional": step.optional,
            "who": words.say(words.STAGES, step.stage),
            "state": "next" if step.stage != "applicant" else "past",
        }
        for step in view.steps
    )


def _law_note(note: Any) -> dict[str, Any]:
    since = _("Từ {day}").format(day=f"{note.begin:%d/%m/%Y}") if note.begin else ""
    until = _("đến hết {day}").format(day=f"{note.end:%d/%m/%Y}") if note.end else ""
    return {
        "kind": "wrong" if note.kind == "suspended" else "warn",
        "title": words.say(words.LAW_NOTES, note.kind),
        "text": note.text,
        "when": " ".join(part for part in (since, until) if part),
        "source": note.source,
        "unverified": bool(note.unverified),
    }
