"""A clock that stood ahead for one run closes no years and holds no seal there; who was long switched off goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.foundation.time import local_date
from motcua.sealing import actions, queries
from motcua.sealing.models import Seal, SealDay
from tests.foundation.factories import AT, an_act, do
from tests.sealing.verifier import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
DAY = timedelta(days=1)
WRONG = AT + 1200 * DAY


def act_and_seal(at):
    do(an_act(), thing="a")
    return actions.seal(at)


@pytest.fixture
def begun():
    act_and_seal(AT)
    assert len(actions.close_days(AT + DAY)) == 1


def test_years_ahead_are_not_closed_and_seals_go_on_by_the_true_clock(begun, tmp_path):
    act_and_seal(WRONG)
    assert actions.close_days(WRONG) == []
    true = act_and_seal(AT + DAY)
    assert true.at == AT + DAY
    assert len(actions.close_days(AT + 2 * DAY)) == 1
    act_and_seal(WRONG + 90 * DAY)
    assert actions.close_days(WRONG + 90 * DAY) == []
    act_and_seal(AT + 2 * DAY)
    assert len(actions.close_days(AT + 3 * DAY)) == 1
    assert list(SealDay.objects.order_by("number").values_list("first", "seals")) == [(1, 1), (2, 2), (4, 2)]
    desk = Desk(tmp_path)
    desk.keep_roots()
    assert desk.run("roots", desk.roots)[0] == 0 and desk.lines()[0] == 0
    assert not queries.check().findings


def test_who_was_switched_off_for_months_catches_up_after_the_first_act(begun):
    back = AT + 100 * DAY
    assert actions.close_days(back) == []
    act_and_seal(back)
    assert actions.close_days(back) == []
    assert len(actions.close_days(back + DAY)) == 100
    assert SealDay.objects.order_by("number").last().on == local_date(back)
    assert len(actions.close_days(back + 5 * DAY)) == 4, "a long weekend without an act"


def test_a_clock_far_behind_holds_the_order(begun):
    act_and_seal(AT + DAY)
    assert act_and_seal(AT - 3000 * DAY).at == AT + DAY
    assert Seal.objects.order_by("number").last().at == AT + DAY
