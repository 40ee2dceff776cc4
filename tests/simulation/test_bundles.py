"""A simulated month in which several agencies work on one dossier."""

from datetime import datetime

import pytest

from motcua.cooperation.models import JointTask
from motcua.foundation import policy
from motcua.foundation.time import TZ
from motcua.simulation.run import simulate
from tests.cooperation.factories import BIRTH, DEATH, LAND, publish

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.sqlite  # tests/cooperation does the same acts on both
def test_interlinked_dossiers_are_finished_by_all_their_agencies(city):
    publish(BIRTH, DEATH, LAND)
    outcome = simulate(seed="11", until=datetime(2026, 11, 20, 17, tzinfo=TZ), count=90, days=12)
    assert outcome.refusals == []
    answered = JointTask.objects.filter(state="done")
    assert answered.filter(role="cooperating").exists()
    assert set(answered.values_list("dossier__procedure__slug", flat=True)) >= {LAND}
    assert list(policy.differences()) == []
