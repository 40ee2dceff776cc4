"""What was over when an agency ended: its successor reads it, nobody works on it, its figures stay where they were."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.dossiers import actions as dossiers
from motcua.dossiers import queries
from motcua.dossiers import rules as dossier_rules
from motcua.dossiers.errors import DossierNotFound, NotYours
from motcua.foundation import policy
from motcua.notes import actions as notes
from tests.dossiers import factories as make
from tests.reorganisation import factories as wards
from tests.support.city import COMMITTEE

pytestmark = pytest.mark.django_db
BEFORE, LATER = wards.THE_DAY - timedelta(hours=20), wards.THE_DAY + timedelta(hours=1)
S = dossier_rules.State


def sees(city, name: str, dossier: str, at=LATER) -> bool:
    actor = city.actor(name, at)
    there = queries.visible_to(actor).filter(public_id=dossier).exists()
    assert there == (dossier in {row.public_id for row in queries.page(actor)}), (
        "a list shows what may be opened"
    )
    return there


def test_the_successor_reads_what_was_over_from_its_first_day_and_acts_on_nothing(city):
    closed, refused = make.returned(city), make.in_state(city, S.REFUSED)
    wards.publish()
    assert not sees(city, "other_processor", closed, BEFORE), "a law that lies ahead opens nothing"
    wards.apply()
    assert [sees(city, name, closed) for name in ("other_processor", "other_receptionist", "other_leader")] == [
        True, True, True,
    ]  # fmt: skip
    assert sees(city, "other_receptionist", refused) and not sees(city, "other_processor", refused)
    row = queries.get_visible(city.actor("other_processor", LATER), closed)
    assert queries.at_work(city.actor("other_processor", LATER), row)
    assert queries.only_leads(city.actor("other_leader", LATER), row), "who only leads is asked why, here too"
    assert queries.allowed_verbs(city.actor("other_receptionist", LATER), row) == []
    with pytest.raises(DossierNotFound):
        refund = {"reason": make.REASON, "receipt_number": "9"}
        dossiers.record_refund(city.act("other_receptionist", LATER), dossier=closed, **refund)
    with pytest.raises(NotYours):
        notes.write(city.act("other_processor", LATER), dossier=closed, text="Một ghi chú")
    for name in ("citizen", "province_leader"):
        assert sees(city, name, closed)
    assert not sees(city, "admin", closed)
    assert list(policy.differences()) == []


def test_of_several_successors_each_reads_and_strangers_do_not(city):
    closed = make.returned(city)
    wards.publish(split=True)
    wards.decide({"kind": "position", "from": COMMITTEE, "to": "qn-hong-gai"})
    wards.apply(partly=True)
    assert sees(city, "other_processor", closed)
    assert sees(city, "processor", closed), "she holds the same at the other successor"
    row = make.get(closed)
    assert not queries.visible_to(city.actor("helper", LATER)).filter(pk=row.pk).exists()


def test_open_work_is_not_opened_by_the_archive(city):
    waiting = make.in_process(city)
    wards.publish(split=True)
    wards.apply(partly=True)
    assert make.get(waiting).competent_agency_id == city.office(COMMITTEE).id, (
        "nobody has decided where it goes"
    )
    assert not sees(city, "other_processor", waiting)
    assert sees(city, "processor", waiting), "its people stay until it is decided"


def test_figures_of_the_time_before_stay_with_the_agency_that_ended(city):
    make.returned(city)
    wards.publish()
    wards.apply()
    found = {
        (one.measure, one.agency) for one in queries.happenings() if one.measure in ("received", "resolved")
    }
    assert found == {(measure, city.office(COMMITTEE).id) for measure in ("received", "resolved")}
