"""Random verbs by random people: refusals change nothing, rows equal the rule, the journal verifies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier, DossierGrant
from motcua.foundation import policy, worker
from motcua.foundation.errors import Refusal
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalHead, JournalLine
from tests.support.canaries import ASK, MAY_WRITE
from tests.support.city import CENTRE, OTHER_COMMITTEE, PEOPLE

from . import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AT = make.AT
REASON = {"reason": "Một lý do đủ dài để người dân hiểu"}

# verb -> what its action takes besides the dossier
VERBS: dict[str, dict[str, Any]] = {
    "submit": {}, "receive": {}, "ask_at_door": ASK, "refuse": REASON, "answer": {}, "transfer": {}, "take": {},
    "advance": {}, "ask_supplement": ASK, "ask_payment": REASON, "confirm_payment": {"receipt_number": "BL-1"},
    "forward": {"agency": OTHER_COMMITTEE, **REASON}, "draft_result": {}, "send_back": {"remark": REASON["reason"]},
    "approve": {"number": "15/GKS"}, "take_over_result": {"number": "15/GKS"},
    "record_cash": {"receipt_number": "BL-2"}, "hand_over": {}, "rate": {"stars": 4}, "withdraw": {}, "stop": REASON,
    "answer_at_counter": {"papers": []},
    "save_answers": {"answers": {"child_full_name": "Trần Minh Anh"}}, "choose_agency": {"agency": CENTRE},
}  # fmt: skip
# Those whose position takes part; the rest are strangers, who try as well.
PARTAKING = ("citizen", "receptionist", "clerk", "processor", "head", "signer", "other_processor")
# What the journal calls a verb where it is not the verb itself.
WRITTEN = {"record_cash": "cash_taken", "save_answers": "draft_saved", "choose_agency": "agency_chosen",
           "answer_at_counter": "answer"}  # fmt: skip


class Rights(RuleBasedStateMachine):
    """Two dossiers of one citizen, some weeks, and everybody at them."""

    city: Any = None
    done: set[str]

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.hours = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize()
    def two_drafts(self) -> None:
        self.dossiers = [make.draft(self.city, by=who) for who in ("citizen", "other_citizen")]

    @property
    def at(self):
        return AT + timedelta(hours=self.hours)

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        self.hours += hours

    @rule(which=st.integers(0, 1), verb=st.sampled_from(sorted(VERBS)), who=st.sampled_from(sorted(PEOPLE)))
    def somebody_tries(self, which: int, verb: str, who: str) -> None:
        self.attempt(which, verb, who)

    @rule(which=st.integers(0, 1), data=st.data())
    def somebody_goes_on(self, which: int, data: Any) -> None:
        """A verb that the dossier's state knows, by one of those it may concern: so that lives get further."""
        row = Dossier.objects.get(public_id=self.dossiers[which])
        possible = [verb for verb in queries.rules.verbs_from(row.business_state) if verb in VERBS] or [
            "withdraw"
        ]
        partaking = ("other_citizen", *PARTAKING[1:]) if which else PARTAKING
        self.attempt(which, data.draw(st.sampled_from(possible)), data.draw(st.sampled_from(partaking)))

    def attempt(self, which: int, verb: str, who: str) -> None:
        dossier = self.dossiers[which]
        before, seen = standing(), sees(self.city.actor(who, self.at), dossier)
        last = JournalLine.objects.order_by("-pk").values_list("pk", flat=True).first()
        try:
            getattr(actions, verb)(self.city.act(who, self.at), dossier=dossier, **VERBS[verb])
        except Refusal:
            assert standing() == before, f"{verb} was refused to {who} and still changed something"
            return
        self.done.add(verb)
        assert seen, f"{who} did {verb} on a dossier that was not to be seen"
        lines = JournalLine.objects.filter(pk__gt=last, chain=f"dossier:{dossier}").values_list(
            "verb", flat=True
        )
        assert f"dossier.{WRITTEN.get(verb, verb)}" in lines
        allowed = may_write(who)
        assert set(lines) <= allowed, f"{who} wrote {sorted(set(lines) - allowed)}"

    @invariant()
    def rows_equal_the_rule(self) -> None:
        assert list(policy.differences()) == []

    @invariant()
    def the_journal_verifies(self) -> None:
        report = verify()
        assert report.findings == []

    @invariant()
    def strangers_see_nothing(self) -> None:
        for who in ("admin", "helper", "other_receptionist"):
            assert not queries.visible_to(self.city.actor(who, self.at)).exists(), who


def may_write(who: str) -> set[str]:
    """The hand-written table of who may do what, with the unit that a dossier may be forwarded to."""
    same = {"other_processor": "processor", "other_citizen": "citizen", "other_leader": "leader"}
    return MAY_WRITE.get(same.get(who, who), set())


def sees(actor: Any, dossier: str) -> bool:
    return queries.visible_to(actor).filter(public_id=dossier).exists()


def standing() -> list[Any]:
    """Everything that a refusal must leave as it was."""
    return [
        list(Dossier.objects.order_by("pk").values()),
        list(DossierGrant.objects.order_by("pk").values()),
        list(JournalHead.objects.order_by("pk").values()),
        [queries.letters_of(row) for row in Dossier.objects.order_by("pk")],
    ]


def test_random_verbs_by_random_people(city):
    machine = type("Machine", (Rights,), {"city": city, "done": set()})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert len(machine.done) >= 12, "the walk got through too few doors to mean something"


def test_a_mixed_month_keeps_rows_and_rule_equal(city):
    """Not by chance: one dossier in every state that there is, then the check of all rows, and figures counted."""
    make.returned(city)
    make.ready(city)
    make.drafted(city)
    make.draft(city)
    actions.withdraw(city.act("citizen", AT), dossier=make.submitted(city))
    actions.refuse(city.act("receptionist", AT), dossier=make.submitted(city), **REASON)
    asked = make.in_process(city)
    actions.ask_supplement(city.act("processor", AT), dossier=asked, **ASK)
    actions.stop(city.act("processor", AT), dossier=make.in_process(city), **REASON)
    taken = make.in_process(city)
    actions.take(city.act("processor", AT), dossier=taken)
    actions.forward(city.act("head", AT), dossier=taken, **VERBS["forward"])
    assert list(policy.differences()) == []
    worker.drain()
    assert list(policy.differences()) == []
    assert verify().good


def test_a_planted_difference_is_told(city):
    dossier = make.in_process(city)
    DossierGrant.objects.filter(dossier__public_id=dossier, role="process").update(
        holder="office:999:process"
    )
    told = list(policy.differences())
    assert len(told) == 2
    assert all("office:" in sentence for sentence in told)
