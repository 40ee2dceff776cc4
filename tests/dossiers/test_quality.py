"""What indexes count: every measure beside its complement, and beside what plain Python says of the rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.agencies import queries as agencies
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import Span
from tests.dossiers import factories as make
from tests.support import city as small_city
from tests.support.city import COMMITTEE
from tests.support.kept import kept

pytestmark = pytest.mark.django_db
SINCE = make.AT - timedelta(days=4)


@pytest.fixture
def lived(db, _nothing_remembered):
    """One of everything, then ten days; one result late, one rated badly."""
    return kept("dossiers: one of everything", lambda: _lived(small_city.city()))


def _lived(city):
    make.publish_ours()
    for state in (
        make.S.RECEIVED,
        make.S.STOPPED,
        make.S.WITHDRAWN,
        make.S.AWAITING_PAYMENT,
        make.S.SUPPLEMENT,
    ):
        make.in_state(city, state)
    late = make.drafted(city)
    actions.approve(city.act("signer", make.AT + timedelta(days=9)), dossier=late, number="1/GKS")
    bad = make.returned(city)
    actions.rate(city.act("citizen", make.AT + timedelta(days=1)), dossier=bad, stars=1)
    make.in_process(city, procedure=make.PERMIT)
    make.walk_in(city)
    return city


def span(days: int, blamed=frozenset()) -> Span:
    moment = make.AT + timedelta(days=days)
    return Span(
        frozenset({agencies.by_code(COMMITTEE).id}), SINCE, SINCE + timedelta(days=30), moment, blamed
    )


def is_late(row: Dossier, by) -> bool:
    ended = row.resolved_at or row.closed_at
    return row.due_at is not None and (min(ended, by) if ended and ended < by else by) > row.due_at


def test_measures_and_their_complements(lived, subtests):
    for days in (0, 1, 5, 10, 45):
        with subtests.test(days=days):
            agree(days)


def agree(days):
    """Every measure beside its complement, seen so many days after the beginning."""
    found = queries.quality_counts(span(days))
    assert found["in_time"] + found["late"] == found["received"] == 9
    assert found["content"] + found["discontent"] == found["received"]
    by = span(days).by
    assert found["late"] == sum(is_late(row, by) for row in Dossier.objects.exclude(received_at=None))
    assert found["resolved_in_time"] + found["resolved_late"] == found["resolved"] == 2
    early = found["resolved_early"] + found["resolved_on_day"]
    assert early + found["resolved_late"] == found["resolved"]
    assert (found["dissatisfied"], found["rated"], found["e_result"]) == (1, 1, 0)
    assert found["digitised"] <= found["with_papers"] <= found["received"]


def test_a_dossier_complained_about_is_taken_away_once(lived):
    bad = Dossier.objects.get(rating__stars=1)
    alone, blamed = queries.quality_counts(span(1)), queries.quality_counts(span(1, frozenset({bad.pk})))
    assert blamed["blamed"] == 1 and blamed["discontent"] == alone["discontent"]


def test_a_measure_leads_to_as_many_rows(lived, subtests):
    leader = lived.actor("leader", make.AT)
    wanted = span(10)
    for name in sorted(queries.MEASURES):
        with subtests.test(name):
            rows = queries.quality_rows(queries.visible_to(leader), wanted, name, limit=50)
            assert len(rows) == queries.quality_counts(wanted, [name])[name]
            ours = queries.quality_by_agency(wanted, [name]).get(agencies.by_code(COMMITTEE).id, {name: 0})
            assert ours[name] == len(rows)


def test_counting_everything_takes_two_statements(lived):
    wanted = span(10)  # what agencies are called is remembered from here on
    with CaptureQueriesContext(connection) as found:
        queries.quality_counts(wanted)
    assert len(found) == 2
