"""What a procedure's published document says, as sentences that each know their field.

Nothing is said here that is not in the document, the calendar or the tree of agencies. Part of the door `queries`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.assistant import words
from motcua.assistant.rules import Sentence, Source
from motcua.assistant.rules.replies import OWN_SOURCE
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import Fee, Paper, ProcedureView, is_declaration_form
from motcua.dossiers import queries as dossiers
from motcua.foundation.actors import Actor
from motcua.foundation.time import local_date
from motcua.foundation.ui.words import say_dong
from motcua.kernel import clock
from motcua.kernel.clock import say_day
from motcua.kernel.conditions import All, Always, Condition, Not
from motcua.kernel.conditions import Any as Any_
from motcua.kernel.text import fold
from motcua.registers import queries as registers

STEPS_MOST = 8


@dataclass(frozen=True)
class Case:
    """One person's case of a procedure: what is known of it so far. `place`: the code of a ward or commune, "" unknown.

    `answers` are answers to fields of the declaration; `asked_away`: fields she could not answer.
    """

    view: ProcedureView
    at: datetime
    language: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""
    actor: Actor | None = None

    @cached_property
    def offers(self) -> Mapping[str, Any]:
        """Paper key → what the city can answer it with, for the proven person in her own matter; {} for all others."""
        if self.actor is None or self.actor.party_id is None or not self.actor.is_person:
            return {}
        wanted = [(paper.key, paper.name) for paper in self.view.papers]
        return registers.offers_for(self.actor, self.view.slug, wanted, dict(self.answers), self.at)

    @cached_property
    def day(self) -> Any:
        return local_date(self.at)

    @cached_property
    def labels(self) -> Mapping[str, Any]:
        return self.view.declaration.labels

    @cached_property
    def route(self) -> Any:
        """Who decides and receives for the place; None where that is not known or nobody here does."""
        if not self.place:
            return None
        return agencies.route(
            responsible=self.view.competent,
            level=self.view.level,
            area=self.place,
            at=self.at,
            on=self.day,
            procedure=self.view.slug,
        )

    @property
    def channel(self) -> str:
        return "online" if self.view.is_fileable(self.day, "online") else "counter"

    def source(self, path: str, *, kind: str = "procedure", key: str = "") -> Source:
        """The field `path` of this version, as read on this day."""
        if kind != "procedure":
            return Source(kind, key, path, on=self.day.isoformat())
        view = self.view
        return Source("procedure", view.slug, path, view.code or "", view.hash[:12], self.day.isoformat())

    def sentence(self, text: str, path: str, about: str, *doubts: str, anchor: str = "") -> Sentence:
        """A sentence that rests on the field `path`; doubtful where the pack marks it (or one of `doubts`) so."""
        link = reverse("portal:procedure", args=[self.view.slug]) + (f"#{anchor}" if anchor else "")
        unsure = bool(self.view.doubts(path.partition(".")[0], *doubts))
        return Sentence(text, self.source(path), about, unsure, link)

    def decided(self, condition: Condition | bool | None) -> bool | None:
        """Whether a condition holds by what she said, None while that turns on something she has not said."""
        if not isinstance(condition, Condition):
            return condition is not False
        found = [self.decided(child) for child in condition.children]
        if isinstance(condition, All):
            return False if False in found else (None if None in found else True)
        if isinstance(condition, Any_):
            return True if True in found else (None if None in found else False)
        if isinstance(condition, Not):
            return None if found[0] is None else not found[0]
        return (
            condition.holds(dict(self.answers), self.day) if condition.names() <= set(self.answers) else None
        )

    def unknown(self, condition: Condition | bool | None) -> bool:
        """Whether a condition turns on something that she has not said."""
        return self.decided(condition) is None

    def holds(self, condition: Condition | bool | None) -> bool:
        """Whether a condition holds for certain; no condition always holds."""
        return self.decided(condition) is True


def name(case: Case) -> Sentence:
    """Which procedure it is about."""
    view = case.view
    text = _("Thủ tục: {name}.").format(name=view.name.say(case.language))
    if view.code:
        text = _("Thủ tục: {name} (mã {code}).").format(name=view.name.say(case.language), code=view.code)
    return case.sentence(text, "short_name_vi" if view.body.get("short_name_vi") else "name_vi", "which")


def standing(case: Case) -> Iterator[Sentence]:
    """What must be said before all else: it no longer exists, or its law is changing."""
    view = case.view
    if view.status != "active":
        yield case.sentence(_("Thủ tục này không còn được thực hiện."), "status", "law")
    for number, note in enumerate(view.all_law_notes):
        if not note.is_shown(case.day):
            continue
        since = f"{note.begin:%d/%m/%Y}" if note.begin and note.begin > case.day else ""
        text = note.text.say(case.language)
        told = _("Từ {day}: {text}").format(day=since, text=text) if since else text
        yield Sentence(
            _dot(told),
            case.source(f"law_notes.{number}.text"),
            "law",
            bool(note.unverified),
            reverse("portal:procedure", args=[view.slug]),
        )


def papers(case: Case) -> Iterator[Sentence]:
    """What she must bring: first what this case needs for certain, then what only some cases need."""
    held, sure, maybe = [], [], []
    for paper in case.view.papers:
        if paper.key in case.offers and case.decided(paper.when) is not False:
            held.append(_held(case, paper))
        elif case.unknown(paper.when) or (
            isinstance(paper.required, Condition) and case.unknown(paper.required)
        ):
            maybe.append(_paper(case, paper, certain=False))
        elif case.holds(paper.when):
            by_words = paper.when is None and paper.condition and paper.required is not True
            needed = case.holds(paper.required) if not by_words else False
            (sure if needed else maybe).append(_paper(case, paper, certain=needed))
    if not case.view.papers:
        yield case.sentence(
            _("Thủ tục này không ghi giấy tờ nào phải nộp."), _papers_path(case), "paper", anchor="papers"
        )
    yield from held
    yield from sure
    yield from maybe


def _papers_path(case: Case) -> str:
    own = isinstance(case.view.body.get("declaration"), Mapping) and case.view.body["declaration"].get(
        "papers"
    )
    return "declaration.papers" if own is not None and own is not False else "required_documents"


def _paper(case: Case, paper: Paper, *, certain: bool) -> Sentence:
    what = words.paper(paper.type, paper.quantity)
    told = _("{paper}: {what}.").format(paper=paper.name.say(case.language), what=what)
    if paper.form_code:
        told = _("{paper} (mẫu {form}): {what}.").format(
            paper=paper.name.say(case.language), form=paper.form_code, what=what
        )
    lead = told if certain else _("Tùy trường hợp – {told}").format(told=told)
    more = []
    reason = paper.condition.say(case.language) or ("" if certain else _case_words(case, paper))
    if reason:
        more.append(_dot(reason))
    if is_declaration_form(fold(paper.name.vi)) and case.channel == "online":
        more.append(_("Nộp trực tuyến thì khai ngay trên cổng, không cần mẫu giấy."))
    if paper.reusable_from:
        more.append(_("Không phải nộp nếu tra được trong {register}.").format(register=paper.reusable_from))
    path = f"{_papers_path(case)}.{paper.key}"
    return case.sentence(" ".join([lead, *more]), path, "paper", anchor="papers")


def _held(case: Case, paper: Paper) -> Sentence:
    """A paper that the city has of her: looked up by law, or used again if she agrees."""
    told = _("{paper}: thành phố đã có của bạn, không phải nộp.")
    if not case.offers[paper.key].by_law:
        told = _("{paper}: thành phố đã có của bạn; bạn đồng ý dùng lại thì không phải nộp.")
    source = Source(OWN_SOURCE, case.view.slug, f"store.{paper.key}", on=case.day.isoformat())
    return Sentence(
        told.format(paper=paper.name.say(case.language)), source, "held", False, reverse("portal:store")
    )


def _case_words(case: Case, paper: Paper) -> str:
    condition = paper.when or (paper.required if isinstance(paper.required, Condition) else None)
    if condition is None or isinstance(condition, Always):
        return "" if paper.required is not False else _("Không bắt buộc, có thì nộp kèm")
    return _("Cần khi {case}").format(case=condition.sentence(case.labels, case.language))


def fees(case: Case) -> Iterator[Sentence]:
    """What it costs at the counter and online, line by line; what is not known is said so, never nought."""
    view = case.view
    lines = zip(view.fees, dossiers.fee_offers(view, case.day), strict=True)
    if not view.fees:
        text = _("Hồ sơ thủ tục không ghi khoản phí, lệ phí nào.")
        yield case.sentence(text, _fees_path(case), "fee", "fees", anchor="how-much")
    for fee, offer in lines:
        if fee.when is not None and not case.unknown(fee.when) and not case.holds(fee.when):
            continue
        yield case.sentence(
            _fee(case, fee, offer), f"{_fees_path(case)}.{fee.key}", "fee", "fees", anchor="how-much"
        )
    for reason in view.fee_hints(case.day):
        told = _("Có thể được giảm theo {text}; mức giảm chưa có trong dữ liệu.").format(text=reason)
        yield Sentence(told, case.source("fee_rules"), "fee", True)


def _fees_path(case: Case) -> str:
    declared = case.view.body.get("declaration")
    return (
        "declaration.fees" if isinstance(declared, Mapping) and declared.get("fees") is not None else "fees"
    )


def _fee(case: Case, fee: Fee, offer: Any) -> str:
    kind = str(words.MONEY.get(fee.money, fee.money))
    what = fee.name.say(case.language)
    named = fold(what).startswith(fold(kind))
    lead = what[:1].upper() + what[1:] if named else f"{kind} – {what[:1].lower()}{what[1:]}"
    told = _fee_case(case, fee)
    if told and fold(told) not in fold(lead):
        lead += f" – {told[:1].lower()}{told[1:]}"
    per = words.per(fee.per)
    if offer.counter is None and offer.online is None:
        by = (
            _("do Hội đồng nhân dân tỉnh, thành phố quy định; mức cụ thể chưa có trong dữ liệu")
            if fee.set_by == "council" and "hoi dong nhan dan" not in fold(lead)
            else _("mức cụ thể chưa có trong dữ liệu")
        )
        return f"{lead}: {by}."
    if offer.counter == 0 and offer.online in (0, None):
        return f"{lead}: " + _("không mất tiền (0 đồng).")
    there = f"{say_dong(offer.counter, case.language)}{per}" if offer.counter is not None else ""
    if offer.online is not None and offer.online != offer.counter:
        here = f"{say_dong(offer.online, case.language)}{per}"
        if not there:
            return f"{lead}: " + _("nộp trực tuyến {online}.").format(online=here)
        told = _("{amount}; nộp trực tuyến {online}").format(amount=there, online=here)
        return f"{lead}: {told}" + (f" ({offer.reason})." if offer.reason else ".")
    return f"{lead}: {there}."


def _fee_case(case: Case, fee: Fee) -> str:
    """For whom the line is, where that is not decided yet: in the pack's words, else the condition as a sentence."""
    if isinstance(fee.when, Condition) and not isinstance(fee.when, Always) and case.unknown(fee.when):
        sentence = fee.when.sentence(case.labels, case.language)
        return fee.condition.say(case.language) or _("nếu {case}").format(case=sentence)
    return "" if fee.when is not None else fee.condition.say(case.language)


def limit(case: Case) -> Iterator[Sentence]:
    """How long it takes by law, and which day that would be for a dossier received now."""
    view = case.view
    said = clock.say_limit(view.limit, case.language)
    yield case.sentence(
        _("Thời hạn giải quyết: {limit}.").format(limit=said), "time_limit", "limit", anchor="how-long"
    )
    note = view.limit_note.say(case.language)
    if note:
        yield case.sentence(_dot(note), "time_limit.notes", "limit", anchor="how-long")
    office = case.route.agency.id if case.route else catalogue.ALL_OFFICES
    promised = catalogue.promise(view, case.at, office)
    if promised.due_on:
        day = say_day(promised.due_on, case.language)
        told = _("Hồ sơ đủ, được tiếp nhận bây giờ thì hẹn trả chậm nhất {day}.").format(day=day)
        why = [clock.say(line, case.language) for line in promised.lines]
        key = case.route.agency.code if case.route else ""
        yield Sentence(
            told,
            case.source(" · ".join(why)[:300], kind="calendar", key=key),
            "due",
            promised.provisional or bool(view.doubts("time_limit")),
            reverse("portal:procedure", args=[view.slug]) + "#how-long",
        )


def where(case: Case) -> Iterator[Sentence]:
    """Who decides, where to hand it in (office, hours), and by which ways."""
    view, route = case.view, case.route
    if route is not None:
        told = _("Cơ quan giải quyết: {agency}.").format(agency=_office(case, route.agency))
        yield _agency_sentence(case, told, route.agency, unsure=route.unverified)
        receiver = route.received_by or _counter(case)
        if receiver is not None and receiver.id != route.agency.id:
            told = _("Nộp trực tiếp tại: {office}.").format(office=_office(case, receiver))
            yield _agency_sentence(case, told, receiver)
        yield from _reaching(case, receiver or route.agency)
    elif view.competent:
        yield case.sentence(
            _("Cơ quan giải quyết: {agency}.").format(agency=view.competent),
            "responsible_agency_type",
            "where",
        )
    yield from ways(case)


def _reaching(case: Case, office: Office) -> Iterator[Sentence]:
    """Address and hours of an office: where the packs have none, that is said."""
    if office.address:
        yield _agency_sentence(
            case, _("Địa chỉ: {address}.").format(address=office.address), office, "address_vi"
        )
    else:
        yield _agency_sentence(
            case,
            _("Số nhà, tên đường của nơi này chưa được công bố ở đây."),
            office,
            "address_vi",
            unsure=True,
        )
    hours = words.hours(agencies.calendar_of(office.id).sessions, case.language)
    if hours:
        document = agencies.hours_of(office)
        yield Sentence(
            _("Giờ làm việc: {hours}.").format(hours=hours),
            case.source("sessions", kind="pack", key=f"hours/{document.key}"),
            "where",
            bool(document.body.get("unverified")),
        )


def _counter(case: Case) -> Office | None:
    """The one-stop of the place, where the routing names none."""
    return next(iter(agencies.receiving_agencies(case.day, area=case.place)), None)


def _office(case: Case, office: Office) -> str:
    area = agencies.area(office.area_code, case.day) if office.area_code else None
    around = [agencies.area(code, case.day) for code in agencies.area_chain(office.area_code, case.day)]
    province = next((each for each in around if each is not None and each.kind in ("province", "city")), None)
    told = office.name(case.language)
    for each in (area, province):
        if each is not None and fold(each.name(case.language)) not in fold(told):
            told += f", {each.name(case.language)}"
    return told


def _agency_sentence(
    case: Case, text: str, office: Office, path: str = "name_vi", *, unsure: bool = False
) -> Sentence:
    source = case.source(path, kind="agency", key=office.code)
    return Sentence(text, source, "where", unsure or office.doubts("*"))


def ways(case: Case) -> Iterator[Sentence]:
    """The ways in that are open on the day: here, on the national portal, at the counter, by post."""
    view = case.view
    if view.status != "active":
        return
    if view.is_fileable(case.day, "online"):
        trial = any(door.door == "local_portal" and door.trial for door in view.doors_open(case.day))
        told = (
            _("Nộp trực tuyến được ngay trên cổng này.")
            if not trial
            else _("Nộp trực tuyến thử được trên cổng này.")
        )
        yield case.sentence(told, "doors", "where", "doors")
    else:
        for door in view.doors_open(case.day):
            if door.door == "national_portal":
                told = _("Nộp trực tuyến trên Cổng Dịch vụ công quốc gia (dichvucong.gov.vn).")
                yield case.sentence(told, "doors", "where", "doors")
    listed = [str(words.CHANNELS[each]) for each in view.channels if each in words.CHANNELS]
    if listed:
        told = _("Cách nộp: {channels}.").format(channels=", ".join(listed))
        yield case.sentence(told, "channels", "where", "channels")


def steps(case: Case) -> Iterator[Sentence]:
    """What happens, in order."""
    for number, step in enumerate(case.view.steps[:STEPS_MOST], 1):
        told = _("Bước {number}: {what}.").format(
            number=number, what=step.text.say(case.language).rstrip(".")
        )
        yield case.sentence(told, f"steps.{step.key}", "step", "steps", anchor="then")


def eligibility(case: Case) -> Iterator[Sentence]:
    """Who may ask for it, and what often goes wrong."""
    view = case.view
    who = [str(words.APPLICANTS.get(code, code)) for code in view.applicants]
    if who:
        told = _("Người được làm thủ tục này: {who}.").format(who=", ".join(who))
        yield case.sentence(told, "applicants", "eligibility")
    for number, mistake in enumerate(view.common_mistakes):
        told = _("Lưu ý: {text}").format(text=_dot(mistake.say(case.language)))
        yield case.sentence(told, f"common_mistakes.{number}", "eligibility", "common_mistakes")


def conditions(case: Case) -> Iterator[Sentence]:
    """What the declaration itself demands or warns of, as far as it can concern this case."""
    for section, entry in case.view.declaration.by_id.values():
        whens = [when for when in (section.when, entry.when) if when is not None]
        hidden = any(not case.unknown(when) and not case.holds(when) for when in whens)
        if hidden or entry.type not in ("note", "yes_no", "choice", "date", "number"):
            continue
        if entry.message is not None and entry.check is not None:
            told = _("Điều kiện: {text}").format(text=_dot(entry.message.say(case.language)))
            yield case.sentence(told, f"declaration.{entry.id}.message", "eligibility")
        elif entry.type == "note":
            told = _dot(entry.label.say(case.language))
            yield case.sentence(told, f"declaration.{entry.id}.label", "eligibility")


def result(case: Case) -> Iterator[Sentence]:
    """What comes out."""
    if case.view.result_name:
        told = _("Kết quả bạn nhận: {result}.").format(result=case.view.result_name.say(case.language))
        yield case.sentence(told, "result.name_vi", "result", "result")


def law(case: Case) -> Iterator[Sentence]:
    """The texts it rests on."""
    basis = case.view.legal_basis
    if basis:
        told = ", ".join(each.number or each.name for each in basis[:6])
        yield case.sentence(_("Căn cứ: {texts}.").format(texts=told), "legal_basis", "law", "legal_basis")


def _dot(text: str) -> str:
    text = text.strip()
    return text if text[-1:] in ".!?…" else f"{text}."
