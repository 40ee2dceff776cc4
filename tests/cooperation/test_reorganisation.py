"""A reorganisation ends an agency: its joint tasks go to the successor as wholes, and come back when it is undone."""

from datetime import timedelta

import pytest

from motcua.cooperation import actions, queries, rules
from motcua.foundation import policy, worker
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine
from motcua.reorganisation import queries as reorganisations
from tests.cooperation.factories import AT
from tests.dossiers import factories as make
from tests.reorganisation import factories as wards
from tests.support.city import COMMITTEE, OTHER_COMMITTEE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LATER, UNDONE, AGAIN = (wards.THE_DAY + timedelta(hours=n) for n in (1, 3, 4))
COLUMNS = ("agency_id", "assigned_to_id", "state", "due_at", "limit_by_id")


def columns(joint, dossier) -> dict[str, tuple]:
    return {
        task.key or "asked": tuple(getattr(task, name) for name in COLUMNS)
        for task in queries.tasks_of(make.get(dossier))
    }


@pytest.fixture
def asked(joint):
    """The ward leads one dossier, and is asked about another that the other ward's people decide."""
    led = joint.transferred()
    reason = "Thuộc thẩm quyền của phường Hà Lầm."
    from motcua.dossiers import actions as dossiers

    elsewhere = make.in_process(joint.city)
    dossiers.forward(joint.act("processor", AT), dossier=elsewhere, agency=OTHER_COMMITTEE, reason=reason)
    actions.consult(
        joint.act("other_processor", AT + timedelta(minutes=5)),
        dossier=elsewhere,
        agency=COMMITTEE,
        question="Đề nghị xác minh nơi cư trú.",
        until="2026-10-05",
    )
    return led, elsewhere


def test_tasks_of_an_agency_that_ends_are_its_successors_whole_with_the_same_day(joint, asked):
    led, elsewhere = asked
    actions.take(joint.act("processor", AT + timedelta(minutes=10)), task=joint.task(elsewhere).public_id)
    before = columns(joint, led), columns(joint, elsewhere)
    old, new = joint.city.office(COMMITTEE).id, joint.city.office(OTHER_COMMITTEE).id
    wards.publish()
    wards.apply()
    worker.drain()
    for dossier, was in zip(asked, before, strict=True):
        for name, now in columns(joint, dossier).items():
            moved = was[name][0] == old
            assert now[0] == (new if moved else was[name][0])
            assert now[2:4] == was[name][2:4], "neither its state nor its day moves"
    task = joint.task(elsewhere)
    assert task.assigned_to_id == joint.accounts["processor"].pk, "her desk goes with her"
    assert task.limit_by_id == old
    assert queries.stranded(LATER.date()) == {}
    assert list(policy.differences()) == [] and verify().findings == []
    holder = f"office:{new}:{rules.WORKS}"
    assert joint.task(led, "birth").public_id in {work.task.public_id for work in queries.worklist(holder)}
    answered = actions.answer(
        joint.act("other_processor", LATER), task=joint.task(led, "birth").public_id, number="9"
    )
    assert answered["state"] == "done"
    assert queries.time_left(task, LATER).state == "late"


def test_undone_what_nobody_touched_is_its_own_again_and_the_dossier_counts_as_untouched(joint, asked):
    led, elsewhere = asked
    before = columns(joint, led), columns(joint, elsewhere)
    wards.publish()
    wards.apply()
    worker.drain()
    done = wards.undo(at=UNDONE)
    worker.drain()
    assert done["kept"] == 0, reorganisations.kept(done["run"])
    assert (columns(joint, led), columns(joint, elsewhere)) == before
    assert list(policy.differences()) == [] and verify().findings == []
    verbs = JournalLine.objects.filter(chain=f"dossier:{elsewhere}", verb__startswith="dossier.task_passed")
    assert list(verbs.order_by("seq").values_list("verb", flat=True)) == [
        "dossier.task_passed_on", "dossier.task_passed_back",
    ]  # fmt: skip
    actions.take(joint.act("processor", AGAIN), task=joint.task(led, "birth").public_id)


def test_undone_what_the_successor_has_touched_stays_with_it(joint, asked):
    _led, elsewhere = asked
    wards.publish()
    wards.apply()
    worker.drain()
    actions.take(joint.act("other_processor", LATER), task=joint.task(elsewhere).public_id)
    wards.undo(at=UNDONE)
    worker.drain()
    assert joint.task(elsewhere).agency_id == joint.city.office(OTHER_COMMITTEE).id
    former = f"office:{joint.city.office(COMMITTEE).id}:{rules.WORKS}"
    assert elsewhere not in {work.task.dossier.public_id for work in queries.worklist(former, todo=False)}


@pytest.mark.parametrize(
    ("successors", "nearest", "heir"),
    [
        ([5], [], 5),
        ([5], [6], 5),
        ([5, 6], [6, 5], 6),
        ([5, 6], [7], None),
        ([5, 6], [], None),
        ([], [5], None),
    ],
)
def test_one_heir_or_the_nearest_of_several_or_nobody(successors, nearest, heir):
    assert rules.heir(successors, nearest) == heir
