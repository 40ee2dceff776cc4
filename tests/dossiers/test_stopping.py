"""Stopping because no answer came: only after the days that the request or the procedure's pack names."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from motcua.dossiers import actions, errors, queries
from motcua.foundation.time import TZ

from . import factories as make
from .factories import AT, BUSINESS, ITEMS, REASON, S, get

pytestmark = pytest.mark.django_db
WHY = "Quá thời hạn đã báo mà không bổ sung giấy tờ"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


def asked(city, **clock) -> str:
    """Received and asked on Monday 5/10, under these settings of its clock."""
    make.publish_like(BUSINESS, at=AT - timedelta(days=1), clock=clock)
    return make.asked(city, procedure=BUSINESS)


def stop(city, dossier, when, **more):
    return actions.stop(city.act("processor", at(when)), dossier=dossier, reason=WHY, **more)


@pytest.mark.parametrize(
    ("when", "refused"),
    [
        ("2026-10-06T09:00", errors.StillTimeToAnswer),
        ("2026-10-12T16:59", errors.StillTimeToAnswer),  # five working days after Monday 5/10: Monday 12/10
        ("2026-10-12T23:59", errors.StillTimeToAnswer),
        ("2026-10-13T07:00", None),
    ],
)
def test_only_after_the_named_days(city, when, refused):
    dossier = asked(city, supplement_wait_days=5)
    if refused:
        with pytest.raises(refused) as told:
            stop(city, dossier, when, no_answer=True)
        assert "12/10/2026" in told.value.sentence
        assert get(dossier).business_state == S.SUPPLEMENT
    else:
        stop(city, dossier, when, no_answer=True)
        notice = queries.letters_of(get(dossier))[-1]
        assert (notice.kind, notice.content["kind"]) == ("stop-notice", "stopped")
        assert notice.content["waited_until"] == "2026-10-12"


def test_where_no_days_are_named_it_is_no_reason(city):
    dossier = asked(city)
    with pytest.raises(errors.NoWaitNamed):
        stop(city, dossier, "2026-12-01T09:00", no_answer=True)
    stop(city, dossier, "2026-12-01T09:00")  # by order of an authority, say
    assert get(dossier).business_state == S.STOPPED


def test_who_answered_or_was_not_asked_is_not_stopped_for_it(city):
    dossier = make.in_process(city, procedure=BUSINESS)
    with pytest.raises(errors.NothingWaited):
        stop(city, dossier, "2026-10-06T09:00", no_answer=True)
    asking = city.act("processor", AT)
    actions.ask_supplement(asking, dossier=dossier, items=ITEMS, reason=REASON)
    actions.answer(city.act("citizen", at("2026-10-06T10:00")), dossier=dossier)
    with pytest.raises(errors.NothingWaited):
        stop(city, dossier, "2026-12-06T09:00", no_answer=True)


def test_the_settings_are_those_of_the_day_of_reception(city):
    """A dated list in the pack: restart until 31/12, pause from 1/1; the wait likewise."""
    dated = [
        {"from": "2020-01-01", "on_supplement": "restart", "supplement_wait_days": 5},
        {"from": "2027-01-01", "on_supplement": "pause", "supplement_wait_days": 9},
    ]
    make.publish_like(BUSINESS, at=AT - timedelta(days=1), clock=dated)
    dossier = make.asked(city, procedure=BUSINESS)
    row = get(dossier)
    assert queries.rules_of(row).on_supplement == "restart"
    assert queries.answer_by(row, AT) == date(2026, 10, 12)
    actions.answer(city.act("citizen", at("2026-10-09T10:00")), dossier=dossier)
    assert get(dossier).due_on == date(2026, 10, 14)  # three working days from Friday 9/10


def test_she_withdraws_at_any_time_before_the_signature_and_gets_form_05(city):
    for bring in (make.asked, make.in_process):
        dossier = bring(city, procedure=BUSINESS)
        actions.withdraw(city.act("citizen", AT), dossier=dossier, reason="Không còn nhu cầu")
        notice = queries.letters_of(get(dossier))[-1]
        assert (notice.kind, notice.content["kind"]) == ("stop-notice", "withdrawn")
        assert get(dossier).clock_state == "stopped"
