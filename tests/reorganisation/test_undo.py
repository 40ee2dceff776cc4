"""What nobody has touched since goes back to where it was; the rest is told with its reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.dossiers import actions as dossiers
from motcua.dossiers import queries as reads
from motcua.dossiers import rules
from motcua.dossiers.models import Dossier
from motcua.foundation import policy
from motcua.foundation.journal.verify import verify
from motcua.reorganisation import errors, queries
from motcua.reorganisation.models import Run
from tests.dossiers import factories as make
from tests.reorganisation import factories as wards
from tests.reorganisation.factories import KEY, THE_DAY
from tests.support.city import CENTRE, COMMITTEE, OTHER_CENTRE, OTHER_COMMITTEE

S = rules.State
AFTER, UNDONE, LATER = (THE_DAY + timedelta(hours=n) for n in (2, 3, 4))
KEPT = (
    "code", "received_by_id", "desk_id", "competent_agency_id", "assigned_to_id", "limit_by_id", "due_at", "due_on",
    "business_state",
)  # fmt: skip


def columns(dossier: str) -> tuple:
    return Dossier.objects.values_list(*KEPT).get(public_id=dossier)


def test_untouched_goes_back_touched_stays_and_is_told(city):
    taken = make.in_process(city)
    dossiers.take(city.act("processor", make.AT), dossier=taken)
    made = [make.submitted(city), make.in_state(city, S.SUPPLEMENT), make.ready(city), taken]
    worked_on = make.in_process(city)
    before = {dossier: columns(dossier) for dossier in made}
    wards.publish()
    wards.apply()
    dossiers.take(city.act("other_processor", AFTER), dossier=worked_on)
    done = wards.undo(at=UNDONE)
    assert (done["restored"], done["kept"]) == (4, 1)
    assert {dossier: columns(dossier) for dossier in made} == before
    row = make.get(worked_on)
    assert row.competent_agency_id == city.office(OTHER_COMMITTEE).id
    (left,) = [each for each in queries.kept(done["run"]) if "dossier" in each]
    assert left["dossier"] == worked_on and left["because"].startswith("dossier.take ")
    assert list(policy.differences()) == [] and verify().findings == []
    # her former office is hers again; at the successor only who has to finish what is left
    assert city.office(COMMITTEE).id in city.actor("processor", LATER).agencies()
    assert city.office(CENTRE).id in city.actor("receptionist", LATER).agencies()
    assert [e.what for e in reads.timeline(make.get(taken), [], [])][-2:] == ["passed_on", "passed_back"]
    dossiers.advance(city.act("processor", LATER), dossier=taken)


def test_after_an_undo_it_can_be_applied_again(city):
    dossier = make.in_process(city)
    wards.publish()
    wards.apply()
    wards.undo(at=AFTER)
    with pytest.raises(errors.NothingToUndo):
        wards.undo(at=UNDONE)
    done = wards.apply(at=UNDONE)
    assert (done["moved"], done["closed"]) == (1, True)
    assert make.get(dossier).competent_agency_id == city.office(OTHER_COMMITTEE).id
    assert sorted(Run.objects.values_list("state", flat=True)) == ["applied", "undone"]
    assert list(policy.differences()) == []
    received = [h for h in reads.happenings() if h.measure == "received"]
    assert [h.agency for h in received] == [city.office(COMMITTEE).id]


def test_an_undo_that_was_interrupted_goes_on(city):
    for _ in range(3):
        make.in_process(city)
    wards.publish()
    wards.apply()

    def die(done: dict) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        wards.undo(at=AFTER, chunk=2, tell=die)
    with pytest.raises(errors.BeingUndone):
        wards.apply(at=AFTER)
    assert wards.undo(at=UNDONE, chunk=2)["restored"] == 3
    old = city.office(COMMITTEE).id
    assert set(Dossier.objects.values_list("competent_agency", flat=True)) == {old}
    assert list(policy.differences()) == []


def test_nothing_to_undo(city):
    wards.publish()
    with pytest.raises(errors.NothingToUndo):
        wards.undo(at=THE_DAY)
    assert queries.run_of(KEY) is None and city.office(OTHER_CENTRE)
