"""A reorganisation gives the dossier to a successor: who asked is the successor now, the question stays as it was."""

from datetime import timedelta

import pytest

from motcua.cooperation import actions, queries
from motcua.foundation import policy, worker
from tests.cooperation.factories import AT
from tests.dossiers import factories as make
from tests.reorganisation import factories as wards

pytestmark = pytest.mark.django_db


def test_the_successor_sees_what_was_asked_and_by_when_unchanged(joint):
    made = joint.transferred()
    actions.consult(
        joint.act("processor", AT + timedelta(hours=1)),
        dossier=made,
        agency="qn-ha-lam-police",
        question="Đề nghị xác minh nơi cư trú.",
        until="2026-10-08",
    )
    before = {
        task.public_id: (task.state, task.due_at, task.agency_id) for task in queries.tasks_of(make.get(made))
    }
    wards.publish()
    wards.apply()
    worker.drain()
    after = {
        task.public_id: (task.state, task.due_at, task.agency_id) for task in queries.tasks_of(make.get(made))
    }
    assert after == before
    assert list(policy.differences()) == []
    later = wards.THE_DAY + timedelta(hours=1)
    for task in queries.tasks_of(make.get(made)):
        assert queries.visible_to(joint.actor("other_processor", later)).filter(pk=task.pk).exists()
