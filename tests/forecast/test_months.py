"""Learning from months that were lived, and judging on months that were not looked at."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from motcua.config import cli
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier
from motcua.forecast import actions, lives, queries, rules
from motcua.forecast.calibration import calibrate
from motcua.forecast.models import Learning
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from tests.support import city as small_city
from tests.support.kept import kept
from tests.support.lived import UNTIL, live


@pytest.fixture
def few(db, _nothing_remembered):
    """Some weeks of few dossiers."""
    mix = {"household-business-registration": 1}
    return kept("forecast: few", lambda: live(small_city.city(), count=260, days=60, until=UNTIL, mix=mix))


def learn(at=UNTIL, act_id=None):
    actions.learn(new_act(system("tests"), at=at, purpose="test", act_id=act_id))
    queries.forget()


def test_a_dossier_stands_at_reception_in_each_step_and_anew_after_a_wait(few):
    histories = list(dossiers.histories(UNTIL - timedelta(days=60), UNTIL))
    assert len(histories) == few.dossiers
    waited = next(h for h in histories if len(h.events) == 3 and h.resolved_at)
    stands = list(lives.stands_of(waited))
    asked, answered = waited.events[1].at, waited.events[2].at
    assert [stand.since for stand in stands] == sorted(stand.since for stand in stands)
    assert any(stand.since == answered for stand in stands)
    assert not any(asked < stand.since < answered for stand in stands)
    first, last = stands[0], stands[-1]
    assert first.names[1].endswith("|") and last.names[2] == "stage|signing"
    assert all(stand.turns == len(stands) for stand in stands)


def test_what_was_left_is_what_was_left_then(few):
    """The due date at the beginning of a step is the one of that day, not the one that an answer made later."""
    for history in dossiers.histories(UNTIL - timedelta(days=60), UNTIL):
        if len(history.events) == 3 and history.resolved_at:
            before = dossiers.due_of_history(history, history.events[:1])
            assert before < history.due_at == dossiers.due_of_history(history, history.events)
            break
    else:
        pytest.fail("nobody waited")


def test_learning_is_the_same_again_and_speaks_of_open_ones(few):
    learn()
    learn(act_id="again")
    first, second = Learning.objects.order_by("pk")
    assert first.cells == second.cells and first.calibration == second.calibration
    assert {rules.level_of(name) for name in first.cells} == {"step", "stage", "all", "unit"}
    running = [d for d in Dossier.objects.filter(resolved_at=None) if d.clock_state == "running"]
    found = queries.of_many(running, UNTIL)
    assert found and {forecast.level for forecast in found.values()} <= {"unit", "step"}


def test_open_ones_are_not_forgotten(few):
    """Learnt in the middle: those still open then are censored, never left out, never known from later."""
    middle = UNTIL - timedelta(days=30)
    stands = lives.gather(UNTIL)
    seen = [one for _names, one in lives.seen_until(stands, middle)]
    open_then = [s for s in stands if s.since < middle and (s.ended_at is None or s.ended_at >= middle)]
    assert sum(not one.finished for one in seen) == len(open_then) > 0


def test_a_forecast_counts_when_its_moment_is_over(few):
    """Of a month that has hardly ended late failures are not seen yet: neither are early successes counted then."""
    stands = lives.gather(UNTIL)
    (month,) = lives.months_before(UNTIL, 1)
    early = month.until + timedelta(hours=1)
    soon, settled = (list(lives.judged_in(stands, month, at)) for at in (early, UNTIL))
    assert 0 < len(soon) < len(settled)
    assert sum(rules.WHOLE in one.groups for one in settled) < len(settled)


def test_the_archive_is_read_in_parts():
    assert lives.parts_of({1: 10, 2: 5000, 3: 50_000}, 2000) == {1: 1, 2: 6, 3: 44}
    assert lives.parts_of({}, 2000) == {}
    read = {procedure: -(-count // lives.parts_of({1: 10, 2: 5000, 3: 50_000}, 2000)[procedure])
            for procedure, count in {1: 10, 2: 5000, 3: 50_000}.items()}  # fmt: skip
    assert sum(read.values()) <= 2100


def test_months_are_those_of_viet_nam():
    months = lives.months_before(UNTIL, 3)
    assert [month.name for month in months] == ["2026-08", "2026-09", "2026-10"]
    assert months[0].until == months[1].since and f"{months[0].since:%F %H:%M %z}" == "2026-08-01 00:00 +0700"


def test_the_command_tells_and_judges(few, capsys):
    until = ["--until", "2026-11-21T17:00"]
    assert cli.main(["forecast", "learn", "--json", *until]) == 0
    assert json.loads(capsys.readouterr().out)["kinds"] > 3
    code = cli.main(["forecast", "calibration", "--json", "--least", "30", *until])
    told = json.loads(capsys.readouterr().out)
    assert code == (0 if told["good"] else 1)
    assert told["coverage_least"] == 0.88 and {"all", "stage signing"} <= {g["name"] for g in told["groups"]}
    assert cli.main(["forecast", "calibration", *until]) == 1  # no group is large enough to be judged
    assert "chưa đủ để xét" in capsys.readouterr().out
    assert cli.main(["forecast", "calibration", "--months", "0"]) == 2
    assert cli.main(["forecast", "learn", "--until", "tomorrow"]) == 2


@pytest.mark.sqlite
@pytest.mark.slow
def test_on_months_held_out_the_bound_holds_and_the_due_date_is_beaten(city):
    live(city, count=9000, days=112, until=UNTIL)
    told = calibrate(UNTIL, months=2)
    assert {"all", "stage processing", "procedure certified-copy-from-original"} <= {
        g["name"] for g in told["groups"]
    }
    assert told["good"], [g for g in told["groups"] if not g["good"]]
