"""What officers and citizens see of a forecast, and when they see none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier, StepRun
from motcua.forecast import actions, queries, rules
from motcua.forecast.models import Learning
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from tests.counter.pages import words
from tests.dossiers import factories as make
from tests.portal.statements import statements

pytestmark = pytest.mark.slow

KEPT, BROKEN = (960, 1000), (800, 1000)


def learnt(at, *, share=0.5, minutes=600.0, whole=KEPT, groups=(), age=timedelta(hours=6)):
    """A learning as if of last night: every dossier takes `share` of the time that it has left."""
    rows = [["all", whole[1], whole[0], whole[0], 1.0, 2.0], *groups]
    Learning.objects.create(
        at=at - age,
        stands=1,
        cells={"all": [400, minutes, share, True]},
        calibration={"months": ["2026-09"], "groups": rows},
    )
    queries.forget()


def told(dossier, at):
    return queries.of_many([Dossier.objects.get(public_id=dossier)], at)


def row_of(city, dossier, at):
    """The dossier as its owner's page reads it."""
    return dossiers.get_visible(city.actor("citizen", at), dossier)


def test_without_a_learning_nothing_is_said(desk, city, at):
    dossier = make.in_process(city, procedure=make.BUSINESS)
    assert told(dossier, at) == {}
    assert "Dự báo" not in words(desk("processor").get(f"/counter/ho-so/{dossier}/"))


@pytest.mark.parametrize(("share", "word"), [(0.5, "Dự báo kịp hạn"), (1.6, "Dự báo quá hạn")])
def test_the_page_and_the_list_say_it_in_a_word(desk, city, at, share, word):
    dossier = make.in_process(city, procedure=make.BUSINESS)
    learnt(at, share=share)
    page = words(desk("processor").get(f"/counter/ho-so/{dossier}/"))
    assert word in page and "9/10 hồ sơ tương tự xong chậm nhất" in page and "Không phải ngày hẹn trả" in page
    assert word in words(desk("processor").get("/counter/"))


def test_who_has_taken_longer_has_no_date_any_more(desk, city, at):
    dossier = make.in_process(city, procedure=make.BUSINESS)
    StepRun.objects.filter(dossier__public_id=dossier).update(started_at=at - timedelta(days=60))
    learnt(at, share=0.0001)
    (found,) = told(dossier, at).values()
    assert found.word == "longer"
    page = words(desk("processor").get(f"/counter/ho-so/{dossier}/"))
    assert "Lâu hơn 9/10 hồ sơ tương tự" in page and "xong chậm nhất" not in page
    assert queries.promised(row_of(city, dossier, at), at) is None


def test_the_date_is_the_moment_laid_over_the_calendar(city, at):
    dossier = make.in_process(
        city, procedure=make.BUSINESS
    )  # Monday 09:00, due Thursday 17:00: 30 hours of office
    learnt(at, share=0.5)
    (found,) = told(dossier, at).values()
    assert f"{found.at:%F %H:%M}" == "2026-10-07 08:00"
    assert (found.word, found.level, found.n) == ("in_time", "all", 400)


@pytest.mark.parametrize(
    "state", ["submitted", "supplement", "awaiting_payment", "result_ready", "withdrawn"]
)
def test_nothing_is_said_while_nobody_here_works_on_it(city, at, state):
    dossier = make.in_state(city, make.S(state))
    learnt(at)
    assert told(dossier, at) == {}


def test_before_it_is_handed_on_it_counts_from_reception(city, at):
    dossier = make.received(city, procedure=make.BUSINESS)
    learnt(at)
    assert len(told(dossier, at)) == 1


def test_after_a_wait_it_counts_from_when_it_went_on(city, at):
    from motcua.dossiers import actions as moves

    dossier = make.asked(city, procedure=make.BUSINESS)
    back = make.AT + timedelta(days=2)
    moves.answer(city.act("citizen", back), dossier=dossier, note="Đã bổ sung")
    learnt(at, share=0.5)
    (found,) = told(dossier, back + timedelta(hours=1)).values()
    row = Dossier.objects.get(public_id=dossier)
    assert back < found.at < row.due_at


def test_the_citizen_sees_it_while_the_calibration_holds(browse, city, at):
    dossier = make.in_process(city, procedure=make.BUSINESS)
    row = Dossier.objects.get(public_id=dossier)
    learnt(at)
    own, track = f"/ho-so/{dossier}/", f"/tra-cuu/?ma={row.reference}"
    for client, address in ((browse("citizen"), own), (browse(), track)):
        page = words(client.get(address))
        assert "Dự báo xong" in page and "không thay ngày hẹn trả" in page
    assert "Dự báo xong" not in words(browse().get(f"/tra-cuu/?ma={row.code}"))  # a guessed code tells less


def off(row):
    return {
        "the whole is off": {"whole": BROKEN},
        "its procedure is off": {"groups": [[f"procedure|{row.procedure_id}", 1000, 800, 800, 1.0, 2.0]]},
        "too few to know": {"whole": (20, 20)},
        "nothing was judged for weeks": {"age": timedelta(days=46)},
    }


@pytest.mark.parametrize(
    "why", ["the whole is off", "its procedure is off", "too few to know", "nothing was judged for weeks"]
)
def test_the_promise_disappears_when_coverage_is_off(browse, desk, city, at, why):
    dossier = make.in_process(city, procedure=make.BUSINESS)
    row = Dossier.objects.get(public_id=dossier)
    learnt(at, **off(row)[why])
    assert "Dự báo xong" not in words(browse("citizen").get(f"/ho-so/{dossier}/"))
    assert "Dự báo xong" not in words(browse().get(f"/tra-cuu/?ma={row.reference}"))
    assert "Dự báo kịp hạn" in words(
        desk("processor").get(f"/counter/ho-so/{dossier}/")
    )  # the officer still sees it


def test_before_the_dated_rule_nothing_is_promised(city, at):
    dossier = make.in_process(city, procedure=make.BUSINESS)
    learnt(at)
    row = row_of(city, dossier, at)
    assert queries.promised(row, at) is not None
    early = at.replace(year=2026, month=6, day=30)
    assert queries.setting(queries.COVERAGE_LEAST, early) is None
    assert not queries.told_to_citizens(queries.newest(), row.procedure_id, early)


def test_a_list_of_a_hundred_costs_one_statement_more(city, at):
    rows = [Dossier.objects.get(public_id=make.in_process(city, procedure=make.BUSINESS)) for _ in range(4)]
    learnt(at)
    queries.of_many(rows[:1], at)
    with statements() as asked:
        assert len(queries.of_many(rows, at)) == 4
    assert len(asked.work) == 1
    row = row_of(city, rows[0].public_id, at)
    with statements() as asked:
        assert queries.of_one(row, at) == queries.of_many(rows[:1], at)[row.pk]
    assert len(asked.work) == 1  # of_many's: the row was read with where it stands


def test_pages_stay_within_their_statements(desk, browse, city, at):
    dossier = make.in_process(city, procedure=make.BUSINESS)
    learnt(at)
    for client, address, most in (
        (desk("processor"), "/counter/", 8),
        (desk("processor"), f"/counter/ho-so/{dossier}/", 12),
        (browse("citizen"), f"/ho-so/{dossier}/", 12),
    ):
        client.get(address)
        with statements() as asked:
            client.get(address)
        assert len(asked.work) <= most, "\n".join(asked.work)


def test_learning_writes_one_row_and_answers_from_the_record(city, at):
    make.ready(city, procedure=make.BUSINESS)

    def act():
        return new_act(system("tests"), at=at, purpose="test", act_id="learn/1")

    first = actions.learn(act())
    assert actions.learn(act())["replayed"] and Learning.objects.count() == 1
    assert first["stands"] >= 2 and first["kinds"] == 0  # far too few to say anything
    row = Learning.objects.get()
    assert row.cells == {} and row.calibration["months"] == ["2026-07", "2026-08", "2026-09"]
    assert rules.LEVEL == 0.9


@pytest.mark.parametrize(("whole", "told"), [(KEPT, "được hiện"), (BROKEN, "được ẩn")])
def test_everybody_may_read_how_forecasts_came_true(browse, city, at, whole, told):
    assert "Ngày dự báo đúng đến đâu?" not in words(browse().get("/gioi-thieu/"))
    learnt(at, whole=whole)
    page = words(browse().get("/gioi-thieu/"))
    assert "Trong các tháng 09/2026" in page and "1000 hồ sơ" in page and told in page
    assert f"{whole[0] / 10:.1f}".replace(".", ",") in page and "từ 88 %" in page
