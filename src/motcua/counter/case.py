"""A dossier on one page: facts, papers, clock and what happened, gathered from rows read once. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.agencies import queries as agencies
from motcua.counter import joint, reuse, words
from motcua.counter.moves import MOVES, OPEN_MONEY, next_verb, verbs_for
from motcua.digitising import queries as scans
from motcua.dossiers import queries as dossiers
from motcua.files.rules import KINDS
from motcua.forecast import queries as forecasts
from motcua.foundation.actors import Actor
from motcua.foundation.time import local_date
from motcua.foundation.ui.words import as_date, say_date, say_moment
from motcua.kernel import forms
from motcua.kernel.clock import TimeLeft, Unit
from motcua.papers import queries as made
from motcua.people import queries as people
from motcua.people import rules as people_rules

RESULT_VERBS = ("draft_result", "take_over_result")
OPEN_REQUEST_STATES = ("door_supplement", "supplement")


@dataclass(frozen=True)
class PaperLine:
    """A paper as the page lists it; `href` leads to its picture, "" when it was only handed over or shown."""

    id: int
    name: str
    form: str
    quantity: int
    href: str
    shown: bool
    at: datetime
    late: bool  # came with an answer
    digitised: str  # in words; "" where it came electronically
    unchecked: bool  # kept while no virus scanner looked at it
    origin: str = ""  # where it was re-used from, on which ground


class Case:
    """Everything the page of a dossier tells, for one officer at one moment."""

    def __init__(self, dossier: Any, actor: Actor, at: datetime, language: str) -> None:
        self.dossier, self.actor, self.at, self.language = dossier, actor, at, language
        self.view = dossiers.view_of(dossier)
        self.state = str(dossier.business_state)

    @cached_property
    def day(self) -> date:
        return local_date(self.at)

    # Facts -----------------------------------------------------------------------------------------------------

    @cached_property
    def answers(self) -> dict[str, Any]:
        return dossiers.answers_of(self.dossier)

    @cached_property
    def sections(self) -> list[dict[str, Any]]:
        """The answers in words, a section at a time, the ones given at the end (consents) left out."""
        declaration = dossiers.declared_view_of(self.dossier).declaration
        told = forms.shown_sections(
            declaration, self.answers, self.language, self._filed_on, agencies.names_in(self.language)
        )
        return [
            {
                "id": part.id,
                "title": part.title,
                "rows": [{"label": self._label(f, declaration), "value": f.text} for f in part.fields],
            }
            for part in told
            if any(f.type != "consent" for f in part.fields)
        ]

    @staticmethod
    def _label(shown: Any, declaration: Any) -> str:
        """What the pack says is a fact of the applicant has its short word here; other questions stand as asked."""
        field = declaration.field(shown.id)
        _whose, _dot, fact = str((field and field.prefill) or "").partition(".")
        return str(words.FACTS[fact]) if _whose == "applicant" and fact in words.FACTS else shown.label

    @property
    def _filed_on(self) -> date:
        """The day by which the form's conditions are judged: that of the filing."""
        return dossiers.judged_on(self.dossier, local_date(self.dossier.started_at))

    @property
    def owner(self) -> str:
        if self.dossier.applicant_id:
            return self.dossier.applicant.full_name
        return str(self.answers.get("full_name") or "")

    @cached_property
    def differences(self) -> list[dict[str, Any]]:
        """Where the declaration contradicts what is known of the person: both values, for those who decide it."""
        if not self.dossier.applicant_id or not getattr(self.dossier, "differs", True):
            return []
        if not dossiers.may_settle(self.actor, self.dossier):
            return []
        return [
            {
                "id": d.public_id,
                "label": str(words.FACTS.get(d.field, d.field)),
                "known": self._fact(d.field, d.known),
                "said": self._fact(d.field, d.said),
                "source": str(words.SOURCES.get(d.source, d.source)),
            }
            for d in people.differences(self.dossier.applicant_id)
        ] + reuse.contradictions(self.dossier, self.at, self.language)

    def _fact(self, field: str, value: str) -> str:
        if field == "sex":
            return str(words.SEXES.get(value, value))
        if field == "birth_on" and len(value) == 10:
            return f"{value[8:]}/{value[5:7]}/{value[:4]}"
        return value

    # Papers ----------------------------------------------------------------------------------------------------

    @cached_property
    def _paper_rows(self) -> list[Any]:
        return dossiers.papers_of(self.dossier)

    @cached_property
    def reused(self) -> dict[str, Any]:
        """Paper key → what was said to its re-use; no query where nothing was re-used."""
        return reuse.said_of(self.dossier, self._paper_rows)

    @cached_property
    def papers(self) -> list[PaperLine]:
        return [
            PaperLine(
                id=row.pk,
                name=row.name,
                form=str(words.PAPER_WORDS.get(row.form, row.form)),
                quantity=row.quantity,
                href=reverse("counter:paper", args=[self.dossier.public_id, row.pk]) if row.file_id else "",
                shown=bool(row.file_id) and KINDS[row.file.kind].inline,
                at=row.added_at,
                late=row.letter_id is not None,
                digitised=scans.digitised_word(row.digitised) if row.form != "electronic" else "",
                unchecked=bool(row.file_id) and not row.file.checked,
                origin=reuse.told(self.reused.get(row.key), self.language) if row.digitised else "",
            )
            for row in self._paper_rows
        ]

    @property
    def may_digitise(self) -> bool:
        return dossiers.may_digitise(self.actor, self.dossier)

    @cached_property
    def needs(self) -> list[forms.PaperNeed]:
        return dossiers.papers_needed(
            dossiers.declared_view_of(self.dossier),
            self.answers,
            self._filed_on,
            channel=self.dossier.channel,
        )

    @property
    def missing(self) -> list[forms.PaperNeed]:
        """What this case needs and nobody has handed in yet; the form itself is the declaration."""
        there = {row.key for row in self._paper_rows}
        return [need for need in self.needs if dossiers.must_upload(need) and need.key not in there]

    def viewed(self, chosen: int | None) -> PaperLine | None:
        """The paper beside the facts: the chosen one, else the first that can be shown."""
        found = [paper for paper in self.papers if paper.shown]
        return next((paper for paper in found if paper.id == chosen), found[0] if found else None)

    # Money, letters, steps -------------------------------------------------------------------------------------

    @cached_property
    def fees(self) -> list[Any]:
        return dossiers.fees_of(self.dossier)

    @property
    def open_fees(self) -> list[Any]:
        return [line for line in self.fees if line.paid_at is None] if self.owes else []

    @property
    def owes(self) -> bool:
        return self.dossier.finance_state in OPEN_MONEY

    @property
    def finance(self) -> str:
        return str(words.FINANCE[str(self.dossier.finance_state)])

    @cached_property
    def _letter_rows(self) -> list[Any]:
        return dossiers.letters_of(self.dossier)

    @property
    def made_result(self) -> bool:
        """Whether the result is a paper that is made here, or signed and not sealed yet."""
        return made.has_result(self.dossier) or self.is_to_seal

    @property
    def state_word(self) -> str:
        """The state as the desk says it."""
        return str(words.TO_SEAL if self.is_to_seal else words.STATES[self.state])

    @property
    def is_to_seal(self) -> bool:
        """Whether it is signed electronically and waits for its number and the seal."""
        return self.dossier.delivery_state == "to_seal"

    @property
    def letters(self) -> list[dict[str, Any]]:
        return [
            {
                "label": str(words.LETTERS.get(letter.kind, letter.kind)),
                "at": letter.at,
                "href": reverse("counter:letter", args=[self.dossier.public_id, letter.public_id]),
                "pdf": reverse("counter:letter_file", args=[self.dossier.public_id, letter.public_id]),
            }
            for letter in self._letter_rows
            if letter.kind != "remark"
        ]

    def has_letter(self, kind: str) -> bool:
        return any(letter.kind == kind for letter in self._letter_rows)

    @property
    def asked_before(self) -> bool:
        """Whether this check, at the door or in the unit, has asked for a supplement already."""
        asked = [letter.at for letter in self._letter_rows if letter.kind == "supplement-request"]
        since = self.dossier.received_at
        return any(since is None or at >= since for at in asked)

    @property
    def ask_by(self) -> datetime | None:
        """Until when the unit may ask without a ground of its own sector's law; None at the door."""
        return dossiers.ask_by(self.dossier) if self.state == "in_process" else None

    @property
    def remark(self) -> str:
        """Why the signer gave the draft back, while it lies on the desk again."""
        remarks = [letter for letter in self._letter_rows if letter.kind == "remark"]
        return str(remarks[-1].content.get("reason") or "") if remarks and self.state == "in_process" else ""

    @property
    def asked(self) -> dict[str, Any] | None:
        """The supplement request that waits for an answer: its items and reason."""
        if self.state not in OPEN_REQUEST_STATES:
            return None
        open_ones = [r for r in self._letter_rows if r.kind == "supplement-request" and r.answered_at is None]
        if not open_ones:
            return None
        # `items` would be a method of the mapping in a template
        told = open_ones[-1].content
        return {
            "at": open_ones[-1].at,
            "href": reverse("counter:letter", args=[self.dossier.public_id, open_ones[-1].public_id]),
            "items_list": told.get("items") or [],
            "answer_by": told.get("answer_by", ""),
        }

    @cached_property
    def step_rows(self) -> list[Any]:
        return dossiers.steps_of(self.dossier)

    @property
    def present_step(self) -> str:
        steps = dossiers.process_steps(self.dossier)
        if self.state not in ("in_process", "result_drafted") or self.dossier.step >= len(steps):
            return ""
        return steps[self.dossier.step].text.vi

    # Clock -----------------------------------------------------------------------------------------------------

    @property
    def left(self) -> TimeLeft:
        if self.state in ("result_ready", "returned"):
            return TimeLeft(0, "done")
        return dossiers.time_left(self.dossier, self.at)

    @cached_property
    def forecast(self) -> dict[str, Any] | None:
        """By when nine of ten dossiers like this one were finished, in words; None where nothing can be said."""
        found = forecasts.of_one(self.dossier, self.at)
        return words.forecast_told(found) if found else None

    @property
    def left_text(self) -> str:
        """What stands where a time is left: a result that waits to be handed over is there, it is not over."""
        if self.is_to_seal:
            return str(words.TO_SEAL)
        return _("Đã có kết quả, chờ trả") if self.state == "result_ready" else ""

    @property
    def limit_days(self) -> int | None:
        """The whole limit in working days, for the bar; None where it is counted otherwise."""
        return self.view.limit.value if self.view.limit.unit is Unit.WORKING_DAYS else None

    @property
    def law_notes(self) -> Any:
        return self.view.law_notes(self.day)

    @property
    def about(self) -> list[tuple[Any, Any]]:
        """The dossier itself: references, agencies, how it came in."""
        row, names = self.dossier, self.offices
        result_owner = "" if self.view.owner.issues_result else self.view.owner.name
        rows = [
            (_("Mã tra cứu"), row.reference),
            (_("Nơi tiếp nhận"), names.get(row.received_by_id, "")),
            (_("Nơi trả kết quả, hướng dẫn hiện nay"), names.get(row.desk_id, "")),
            (_("Cơ quan giải quyết"), names.get(row.competent_agency_id, "")),
            (_("Người xử lý"), row.assigned_to.display_name if row.assigned_to_id else ""),
            (_("Nộp bằng cách"), str(words.CHANNELS.get(row.channel, row.channel))),
            (_("Sự đồng ý nộp hộ"), self.consent),
            (_("Kết quả do hệ thống"), result_owner),
            (_("Mã thủ tục"), self.view.code or ""),
        ]
        return [each for each in rows if each[1]]

    @property
    def consent(self) -> str:
        """How the person agreed to be helped, for an assisted filing."""
        given = dossiers.consent_of(self.dossier)
        return (
            f"{dossiers.consent_told(given.how, given.phone)}, {say_moment(given.at, self.language)}"
            if given
            else ""
        )

    @property
    def record_href(self) -> str:
        """The way to what the registry knows of the applicant, for those who may open it for this dossier."""
        if not self.dossier.applicant_id or not self.actor.has_role(*people_rules.DESK):
            return ""
        address = reverse("people:party", args=[self.dossier.applicant.public_id])
        return f"{address}?ho-so={self.dossier.public_id}" if not self.dossier.closed_at else ""

    # What happened -----------------------------------------------------------------------------------------------

    @cached_property
    def names(self) -> dict[str, str]:
        """Actor key → name, of everybody who signed a letter or finished a step; both bring the names along."""
        known = {
            f"account:{step.done_by_id}": step.done_by_name for step in self.step_rows if step.done_by_id
        }
        return known | {letter.by: letter.by_name for letter in self._letter_rows if letter.by_name}

    @property
    def timeline(self) -> list[dict[str, Any]]:
        entries = [
            *self._own_moments(), *self._letter_moments(), *self._step_moments(), *joint.moments(self.joint)
        ]  # fmt: skip
        entries.sort(key=lambda entry: entry["at"])
        if self.dossier.due_at and self.left.state in ("on_time", "soon", "late"):
            entries.append({"what": _("Hẹn trả kết quả"), "at": self.dossier.due_at, "state": "next"})
        return entries

    def _own_moments(self) -> Iterable[dict[str, Any]]:
        row = self.dossier
        if row.submitted_at:
            channel = str(words.CHANNELS.get(row.channel, row.channel))
            yield {"what": words.DONE["submit"], "at": row.submitted_at, "note": channel}
        if row.resolved_at:
            outcome = str(words.OUTCOMES.get(row.outcome, ""))
            note = ", ".join(part for part in (outcome, row.result_number) if part)
            yield {"what": _("Kết quả đã có"), "at": row.resolved_at, "note": note}
        if row.returned_at:
            yield {"what": words.DONE["hand_over"], "at": row.returned_at}
        for told in dossiers.passings_of(row):
            office = agencies.by_code(told.to)
            what = words.DONE["passed_back" if told.back else "passed_on"]
            yield {"what": what, "at": told.at, "note": office.name(self.language) if office else ""}
        if row.closed_at and self.state in ("withdrawn", "stopped", "refused"):
            yield {"what": words.STATES[self.state], "at": row.closed_at, "state": "stop"}

    def _letter_moments(self) -> Iterable[dict[str, Any]]:
        did = {
            "receipt": words.DONE["receive"],
            "supplement-request": words.DONE["ask_supplement"],
            "apology": words.DONE["extend"],
            "payment-request": words.DONE["ask_payment"],
            "remark": words.DONE["send_back"],
        }
        for letter in self._letter_rows:
            if letter.kind in did:
                note = letter.content.get("reason", "") if letter.kind == "remark" else ""
                who = self.names.get(letter.by, "")
                yield {"what": did[letter.kind], "at": letter.at, "who": who, "note": note}
            if letter.answered_at:
                yield {"what": words.DONE["answer"], "at": letter.answered_at}

    def _step_moments(self) -> Iterable[dict[str, Any]]:
        told = {step.key: step.text for step in self.view.desk_steps}
        for row in self.step_rows:
            what = told.get(row.key) or row.key
            if row.done_at:
                late = row.due_at is not None and row.done_at > row.due_at and not self.view.shares_in_doubt
                note = " ".join(part for part in (row.note, _("Bước này quá hạn.") if late else "") if part)
                who = self.names.get(f"account:{row.done_by_id}", "")
                yield {"what": what, "at": row.done_at, "who": who, "note": note}
            else:
                who = self.dossier.assigned_to.display_name if self.dossier.assigned_to_id else ""
                yield {"what": what, "at": row.started_at, "who": who, "state": "now"}

    # What other agencies do for it ------------------------------------------------------------------------------

    @cached_property
    def joint(self) -> list[joint.Line]:
        """The tasks of other agencies and the lead's own part, each on its own clock; one query, none without."""
        return joint.lines_of(self.dossier, self.actor, self.at, self.language)

    @property
    def may_consult(self) -> bool:
        return joint.may_consult(self.actor, self.dossier)

    @property
    def shares_in_doubt(self) -> bool:
        """Whether its steps run by shares of the limit that nobody has checked: then no step is called late."""
        return self.view.shares_in_doubt and any(row.due_at for row in self.step_rows)

    # What may be done --------------------------------------------------------------------------------------------

    @cached_property
    def verbs(self) -> list[str]:
        return verbs_for(self.actor, self.dossier)

    @cached_property
    def primary(self) -> str:
        verb = next_verb(self.actor, self.dossier)
        return "" if verb in RESULT_VERBS and joint.held_up(self.joint) else verb  # it would only be refused

    def menu(self, shown: str, trail: str) -> list[dict[str, Any]]:
        """The other verbs: a link to their form, or a button where nothing is asked."""
        base = reverse("counter:dossier", args=[self.dossier.public_id])
        more = f"&{trail}" if trail else ""
        return [
            {
                "verb": verb,
                "word": words.VERBS[verb],
                "danger": MOVES[verb].danger,
                "href": f"{base}?viec={verb}{more}",
            }
            for verb in sorted(self.verbs, key=lambda verb: MOVES[verb].danger)
            if verb != shown
        ]

    @property
    def waits_for(self) -> str:
        """Who has it now, for an officer who has nothing to do on it."""
        row = self.dossier
        if self.state in OPEN_REQUEST_STATES or self.state == "awaiting_payment":
            if self.asked and (until := as_date(self.asked["answer_by"])):
                return _("Đang chờ người nộp, đến hết ngày {day}.").format(day=say_date(until))
            return _("Đang chờ người nộp.")
        if self.is_to_seal and row.competent_agency_id:
            return _("Đã ký số; văn thư {agency} cấp số, đóng dấu.").format(
                agency=self.offices.get(row.competent_agency_id, "")
            )
        if self.state in ("submitted", "received", "result_ready") and row.desk_now_id:
            return _("Đang chờ {agency}.").format(agency=self.offices.get(row.desk_now_id, ""))
        if row.assigned_to_id and self.state == "in_process":
            if joint.held_up(self.joint):
                return _("Kết quả chờ cơ quan khác; xem mục Phối hợp, lấy ý kiến.")
            return _("{name} đang xử lý.").format(name=row.assigned_to.display_name)
        if self.state in ("in_process", "result_drafted") and row.competent_agency_id:
            return _("Đang ở {agency}.").format(agency=self.offices.get(row.competent_agency_id, ""))
        return _("Hồ sơ đã kết thúc.")

    @property
    def offices(self) -> Mapping[int, str]:
        row = self.dossier
        ids = [i for i in (row.received_by_id, row.desk_id, row.competent_agency_id) if i]
        return agencies.names(ids, self.language)
