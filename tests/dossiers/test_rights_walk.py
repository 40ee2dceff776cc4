"""Random verbs by random people: refusals change nothing, rows equal the rule, the journal verifies."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction

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
    "answer_at_counter": {"papers": []}, "discard": {},
    "save_answers": {"answers": {"child_full_name": "Trần Minh Anh"}}, "choose_agency": {"agency": CENTRE},
}  # fmt: skip
ENDING = ("withdraw", "refuse", "stop", "forward", "discard")
WALKS, STEPS = 3 if connection.vendor == "sqlite" else 1, 80
# Those whose position takes part; the rest are strangers, who try as well.
PARTAKING = ("citizen", "receptionist", "clerk", "processor", "head", "signer", "other_processor")
# What the journal calls a verb where it is not the verb itself.
WRITTEN = {"record_cash": "cash_taken", "save_answers": "draft_saved", "choose_agency": "agency_chosen",
           "answer_at_counter": "answer"}  # fmt: skip


class Walk:
    """Two dossiers of two citizens, some weeks, and everybody at them; the same for the same seed."""

    def __init__(self, city: Any, seed: str) -> None:
        self.city, self.rng, self.hours = city, Random(seed), 0
        self.done: set[str] = set()
        self.dossiers = [self.begin(0), self.begin(1)]

    def begin(self, which: int) -> str:
        """A filled-in draft: a birth, whose result a ministry's system owns, or a household business."""
        procedure = self.rng.choice((make.BIRTH, make.BUSINESS))
        return make.draft(self.city, procedure, by=("citizen", "other_citizen")[which], at=self.at)

    @property
    def at(self):
        return AT + timedelta(hours=self.hours)

    def step(self) -> None:
        """Time passes, anybody tries anything, or somebody concerned goes on, so that lives get further."""
        kind, which = self.rng.random(), self.rng.randrange(2)
        if kind < 0.1:
            self.hours += self.rng.randint(1, 30)
        elif kind < 0.3:
            self.attempt(which, self.rng.choice(sorted(VERBS)), self.rng.choice(sorted(PEOPLE)))
        else:
            self.attempt(which, *self.onward(which))

    def onward(self, which: int) -> tuple[str, str]:
        """A verb that the state knows, a new one before an old one and an end last, by one who may as a rule do it."""
        row = Dossier.objects.get(public_id=self.dossiers[which])
        if row.closed_at is not None and self.rng.random() < 0.5:
            self.dossiers[which] = self.begin(which)
            row = Dossier.objects.get(public_id=self.dossiers[which])
        possible = [v for v in queries.rules.verbs_from(row.business_state) if v in VERBS] or ["withdraw"]
        if row.finance_state == "due" and row.business_state == "result_ready":
            possible.append("record_cash")
        alive = [v for v in possible if v not in ENDING] or possible
        fresh = [v for v in alive if v not in self.done] or alive
        verb = self.rng.choice(fresh if self.rng.random() < 0.9 else possible)
        partaking = ("other_citizen", *PARTAKING[1:]) if which else PARTAKING
        able = [who for who in partaking if f"dossier.{WRITTEN.get(verb, verb)}" in may_write(who)]
        return verb, self.rng.choice(able if able and self.rng.random() < 0.8 else partaking)

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
        lines = JournalLine.objects.filter(pk__gt=last, chain=f"dossier:{dossier}")
        verbs = set(lines.values_list("verb", flat=True))
        assert f"dossier.{WRITTEN.get(verb, verb)}" in verbs
        allowed = may_write(who)
        assert verbs <= allowed, f"{who} wrote {sorted(verbs - allowed)}"
        assert list(policy.differences()) == []
        self.strangers_see_nothing()
        if verb == "discard":
            assert not Dossier.objects.filter(public_id=dossier).exists()
            self.dossiers[which] = self.begin(which)

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
    done: set[str] = set()
    for seed in range(WALKS):
        with transaction.atomic():
            walk = Walk(city, f"walk {seed}")
            for _ in range(STEPS):
                walk.step()
            assert verify().findings == []
            transaction.set_rollback(True)
        done |= walk.done
    assert len(done) >= (14 if WALKS > 1 else 8), (
        f"the walks got through too few doors to mean something: {sorted(done)}"
    )


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
