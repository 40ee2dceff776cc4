"""Legal codes: gapless per agency and local day, whatever happens at once."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from motcua.dossiers import actions, errors, queries
from motcua.dossiers.models import Dossier, Serial, SerialBlock
from motcua.dossiers.numbering import take_serials
from motcua.foundation.errors import Busy
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine
from motcua.foundation.time import TZ
from tests.support.city import CENTRE, OTHER_CENTRE

from . import factories as make
from .factories import AT, BUSINESS, get

DAY = "2026-10-05"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


def serial(dossier: str) -> str:
    return get(dossier).code.rpartition("-")[2]


def at_once(jobs: list) -> list:
    """Run the functions in threads of their own, each with its own connection; answers what they raised."""
    problems: list[BaseException] = []

    def run(job) -> None:
        try:
            job()
        except BaseException as problem:  # noqa: BLE001  handed to the test
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return problems


@pytest.mark.django_db
class TestTheCode:
    def test_is_agency_day_and_serial(self, city):
        first, second = make.received(city), make.received(city)
        prefix = city.office(CENTRE).dossier_code
        assert [get(d).code for d in (first, second)] == [f"{prefix}-261005-0001", f"{prefix}-261005-0002"]

    def test_counts_each_local_day_anew(self, city):
        late_evening = make.walk_in(city, at=at("2026-10-05T23:30"))["dossier"]  # still the 5th in Viet Nam
        early = make.walk_in(city, at=at("2026-10-06T06:30"))["dossier"]  # the 5th in UTC
        assert get(late_evening).code.endswith("-261005-0001")
        assert get(early).code.endswith("-261006-0001")

    def test_counts_each_agency_by_itself(self, city):
        make.received(city)
        made = actions.take_in(
            city.act("other_receptionist", AT),
            procedure=BUSINESS,
            agency=OTHER_CENTRE,
            answers=make.complete(BUSINESS),
            papers=[],
        )
        assert made["code"].endswith("-261005-0001")

    def test_of_a_reception_that_fails_is_given_to_the_next(self, city, monkeypatch):
        make.received(city)
        from motcua.dossiers.actions import door

        broken = make.submitted(city)
        with monkeypatch.context() as patched:
            patched.setattr(
                door, "issue_letter", lambda *a, **k: (_ for _ in ()).throw(RuntimeError("disk full"))
            )
            with pytest.raises(RuntimeError):
                actions.receive(city.act("receptionist", AT), dossier=broken)
        assert get(broken).code is None
        assert serial(make.received(city)) == "0002"
        actions.receive(city.act("receptionist", AT), dossier=broken)
        assert serial(broken) == "0003"

    def test_stays_with_the_dossier_for_good(self, city):
        dossier = make.received(city, procedure=BUSINESS)
        before = get(dossier).code
        actions.transfer(city.act("receptionist", AT), dossier=dossier)
        actions.withdraw(city.act("citizen", AT + timedelta(days=3)), dossier=dossier)
        assert get(dossier).code == before

    def test_both_code_and_reference_track(self, city):
        row = get(make.received(city))
        for typed in (
            row.code, row.code.lower(), f"  {row.code} ", row.code.replace("-", " - "), row.reference,
            row.reference.lower().replace("-", " "),
        ):  # fmt: skip
            assert queries.find_tracked(typed) == row, typed
        for unknown in ("", "H49.TN06673-261005-9999", "x" * 500, "\x00", "' OR 1=1 --"):
            assert queries.find_tracked(unknown) is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_received_by_many_at_once_codes_have_no_gap_and_no_double(city):
    waiting = [make.submitted(city, procedure=BUSINESS) for _ in range(12)]
    acts = {dossier: city.act(("receptionist", "clerk")[n % 2], AT) for n, dossier in enumerate(waiting)}

    def receive(dossier: str) -> None:
        for _ in range(20):  # a busy database says so in a sentence; people press again
            try:
                actions.receive(acts[dossier], dossier=dossier)
                return
            except Busy:
                continue

    assert at_once([lambda d=dossier: receive(d) for dossier in waiting]) == []
    codes = sorted(Dossier.objects.exclude(code=None).values_list("code", flat=True))
    assert [code[-4:] for code in codes] == [f"{n:04d}" for n in range(1, 13)]
    assert Serial.objects.get().last == 12
    assert verify().good


@pytest.mark.django_db(transaction=True)
def test_one_dossier_received_by_two_at_once_gets_one_code(city):
    dossier = make.submitted(city, procedure=BUSINESS)
    acts = [city.act(who, AT) for who in ("receptionist", "clerk")]
    problems = at_once([lambda act=act: actions.receive(act, dossier=dossier, revision=2) for act in acts])
    assert [type(p) for p in problems] in ([errors.ChangedMeanwhile], [Busy])
    assert serial(dossier) == "0001"
    assert Serial.objects.get().last == 1
    assert JournalLine.objects.filter(chain=f"dossier:{dossier}", verb="dossier.receive").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_act_sent_twice_at_once_is_done_once(city):
    dossier = make.submitted(city, procedure=BUSINESS)
    act = city.act("receptionist", AT, act_id="double click")
    answers: list[dict] = []
    problems = at_once([lambda: answers.append(actions.receive(act, dossier=dossier)) for _ in range(3)])
    assert problems == [] or {type(p) for p in problems} == {Busy}
    assert {answer["code"] for answer in answers} == {get(dossier).code}
    assert sum(not answer["replayed"] for answer in answers) == 1


@pytest.mark.django_db(transaction=True)
def test_the_first_number_of_a_day_asked_for_by_many_is_given_once(city):
    """The row of the day is made by whoever comes first."""
    from django.db import transaction

    office, taken = city.office(CENTRE).id, []

    def take() -> None:
        with transaction.atomic():
            taken.append(take_serials(office, date(2026, 10, 7), 3))

    assert at_once([take] * 6) == []
    assert sorted(taken) == [1, 4, 7, 10, 13, 16]


@pytest.mark.django_db
class TestLending:
    def lend(self, city, who="receptionist", **more):
        wanted = {"agency": city.office(CENTRE).id, "day": DAY, "count": 20, "lent_to": "Xe lưu động"}
        return actions.lend_serials(city.act(who, AT), **{**wanted, **more})

    def test_a_block_comes_from_the_one_allocator(self, city):
        make.received(city)
        block = self.lend(city)
        assert (block["first"], block["last"]) == (2, 21)
        assert serial(make.received(city)) == "0022"

    def test_what_was_not_used_comes_back_as_a_recorded_gap(self, city):
        block = self.lend(city)
        done = actions.return_serials(city.act("receptionist", AT), block=block["block"], used_to=5)
        assert done["gap"] == 15
        line = JournalLine.objects.get(verb="serials.returned")
        assert (line.facts["gap_from"], line.facts["gap_to"]) == (6, 20)
        assert SerialBlock.objects.get().returned_at == AT
        assert serial(make.received(city)) == "0021"

    def test_is_given_back_once_and_by_its_own_office(self, city):
        block = self.lend(city)["block"]
        for who in ("other_receptionist", "citizen"):
            with pytest.raises(errors.BlockUnknown):
                actions.return_serials(city.act(who, AT), block=block, used_to=5)
        actions.return_serials(city.act("receptionist", AT), block=block, used_to=99)
        assert SerialBlock.objects.get().used_to == 20
        with pytest.raises(errors.BlockUnknown):
            actions.return_serials(city.act("receptionist", AT), block=block, used_to=5)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"count": 0},
            {"count": 201},
            {"day": "2026-10-04"},
            {"day": "2026-10-13"},
            {"day": "today"},
            {"lent_to": "  "},
        ],
    )
    def test_has_its_bounds(self, city, wrong):
        with pytest.raises(errors.LendingRefused):
            self.lend(city, **wrong)
        assert not SerialBlock.objects.exists() and not Serial.objects.exists()

    def test_is_for_the_desk_alone(self, city):
        for who in ("other_receptionist", "citizen", "processor"):
            with pytest.raises(errors.NotYours):
                self.lend(city, who)
