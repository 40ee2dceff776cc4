"""A ward ends: its dossiers, positions and numbers go on elsewhere; nothing of what was promised changes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.dossiers import actions as dossiers
from motcua.dossiers import queries, rules
from motcua.dossiers.models import Dossier, DossierGrant, PassingOn
from motcua.foundation import policy
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import Delivery, JournalLine
from motcua.reorganisation import actions, errors
from motcua.reorganisation import queries as reorganisations
from motcua.reorganisation.models import Moved, Run
from tests.dossiers import factories as make
from tests.reorganisation import factories as wards
from tests.reorganisation.factories import KEY, THE_DAY
from tests.support.city import COMMITTEE, OTHER_CENTRE, OTHER_COMMITTEE

pytestmark = pytest.mark.slow

S = rules.State
AFTER = THE_DAY + timedelta(hours=2)


@pytest.fixture
def dossiers_at_work(city):
    """One dossier of each open state, one resolved and waiting, one closed."""
    found = {}
    for state in (S.SUBMITTED, S.RECEIVED, S.IN_PROCESS, S.SUPPLEMENT, S.AWAITING_PAYMENT, S.RESULT_DRAFTED):
        found[state] = make.in_state(city, state)
    found[S.RESULT_READY] = make.ready(city)
    found[S.RETURNED] = make.returned(city)
    return found


def columns(dossier: str) -> tuple:
    row = make.get(dossier)
    return (
        row.code,
        row.received_by_id,
        row.due_on,
        row.due_at,
        row.first_due_on,
        row.business_state,
        row.step,
    )


def test_everything_open_goes_to_the_successor_and_nothing_promised_changes(city, dossiers_at_work):
    wards.publish()
    before = {dossier: columns(dossier) for dossier in dossiers_at_work.values()}
    done = wards.apply()
    assert (done["moved"], done["undecided"], done["closed"]) == (7, 0, True)
    committee, centre = city.office(OTHER_COMMITTEE).id, city.office(OTHER_CENTRE).id
    for state, dossier in dossiers_at_work.items():
        row = make.get(dossier)
        if state is S.SUBMITTED:  # nobody has received it: it is as if it had been handed in there
            assert (row.received_by_id, row.desk_id, row.competent_agency_id) == (centre, None, committee)
            continue
        assert columns(dossier) == before[dossier], state
        if state is S.RETURNED:
            assert (row.desk_id, row.passed_on_at) == (None, None)
        elif state is S.RESULT_READY:  # resolved by the old committee, handed over by the new desk
            assert (row.competent_agency_id, row.desk_id) == (city.office(COMMITTEE).id, centre)
        else:
            assert (row.competent_agency_id, row.desk_id) == (committee, centre)
    assert list(policy.differences()) == []
    assert verify().findings == []
    assert reorganisations.stragglers(AFTER).count == 0
    assert reorganisations.unheld(AFTER) == {}


def test_a_line_an_event_and_a_row_for_each(city, dossiers_at_work):
    wards.publish()
    wards.apply()
    dossier = make.get(dossiers_at_work[S.IN_PROCESS])
    line = JournalLine.objects.filter(chain=dossier.subject).order_by("-seq").first()
    assert (line.verb, line.at) == ("dossier.passed_on", THE_DAY)
    assert line.facts["cause"] == KEY and line.facts["basis"] == "only" and line.facts["counts"]
    assert line.facts["due_on"] == dossier.due_on.isoformat()
    assert Delivery.objects.filter(event="DossierPassedOn", handler="dossiers.tell_passed_on").count() == 7
    assert PassingOn.objects.count() == Moved.objects.count() == 7
    told = queries.timeline(dossier, [], [])[-1]
    assert (told.what, told.detail, told.at) == ("passed_on", OTHER_COMMITTEE, THE_DAY)


def test_the_old_office_sees_nothing_open_any_more_and_the_new_one_does(city, dossiers_at_work):
    wards.publish()
    wards.apply()
    open_ones = {d for s, d in dossiers_at_work.items() if s not in (S.RESULT_READY, S.RETURNED)}
    old = DossierGrant.objects.filter(
        holder__startswith=f"office:{city.office(COMMITTEE).id}:", dossier__public_id__in=open_ones
    )
    assert not old.exists()
    # the same people, by their new positions; nobody holds anything at the agencies that ended
    processor, stranger = city.actor("processor", AFTER), city.actor("other_processor", AFTER)
    assert processor.agencies() == {city.office(OTHER_COMMITTEE).id}
    for actor in (processor, stranger):
        seen = set(queries.visible_to(actor).values_list("public_id", flat=True))
        assert dossiers_at_work[S.IN_PROCESS] in seen
    dossiers.take(city.act("other_processor", AFTER), dossier=dossiers_at_work[S.IN_PROCESS])
    dossiers.receive(city.act("other_receptionist", AFTER), dossier=dossiers_at_work[S.SUBMITTED])
    assert make.get(dossiers_at_work[S.SUBMITTED]).code.startswith(city.office(OTHER_CENTRE).dossier_code)
    dossiers.record_cash(
        city.act("other_receptionist", AFTER), dossier=dossiers_at_work[S.RESULT_READY], receipt_number="BL-1"
    )
    dossiers.hand_over(city.act("other_receptionist", AFTER), dossier=dossiers_at_work[S.RESULT_READY])
    assert list(policy.differences()) == []


def test_whoever_goes_along_keeps_her_desk(city):
    taken = make.in_process(city)
    dossiers.take(city.act("processor", make.AT), dossier=taken)
    wards.publish()
    wards.apply()
    assert make.get(taken).assigned_to_id == city.accounts["processor"].pk


def test_figures_before_the_day_stay_with_the_old_agency(city, dossiers_at_work):
    wards.publish()
    wards.apply()
    received = [h for h in queries.happenings() if h.measure == "received"]
    assert {h.agency for h in received} == {city.office(COMMITTEE).id}
    assert len(received) == 7
    dossier = dossiers_at_work[S.RESULT_DRAFTED]
    dossiers.approve(city.act("signer", AFTER), dossier=dossier, number="1/KQ")
    resolved = {h.agency: h.at for h in queries.happenings() if h.measure == "resolved" and h.at == AFTER}
    assert set(resolved) == {city.office(OTHER_COMMITTEE).id}
    # forwarded later on, only what came after the day goes along
    dossiers.forward(
        city.act("processor", AFTER), dossier=dossiers_at_work[S.IN_PROCESS], agency=wards.THIRD_COMMITTEE,
        reason="Thuộc địa bàn phường bên cạnh",
    )  # fmt: skip
    assert list(policy.differences()) == []
    scope = queries.Scope(frozenset({city.office(COMMITTEE).id}))
    present = queries.Present(AFTER, AFTER)
    wanted = queries.Wanted("received", scope, present, since=make.AT - timedelta(days=1), until=AFTER)
    assert len(queries.occurrences(Dossier.objects.all(), wanted)) == 7


def test_killed_between_two_chunks_it_goes_on(city):
    made = [make.in_process(city) for _ in range(5)]
    wards.publish()

    def die(done: dict) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        wards.apply(chunk=2, tell=die)
    assert Moved.objects.count() == 2
    # meanwhile both halves are worked on: what is left by its old office, what has moved by the new one
    moved = {m.dossier.public_id for m in Moved.objects.select_related("dossier")}
    left = sorted(set(made) - moved)
    dossiers.take(city.act("processor", THE_DAY), dossier=left[0])
    dossiers.take(city.act("other_processor", THE_DAY), dossier=sorted(moved)[0])
    done = wards.apply(chunk=2, at=AFTER)
    assert (done["moved"], done["closed"]) == (5, True)
    assert Moved.objects.count() == 5 and Run.objects.get().state == "applied"
    assert list(policy.differences()) == [] and verify().findings == []
    assert wards.apply(at=AFTER)["moved"] == 5  # once more changes nothing
    assert PassingOn.objects.count() == 5


def test_not_before_its_day_and_not_by_a_session(city):
    wards.publish()
    with pytest.raises(errors.TooEarly):
        wards.apply(at=make.AT)
    with pytest.raises(errors.NotYours):
        actions.begin(city.act("admin", THE_DAY), key=KEY)
    with pytest.raises(errors.NoSuchReorganisation):
        actions.begin(wards.operator(), key="nothing")
