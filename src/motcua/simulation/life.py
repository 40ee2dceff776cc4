"""The life of one simulated dossier, as a generator: it yields when it wants to go on, and acts when it is resumed.

Every act has an id that follows from seed and dossier, so that a simulation killed in the middle is started again
and goes on: what was done answers from the record, what was not is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.cooperation import actions as cooperation
from motcua.cooperation import queries as joint
from motcua.dossiers import actions, queries
from motcua.dossiers import rules as dossier_rules
from motcua.files import actions as files
from motcua.foundation import access
from motcua.foundation.acts import Act
from motcua.foundation.errors import ActMismatch, Refusal
from motcua.foundation.time import local, local_date
from motcua.notices import queries as notices
from motcua.simulation import rules
from motcua.simulation.answers import believable, slipped
from motcua.simulation.cast import Cast, act_of
from motcua.simulation.papers import SAMPLE_PDF
from motcua.simulation.people import Person

Moments = Iterator[datetime]
CUTOFF = time(15)
READINGS_AT_ONCE = 200


class World:
    """What every life shares: the cast, the people, the calendars, the counters of what happened."""

    def __init__(self, seed: str, cast: Cast, citizens: dict[str, int]) -> None:
        self.seed, self.cast, self.citizens = seed, cast, citizens
        self.acts = 0
        self.refusals: list[str] = []
        self.readings: list[access.Reading] = []

    def note(self, reading: access.Reading) -> None:
        """Keep a reading for the access log. They are written many at a time: a simulation that is killed lacks the
        last few, and no dossier waits for them."""
        self.readings.append(reading)
        if len(self.readings) >= READINGS_AT_ONCE:
            self.write_readings()

    def write_readings(self) -> None:
        access.seen_all(self.readings)
        self.readings.clear()

    def hours(self, agency_id: int) -> rules.Hours:
        return rules.Hours(agencies.calendar_of(agency_id))


class Life:
    """One dossier from arrival to archive."""

    def __init__(self, world: World, plan: rules.Plan, person: Person) -> None:
        self.world, self.plan, self.person = world, plan, person
        self.rng = Random(f"{world.seed}/{plan.number}")
        self.centre = agencies.by_code(plan.centre)
        self.hours = world.hours(self.centre.id)
        self.acts = 0
        self.dossier = ""
        self.asked = False  # once, completely: the law knows no second request
        self.result: dict[str, Any] = {}

    # Acting ----------------------------------------------------------------------------------------------------

    def _act(self, account_id: int, at: datetime, purpose: str, channel: str = "web") -> Act:
        self.acts += 1
        self.world.acts += 1
        act_id = f"sim/{self.world.seed}/{self.plan.number}/{self.acts}"
        return act_of(self.world.cast, account_id, at, act_id, purpose, channel)

    def _by(
        self, officer: int, at: datetime, purpose: str, verb: Callable[..., dict], **body: Any
    ) -> dict[str, Any]:
        """What an officer does with the page of the dossier before her, noted as that page notes it. An act that is
        answered from the record was noted when it was done.
        """
        act = self._act(officer, at, purpose)
        result = verb(act, **body)
        if not result["replayed"]:
            subject = f"dossier:{result['dossier']}"
            self.world.note(access.Reading(act.actor, at, "process", "counter:dossier", (subject,)))
        return result

    def _desk(self, role: str = "receptionist") -> int:
        return self.world.cast.someone(self.rng, role, self.centre.id)

    def _office(self, role: str) -> int:
        return self.world.cast.someone(self.rng, role, self.competent)

    def _open(self, at: datetime, minutes: float = 0) -> datetime:
        """The office moment `minutes` of open time after `at`."""
        at = self.hours.next_open(at)
        return self.hours.add(at, timedelta(minutes=minutes)) if minutes else at

    # The story ---------------------------------------------------------------------------------------------------

    def run(self) -> Moments:
        """Yields the moments of its acts; ends when the dossier is closed or a rule refuses (kept in `refusals`)."""
        try:
            yield from self._story()
        except Refusal as refusal:
            self.world.refusals.append(f"{self.plan.procedure} ({self.plan.channel}): {refusal}")

    def _story(self) -> Moments:
        begin = {"counter": self._walk_in, "online": self._online, "assisted": self._assisted}
        view = catalogue.view_for(self.plan.procedure, self.plan.arrives_at)
        # forms judge by the day they are handed in: at the counter that is the next open day
        begins = self.plan.arrives_at if self.plan.channel == "online" else self._open(self.plan.arrives_at)
        day = local_date(begins)
        answers = believable(view.declaration, self.person, day, self.rng)
        if answers is None:
            self.world.refusals.append(f"{self.plan.procedure}: no believable answers")
            return
        if rules.chance(self.rng, rules.SLIPS):
            answers = slipped(view.declaration, answers, day, self.rng)
        self.view, self.answers = view, answers
        yield from begin[self.plan.channel]()
        if self.result.get("state") == dossier_rules.State.IN_PROCESS:
            yield from self._process()

    def _walk_in(self) -> Moments:
        at = self._open(self.plan.arrives_at)
        yield at
        needed = queries.papers_needed(self.view, self.answers, local_date(at), channel="counter")
        papers = [
            {"key": need.key, "form": need.type if need.type != "electronic" else "copy"}
            for need in needed
            if need.required
        ]
        desk = self._desk()
        self.result = self._by(
            desk,
            at,
            "Tiếp nhận hồ sơ",
            actions.take_in,
            procedure=self.plan.procedure,
            agency=self.plan.centre,
            answers=self.answers,
            papers=papers,
            transfer_now=local(at).time() <= CUTOFF,
            card=True,
        )
        self.dossier, self.received_at = self.result["dossier"], at
        self.passed_on_at = at
        self._take_cash(desk, at)
        if self.result["state"] == dossier_rules.State.RECEIVED:
            yield from self._transfer(at)

    def _take_cash(self, account: int, at: datetime) -> None:
        """Take what is due. Of a dossier with an unknown amount a known one may be open beside it: it is asked for, and
        nothing found is no refusal. What was answered decides, never the table: a month begun again goes the same way.
        """
        finance = self.result["finance"]
        if finance not in ("due", "unknown"):
            return
        cash = self._act(account, at, "Thu phí, lệ phí")
        try:
            self.result = actions.record_cash(
                cash, dossier=self.dossier, receipt_number=f"BL{self.plan.number:06d}"
            )
        except Refusal:
            if finance == "due":
                raise

    def _transfer(self, at: datetime) -> Moments:
        """To the competent unit: the same day, after 15:00 the next working morning (NĐ 61/2018 art. 18)."""
        at = self._open(at, self.rng.uniform(10, 60))
        yield at
        self.passed_on_at = at
        self.result = self._by(self._desk(), at, "Chuyển hồ sơ", actions.transfer, dossier=self.dossier)

    def _online(self) -> Moments:
        at = self.plan.arrives_at
        yield at
        account = self.world.citizens[self.person.login]
        started = actions.start_draft(
            self._act(account, at, "Khai hồ sơ"), procedure=self.plan.procedure, agency=self.plan.centre
        )
        self.dossier = started["dossier"]
        if rules.chance(self.rng, rules.ABANDONED):
            return
        yield from self._declare(account, at)
        yield from self._at_the_door()

    def _declare(self, account: int, at: datetime) -> Moments:
        at += timedelta(minutes=self.rng.uniform(4, 20))
        yield at
        actions.save_answers(self._act(account, at, "Khai hồ sơ"), dossier=self.dossier, answers=self.answers)
        needed = queries.papers_needed(self.view, self.answers, local_date(at), channel="online")
        for need in needed:
            if queries.must_upload(need):
                upload = files.from_bytes(SAMPLE_PDF, f"{need.key}.pdf")
                kept = files.keep(self._act(account, at, "Nộp giấy tờ"), upload)
                actions.add_paper(
                    self._act(account, at, "Nộp giấy tờ"),
                    dossier=self.dossier,
                    key=need.key,
                    file=kept["file"],
                )
        at += timedelta(minutes=self.rng.uniform(1, 5))
        yield at
        self.result = actions.submit(self._act(account, at, "Nộp hồ sơ"), dossier=self.dossier)
        self.submitted_at, self.filer = at, account

    def _assisted(self) -> Moments:
        at = self._open(self.plan.arrives_at)
        yield at
        helper = self._desk("helper")
        started = actions.start_helping(
            self._act(helper, at, "Giúp nộp hồ sơ"),
            procedure=self.plan.procedure,
            person_name=self.person.full_name,
            personal_number=self.person.personal_number,
            phone=self.person.phone,
            agency=self.plan.centre,
        )
        self.dossier = started["dossier"]
        self._consent(helper, at)
        yield from self._declare(helper, at)
        yield from self._at_the_door()

    def _consent(self, helper: int, at: datetime) -> None:
        """The person reads the code out. A message that expired meanwhile (after a kill) is asked for again."""
        for _ in range(3):
            ask = self._act(helper, at, "Giúp nộp hồ sơ")
            actions.ask_consent(ask, dossier=self.dossier, phone=self.person.phone)
            confirm = self._act(helper, at, "Giúp nộp hồ sơ")
            sent = notices.last_message(f"dossier:{self.dossier}", "consent", at=at)
            code = "".join(c for c in sent.text if c.isdigit())[:6] if sent and sent.text else "000000"
            try:
                if actions.confirm_consent(confirm, dossier=self.dossier, code=code)["consented"]:
                    return
            except ActMismatch:
                return  # confirmed before a kill, with the code of then

    def _at_the_door(self) -> Moments:
        """The receiving desk looks at what was filed online, in office hours."""
        at = self._open(self.submitted_at, self.rng.uniform(15, 240))
        yield at
        desk = self._desk()
        if rules.chance(self.rng, rules.REFUSED):
            reason = "Nội dung đề nghị không thuộc thẩm quyền giải quyết của cơ quan tiếp nhận."
            self.result = self._by(
                desk, at, "Kiểm tra hồ sơ", actions.refuse, dossier=self.dossier, reason=reason
            )
            return
        if self.plan.channel == "online" and rules.chance(self.rng, rules.DOOR_SUPPLEMENT):
            at = yield from self._ask_and_wait("ask_at_door", desk, at)
            if not at:
                return
        self.received_at = at
        self.result = self._by(desk, at, "Tiếp nhận hồ sơ", actions.receive, dossier=self.dossier)
        yield from self._transfer(at)

    def _ask_and_wait(self, verb: str, officer: int, at: datetime) -> Iterator[Any]:
        """Ask once, wait for the applicant, answer; gives the moment at which the office may go on (None: never)."""
        self.asked = True
        items = [{"text": "Bổ sung bản chụp rõ nét, đủ các trang của giấy tờ đã nộp."}]
        self._by(
            officer,
            at,
            "Yêu cầu bổ sung",
            getattr(actions, verb),
            dossier=self.dossier,
            items=items,
            reason="Bản chụp bị mờ, thiếu trang nên chưa đối chiếu được.",
        )
        back = at + timedelta(hours=self.rng.uniform(3, 90))
        if self.plan.channel != "online":
            back = self._open(back)
        yield back
        who = self.filer if self.plan.channel == "online" else self._desk()
        self.result = actions.answer(
            self._act(who, back, "Nộp bổ sung"), dossier=self.dossier, note="Đã bổ sung"
        )
        again = self._open(back, self.rng.uniform(20, 180))
        yield again
        return again

    # In the unit ---------------------------------------------------------------------------------------------------

    @property
    def competent(self) -> int:
        return queries.competent_of(self.dossier)

    def _process(self) -> Moments:
        office = self.competent
        self.hours = self.world.hours(office)
        due = self.result["due_at"]
        due_at = datetime.fromisoformat(due) if due else None
        finish = rules.finish_at(self.rng, self.received_at, due_at, self.hours)
        officer = self._office("processor")
        taken = self._open(self.passed_on_at, self.rng.uniform(5, 45))
        yield taken
        self.result = self._by(officer, taken, "Xử lý hồ sơ", actions.take, dossier=self.dossier)
        if rules.chance(self.rng, rules.WITHDRAWN) and self.plan.channel == "online":
            yield taken
            withdraw = self._act(self.filer, taken, "Rút hồ sơ")
            self.result = actions.withdraw(withdraw, dossier=self.dossier, reason="Tôi không còn nhu cầu")
            return
        if not self.asked and rules.chance(self.rng, rules.SUPPLEMENT) and due_at:
            at = yield from self._ask_and_wait("ask_supplement", officer, taken)
            taken, due = at, self.result["due_at"]
            finish = rules.finish_at(self.rng, at, datetime.fromisoformat(due) if due else None, self.hours)
        if rules.chance(self.rng, rules.STOPPED):
            yield taken
            reason = "Có văn bản của cơ quan có thẩm quyền yêu cầu dừng giải quyết."
            self.result = self._by(
                officer, taken, "Xử lý hồ sơ", actions.stop, dossier=self.dossier, reason=reason
            )
            return
        yield from self._steps(officer, taken, max(finish, taken))
        yield from self._others(self.last_step_at, max(finish, taken))
        yield from self._result(officer, max(finish, taken))

    def _steps(self, officer: int, begin: datetime, end: datetime) -> Moments:
        """The processing steps, spread over the time there is."""
        # not what is left of them: started again after a kill, the dossier may be further on than this life
        count = queries.steps_to_work_through(self.dossier)
        span = self.hours.between(begin, end)
        for number in range(count):
            at = self.hours.add(begin, span * (number + 1) / (count + 2))
            yield at
            self.result = self._by(officer, at, "Xử lý hồ sơ", actions.advance, dossier=self.dossier)
        self.last_step_at = self.hours.add(begin, span * (count + 1) / (count + 2))

    def _others(self, begin: datetime, end: datetime) -> Moments:
        """The agencies of an interlinked procedure, each in its turn, before the result."""
        parts = joint.parts_of(self.dossier)
        span = self.hours.between(begin, end)
        for number, part in enumerate(parts):
            at = self.hours.add(begin, span * (number + 1) / (len(parts) + 1))
            yield at
            officer = self.world.cast.someone(self.rng, "processor", part.agency)
            said = {
                "task": part.task,
                "number": f"{self.plan.number}/{number + 1}",
                "note": "Đã giải quyết xong.",
            }
            self._by(officer, at, "Phối hợp giải quyết", cooperation.answer, **said)

    def _result(self, officer: int, finish: datetime) -> Moments:
        number = f"{self.plan.number}/{finish.year}"
        outcome = "denied" if rules.chance(self.rng, rules.DENIED) else "granted"
        if not self.view.owner.issues_result:
            yield finish
            self.result = self._by(
                officer,
                finish,
                "Nhận kết quả",
                actions.take_over_result,
                dossier=self.dossier,
                number=number,
                outcome=outcome,
            )
        else:
            at = self.last_step_at
            yield at
            note = "Không đủ điều kiện theo quy định của pháp luật." if outcome == "denied" else ""
            drafted = {"dossier": self.dossier, "outcome": outcome, "note": note}
            self._by(officer, at, "Trình kết quả", actions.draft_result, **drafted)
            if rules.chance(self.rng, rules.SENT_BACK):
                at = self._open(at, 20)
                yield at
                remark = "Sửa lại tên người đề nghị cho đúng với căn cước."
                signer = self._office("signer")
                self._by(signer, at, "Ký", actions.send_back, dossier=self.dossier, remark=remark)
                at = self._open(at, 30)
                yield at
                self._by(officer, at, "Trình kết quả", actions.draft_result, **drafted)
            finish = max(finish, at)
            yield finish
            signer = self._office("signer")
            self.result = self._by(
                signer, finish, "Ký kết quả", actions.approve, dossier=self.dossier, number=number
            )
        yield from self._return(finish)

    def _return(self, finish: datetime) -> Moments:
        self.hours = self.world.hours(self.centre.id)
        way = self.answers.get("result_delivery", "counter")
        wait = {"counter": self.rng.uniform(30, 1200), "post": self.rng.uniform(60, 500)}.get(way, 10)
        at = self._open(finish, wait)
        yield at
        clerk = self._desk("clerk")
        self._take_cash(clerk, at)
        tracking = f"VN{self.plan.number:09d}" if way == "post" else ""
        self.result = self._by(
            clerk, at, "Trả kết quả", actions.hand_over, dossier=self.dossier, way=way, tracking=tracking
        )
        if self.plan.channel == "online" and rules.chance(self.rng, 3 * rules.RATED):
            at += timedelta(hours=self.rng.uniform(1, 30))
            yield at
            stars = self.rng.choices((5, 4, 3, 2, 1), (70, 20, 6, 2, 2))[0]
            actions.rate(self._act(self.filer, at, "Đánh giá"), dossier=self.dossier, stars=stars)
