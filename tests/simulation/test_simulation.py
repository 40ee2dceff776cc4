"""A simulated month: believable answers for every procedure, the same month for a seed, going on after a kill."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

import pytest
from django.conf import settings

from motcua.catalogue.rules import ProcedureView
from motcua.dossiers import queries
from motcua.foundation import policy, worker
from motcua.foundation.journal.verify import verify
from motcua.foundation.packs import documents_of, store
from motcua.foundation.time import TZ
from motcua.simulation import people, rules
from motcua.simulation.answers import believable, problems_of
from motcua.simulation.errors import NotASimulation
from motcua.simulation.run import simulate
from motcua.simulation.summary import dump, figures
from tests.support import city as small_city
from tests.support.kept import kept

DAY = date(2026, 11, 2)
UNTIL = datetime(2026, 11, 20, 17, tzinfo=TZ)


@pytest.fixture(scope="module")
def views() -> list[ProcedureView]:
    found = store.assemble(documents_of(["national", "quang-ninh-ha-long"]))
    return [ProcedureView(d["body"]) for d in found if d["kind"] == "procedures"]


@pytest.mark.slow
def test_believable_answers_are_found_for_every_procedure(views):
    """Three people for each of the procedures: nothing that the form itself would refuse."""
    assert len(views) >= 174
    failed = []
    for view in views:
        for serial in range(3):
            rng = Random(f"{view.slug}/{serial}")
            somebody = people.person(rng, serial, DAY, ["06673"])
            answers = believable(view.declaration, somebody, DAY, rng)
            if answers is None or list(problems_of(view.declaration, answers, DAY)):
                failed.append((view.slug, serial))
    assert failed == []


def test_arrivals_keep_off_closed_days_and_follow_the_weekday():
    from motcua.kernel.clock import Calendar

    calendar = Calendar.from_documents({"years": []}, None, "plain")
    days = rules.days_before(date(2026, 11, 20), 28)
    drawn = rules.arrival_days(Random("1"), days, calendar, 4000)
    mondays = sum(d.weekday() == 0 for d in drawn)
    fridays = sum(d.weekday() == 4 for d in drawn)
    sundays = sum(d.weekday() == 6 for d in drawn)
    assert mondays > fridays > 8 * sundays > 0


def _month(count: int = 25, seed: str = "7"):
    return simulate(seed=seed, until=UNTIL, count=count, days=12)


@pytest.fixture
def refusals(db, _nothing_remembered) -> list:
    """A month has been lived; what it was refused."""
    return kept("simulation: a month", _lived)


def _lived() -> list:
    small_city.city()
    return _month(60).refusals


@pytest.mark.slow
@pytest.mark.django_db
def test_a_small_month_comes_out_right(refusals):
    worker.drain()
    assert refusals == []
    found = figures()
    assert found["good"], found
    assert found["dossiers"] >= 55
    assert found["resolved"] >= 30
    assert found["on_time_share"] > 0.8


@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.django_db
def test_the_same_seed_gives_the_same_month_and_another_seed_another(city):
    from django.db import transaction

    def lived(seed: str) -> list[str]:
        try:
            with transaction.atomic():
                _month(20, seed)
                lines = list(dump())
                raise _Undo(lines)
        except _Undo as undone:
            return undone.lines

    first, again, other = lived("7"), lived("7"), lived("8")
    assert first == again
    assert first != other


class _Undo(Exception):
    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines = lines


@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.django_db
def test_started_again_it_goes_the_same_way_and_changes_nothing(refusals):
    """What was done is answered from the record: no life takes another turn because its dossier is ahead."""
    before = list(dump())
    assert _month(60).refusals == []
    assert list(dump()) == before
    assert verify().good
    assert list(policy.differences()) == []


@pytest.mark.slow
@pytest.mark.django_db
def test_codes_are_gapless_per_agency_and_day(refusals):
    by_day: dict[str, list[int]] = {}
    for row in queries.canonical_rows():
        if row["code"]:
            head, _, serial = row["code"].rpartition("-")
            by_day.setdefault(head, []).append(int(serial))
    assert by_day
    for head, serials in by_day.items():
        assert sorted(serials) == list(range(1, len(serials) + 1)), head


@pytest.mark.django_db
def test_it_refuses_where_real_people_are_served(city, monkeypatch):
    monkeypatch.setattr(settings, "MOTCUA", settings.MOTCUA.model_copy(update={"simulation": False}))
    with pytest.raises(NotASimulation):
        _month(1)


def _parties_that_differ() -> int:
    from motcua.people.models import Difference

    return Difference.objects.values("party_id").distinct().count()


@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.django_db
def test_the_register_differs_only_where_a_slip_was_planned(city, monkeypatch):
    from django.db import transaction

    differing = {}
    for slips in (0, 1000):
        monkeypatch.setattr(rules, "SLIPS", slips)
        with transaction.atomic():
            _month(40)
            differing[slips] = _parties_that_differ()
            transaction.set_rollback(True)
    assert differing[0] == 0
    assert differing[1000] > 0


@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.django_db
def test_officers_leave_a_trace_of_reading_and_a_second_start_leaves_no_more(refusals):
    from motcua.foundation.access import who_saw
    from motcua.foundation.models import AccessEntry

    resolved = [row for row in queries.canonical_rows() if row["code"]]
    assert resolved
    entries = AccessEntry.objects.filter(page="counter:dossier")
    assert entries.count() >= len(resolved)
    subjects = set(entries.values_list("subjects__subject", flat=True))
    for subject in sorted(subjects)[:5]:
        seen = list(who_saw(subject))
        assert all(entry.office.startswith("office:") for entry in seen)
        assert [entry.at for entry in seen] == sorted((entry.at for entry in seen), reverse=True)
    before = AccessEntry.objects.count()
    _month(60)
    assert AccessEntry.objects.count() == before
