"""A person's own dossiers, told by the assistant: where one is, why it waits, until when, what she must do.

Only dossiers that she filed or that are hers; never by a position that she holds. What the clock and the calibrated
forecast do not say is not said. Each telling leaves a row in the access log, as the page of the dossier does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.agencies import queries as agencies
from motcua.assistant.rules import Asked, Button, Choice, Sentence, Source
from motcua.assistant.rules.replies import OWN_SOURCE
from motcua.cooperation import queries as cooperation
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import DossierNotFound
from motcua.dossiers.rules import CLOSED, Delivery, State
from motcua.forecast import queries as forecasts
from motcua.foundation.access import seen
from motcua.foundation.actors import Actor
from motcua.foundation.time import local_date
from motcua.foundation.ui.words import say_date, say_dong
from motcua.kernel.clock import say_day
from motcua.kernel.identifiers import parse_dossier_code, parse_tracking

SELF = frozenset(("sign-in", "track", "none", "several", "not-yours"))  # what is said of the assistant itself
KEY = "dossier"  # of the question "which one?"; the value that is picked is the public id
PURPOSE, PAGE = "follow", "assistant:mine"
SCOPE = "dossiers:read"
CHOICES_MOST, LOOKED_AT = 5, 50
ITEMS_MOST = 5
ASPECTS = {"where": "state", "why": "note", "when": "due", "do": "step"}
_CODE = re.compile(r"[A-Za-z0-9.]{3,40}\s?[-‐‑‒–—]\s?[0-9]{6}\s?[-‐‑‒–—]\s?[0-9]{4,7}(?!\w)")
_REFERENCE = re.compile(r"(?<!\w)(?=((?:[0-9A-Za-z]{4}[\s\-‐‑‒–—._]?){3}[0-9A-Za-z]{4})(?!\w))")
S = State


@dataclass(frozen=True)
class Told:
    """What is said of her dossiers, one question at most ("which one?"), one button at most."""

    sentences: tuple[Sentence, ...]
    asked: Asked | None = None
    button: Button | None = None


def tell(
    actor: Actor | None,
    question: str = "",
    *,
    at: datetime,
    language: str = "vi",
    picked: str = "",
    slug: str = "",
    aspect: str = "",
) -> Told:
    """What `actor` (None: nobody is signed in) is told at the aware moment `at`, in "vi" or "en".

    `question` is looked through for a dossier's code or reference; `picked` is the value of a choice of `Told.asked`;
    `slug` narrows to one procedure; `aspect` (where | why | when | do) is said first. A code that is not hers is
    answered as one that nobody has. Raises nothing for any text.
    """
    with translation.override("en" if language == "en" else "vi"):
        if actor is None or not actor.is_person or (actor.scopes is not None and SCOPE not in actor.scopes):
            return _sign_in()
        own = _owner(actor)
        codes = codes_in(question)
        if picked or codes:
            row = _named(own, picked, codes, at)
            return _one(actor, row, at, language, aspect) if row is not None else _none_of_hers()
        return _whichever(actor, own, at, language, slug, aspect)


def codes_in(question: str) -> list[str]:
    """The dossier codes and tracking references that a question names, as they were typed; at most three."""
    found = [code for code in _CODE.findall(question) if parse_dossier_code(code)]
    found += [each for each in _REFERENCE.findall(question) if parse_tracking(each)]
    return list(dict.fromkeys(found))[:3]


def _owner(actor: Actor) -> Actor:
    """The same person without her positions: as an officer she may see others' dossiers, here she may not."""
    keys = frozenset(key for key in actor.holders if key.startswith(("account:", "party:")))
    return replace(actor, holders=keys, archives=frozenset(), roles=frozenset(), extra={})


def _named(own: Actor, picked: str, codes: Sequence[str], at: datetime) -> Any | None:
    """Her dossier of this id or one of these codes; None also for anybody else's."""
    if picked:
        ids = [picked[:26]] if picked.isprintable() else []
    else:
        visible, day = dossiers.visible_to(own), local_date(at)
        ids = [row.public_id for code in codes for row in dossiers.find_exact(visible, code, (), day)]
    for public_id in ids[:1]:
        try:
            row = dossiers.get_visible(own, public_id)
        except DossierNotFound:
            return None
        return row if dossiers.is_applicant(own, row) else None
    return None


def _whichever(actor: Actor, own: Actor, at: datetime, language: str, slug: str, aspect: str) -> Told:
    """The one that she can mean, else a question which one."""
    rows = [row for row in dossiers.mine(own, limit=LOOKED_AT) if dossiers.is_applicant(own, row)]
    rows = [row for row in rows if not slug or row.procedure.slug == slug]
    if not rows:
        return Told((_say(_("Bạn chưa có hồ sơ nào như vậy."), _self("none"), link=reverse("portal:mine")),))
    going = [row for row in rows if row.business_state not in CLOSED]
    filed = [row for row in going if row.business_state != S.DRAFT]
    likely = filed or going or rows[:1]
    if len(likely) == 1:
        row = dossiers.get_visible(own, likely[0].public_id)
        return _one(actor, row, at, language, aspect)
    likely.sort(key=lambda row: row.business_state not in dossiers.WAITS_FOR_APPLICANT)
    shown = likely[:CHOICES_MOST]
    seen(actor, at=at, purpose=PURPOSE, page=PAGE, subjects=[row.subject for row in shown])
    count = len(likely)
    text = ngettext("Bạn có {count} hồ sơ đang mở.", "Bạn có {count} hồ sơ đang mở.", count).format(
        count=count
    )
    options = tuple(Choice(row.public_id, _label(row, language)) for row in shown)
    which = Asked(KEY, _("Bạn hỏi hồ sơ nào?"), "choice", options, _self("several"))
    each = [
        _Telling(row, at, language).sentence(f"{option.label}.", "business_state", "state")
        for row, option in zip(shown, options, strict=True)
    ]
    return Told((_say(text, _self("several"), "state", reverse("portal:mine")), *each), which)


def _label(row: Any, language: str) -> str:
    procedure = row.procedure
    name = procedure.name_en if language == "en" and procedure.name_en else procedure.short_name_vi
    when = say_date(row.submitted_at or row.started_at)
    return " · ".join(
        part for part in (name, row.code, when, dossiers.state_name(row.business_state)) if part
    )


def _one(actor: Actor, row: Any, at: datetime, language: str, aspect: str) -> Told:
    """Where it is, why it waits, until when, and what she must do."""
    seen(actor, at=at, purpose=PURPOSE, page=PAGE, subjects=[row.subject])
    telling = _Telling(row, at, language)
    sentences = [*telling.where(), *telling.why(), *telling.when(), *telling.must_do()]
    first = ASPECTS.get(aspect, "")
    sentences.sort(key=lambda sentence: sentence.about != first if first else False)
    return Told(tuple(sentences), button=telling.button())


@dataclass(frozen=True)
class _Telling:
    """One dossier, read with where it stands."""

    row: Any
    at: datetime
    language: str

    @property
    def state(self) -> State:
        return S(self.row.business_state)

    def sentence(self, text: str, path: str, about: str, name: str = "dossier") -> Sentence:
        source = Source(
            OWN_SOURCE, self.row.public_id, path, self.row.code or "", on=local_date(self.at).isoformat()
        )
        return Sentence(text, source, about, link=reverse(f"portal:{name}", args=[self.row.public_id]))

    def where(self) -> Iterator[Sentence]:
        """Which dossier it is, and what goes on."""
        name = dossiers.declared_view_of(self.row).name.say(self.language)
        named = _("{name}, mã {code}").format(name=name, code=self.row.code) if self.row.code else name
        ids = [key for key in (self.row.desk_now_id, self.row.competent_agency_id) if key]
        names = agencies.names(ids, self.language)
        now = dossiers.now_sentence(
            self.state,
            receiver=names.get(self.row.desk_now_id, ""),
            competent=names.get(self.row.competent_agency_id, ""),
            to_seal=self.row.delivery_state == Delivery.TO_SEAL,
        )
        yield self.sentence(f"{named}: {now}", "business_state", "state")

    def why(self) -> Iterator[Sentence]:
        """Whom it waits for, and the reason that an office gave."""
        if self.state not in CLOSED:
            for text in cooperation.waits(cooperation.overview(self.row, self.at, self.language)):
                yield self.sentence(text, "tasks", "note")
        if reason := dossiers.reason_of(self.row, self._letters):
            yield self.sentence(
                _("Lý do cơ quan nêu: {reason}").format(reason=_dot(reason)), "letters", "note"
            )

    @property
    def _letters(self) -> list[Any]:
        """Read only where a letter has something to say."""
        asks = self.state in dossiers.WAITS_FOR_APPLICANT or self.state in (S.REFUSED, S.STOPPED)
        return dossiers.letters_of(self.row) if asks or self.row.outcome == "denied" else []

    def when(self) -> Iterator[Sentence]:
        """The promised day with its derivation, and the forecast while such forecasts have held."""
        events = dossiers.clock_events(self.row) if self.row.received_at else []
        due = dossiers.due_of(self.row, events, local_date(self.at), self.language)
        if due.state == "paused":
            yield self.sentence(_("Ngày hẹn trả được tính lại khi bạn đã trả lời."), "due_on", "due")
        elif due.day and due.state != "done":
            said = _("Hẹn trả: {day} (tạm tính).") if due.provisional else _("Hẹn trả: {day}.")
            late = _(" Hồ sơ đã quá hạn.") if due.state == "late" else ""
            yield self.sentence(said.format(day=due.day) + late, "due_on", "due")
            if due.first:
                yield self.sentence(_("Hẹn lần đầu: {day}.").format(day=due.first), "first_due_on", "due")
            if due.why:
                why = _("Vì sao là ngày ấy: {lines}").format(lines=_dot("; ".join(due.why)))
                yield self.sentence(why, "clock_events", "due")
        if forecast := forecasts.promised(self.row, self.at):
            text = _(
                "Dự báo xong chậm nhất {day}: 9/10 hồ sơ tương tự đã xong trong thời gian ấy. Đây là dự báo, không "
                "thay ngày hẹn trả."
            ).format(day=say_day(forecast.on, self.language))
            yield self.sentence(text, "forecast", "due")

    def must_do(self) -> Iterator[Sentence]:
        """What she has to do now; that there is nothing is said too."""
        if self.state is S.DRAFT:
            text = _("Bạn khai cho xong rồi nộp; chưa nộp thì chưa tính thời hạn.")
            yield self.sentence(text, "business_state", "step", "tasks")
        elif self.state in (S.DOOR_SUPPLEMENT, S.SUPPLEMENT):
            yield from self._supplement()
        elif self.state is S.AWAITING_PAYMENT or self._waits_to_be_collected:
            yield from self._money()
        elif self.state not in CLOSED:
            yield self.sentence(_("Bạn chưa phải làm gì thêm."), "business_state", "step")

    @property
    def _waits_to_be_collected(self) -> bool:
        return self.state is S.RESULT_READY and self.row.delivery_state != Delivery.TO_SEAL

    def _supplement(self) -> Iterator[Sentence]:
        """What was asked for, and until when it may be brought."""
        request = dossiers.open_request(self.row)
        content = request.content if request is not None and isinstance(request.content, dict) else {}
        items = [str(item.get("text") or "") for item in content.get("items") or () if isinstance(item, dict)]
        for number, item in enumerate(items[:ITEMS_MOST], 1):
            yield self.sentence(
                _("Bạn bổ sung: {item}").format(item=_dot(item)),
                f"letters.items.{number}",
                "step",
                "supplement",
            )
        if len(items) > ITEMS_MOST or not items:
            text = _("Mọi điều phải bổ sung ghi trong phiếu yêu cầu.")
            yield self.sentence(text, "letters", "step")
        if day := content.get("answer_by"):
            yield self.sentence(
                _("Hạn trả lời: {day}.").format(day=say_date(day)), "letters.answer_by", "step", "supplement"
            )

    def _money(self) -> Iterator[Sentence]:
        """What is to be paid: each line of a known amount; that an amount is not known is said."""
        open_lines = [
            line for line in dossiers.fees_of(self.row) if line.paid_at is None and line.payable != 0
        ]
        for line in open_lines:
            if line.payable is None:
                text = _("{name}: mức thu chưa có ở đây, bạn xem thông báo nộp tiền.").format(name=line.name)
            else:
                text = _("Bạn nộp {name}: {amount}.").format(
                    name=line.name, amount=say_dong(line.payable, self.language)
                )
            yield self.sentence(text, f"fees.{line.key}", "step")
        if not open_lines and self.state is S.RESULT_READY:
            yield self.sentence(_("Bạn không phải nộp thêm tiền."), "fees", "step")

    def button(self) -> Button:
        """The page on which she goes on."""
        name, text = "dossier", _("Mở hồ sơ")
        if self.state is S.DRAFT:
            name, text = "tasks", _("Khai tiếp")
        elif self.state in (S.DOOR_SUPPLEMENT, S.SUPPLEMENT):
            name, text = "supplement", _("Bổ sung ngay")
        return Button(text, reverse(f"portal:{name}", args=[self.row.public_id]))


def _dot(text: str) -> str:
    said = " ".join(text.split())
    return said if said[-1:] in ".!?" else f"{said}."


def _self(key: str) -> Source:
    return Source("self", f"mine-{key}")


def _say(text: str, source: Source, about: str = "talk", link: str = "") -> Sentence:
    return Sentence(text, source, about, link=link)


def _sign_in() -> Told:
    """What somebody is told who is not signed in; no code is looked up for her, the tracking page does that."""
    door = f"{reverse('accounts:sign_in')}?next={reverse('portal:mine')}"
    return Told(
        (
            _say(_("Bạn đăng nhập thì tôi mới xem được hồ sơ của bạn."), _self("sign-in"), link=door),
            _say(
                _("Không đăng nhập, bạn tra cứu tiến độ bằng mã tra cứu in trên giấy tiếp nhận."),
                _self("track"),
                link=reverse("portal:track"),
            ),
        ),
        button=Button(_("Đăng nhập"), door),
    )


def _none_of_hers() -> Told:
    """The same for a code that is another's and for one that nobody has."""
    text = _("Trong các hồ sơ của bạn không có hồ sơ mang mã này.")
    return Told((_say(text, _self("not-yours"), link=reverse("portal:mine")),))
