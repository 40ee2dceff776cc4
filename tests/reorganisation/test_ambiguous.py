"""A ward is split between two: what nobody can know is listed, people decide it, nothing is guessed from a name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier
from motcua.foundation import policy
from motcua.reorganisation import errors, queries
from motcua.reorganisation.models import Decision, Moved
from tests.dossiers import factories as make
from tests.reorganisation import factories as wards
from tests.reorganisation.factories import KEY, OTHER_WARD, THE_DAY, THIRD_COMMITTEE, WARD
from tests.support.city import CENTRE, COMMITTEE, OTHER_CENTRE, OTHER_COMMITTEE

AFTER = THE_DAY + timedelta(hours=2)


def declare_elsewhere(dossier: str, area: str) -> None:
    """Change the place that was declared, wherever the form has one."""
    row = make.get(dossier)
    answers = {**row.answers, **(row.answers_sealed or {})}
    places = {
        name: {**answers[name], "commune_code": area}
        for name in ("business_address", "site_address", "address")
        if name in answers
    }
    Dossier.objects.filter(pk=row.pk).update(
        answers={k: v for k, v in row.answers.items() if k not in places},
        answers_sealed={**(row.answers_sealed or {}), **places},
    )


def test_every_ambiguous_dossier_is_listed_with_what_would_tell(city):
    mine, there = make.in_process(city), make.in_process(city)
    declare_elsewhere(mine, WARD)
    declare_elsewhere(there, OTHER_WARD)  # a unit of today: no doubt where
    wards.publish(split=True)
    told = queries.preview(KEY, THE_DAY)
    assert told["dossiers"] == {"all": 2, "clear": 1, "ambiguous": 1, "at_the_door": 0}
    (row,) = told["ambiguous"]
    assert row["dossier"] == mine and row["meaning"] == "spread" and row["declared"] == WARD
    assert row["options"] == [OTHER_COMMITTEE, THIRD_COMMITTEE]
    assert row["needs"] == ["address", "parcel"] and told["decided_by"]["vi"]
    (move,) = told["moves"]
    assert (move["from"], move["to"], move["basis"]) == (COMMITTEE, OTHER_COMMITTEE, "unit")
    assert {p["from"] for p in told["positions"]} == {COMMITTEE, CENTRE}
    assert told["positions_undecided"] == len(told["positions"]) == 7
    with pytest.raises(errors.Undecided):
        wards.apply()
    assert not Moved.objects.exists()


def test_a_number_that_the_new_unit_took_over_does_not_tell_where(city):
    """The code of today, declared before there was such a unit, is the former unit's number: other borders."""
    dossier = make.in_process(city)
    declare_elsewhere(dossier, OTHER_WARD)
    early = make.AT.replace(year=2025, month=6, day=20)
    Dossier.objects.filter(public_id=dossier).update(submitted_at=early)
    wards.publish(split=True)
    (row,) = queries.preview(KEY, THE_DAY)["ambiguous"]
    assert row["meaning"] == "former_code"


def test_decided_by_rule_and_one_by_one(city):
    made = [make.in_process(city) for _ in range(3)]
    for dossier in made:
        declare_elsewhere(dossier, WARD)
    wards.publish(split=True)
    wards.decide(
        {
            "kind": "rule",
            "from": COMMITTEE,
            "area": WARD,
            "to": OTHER_COMMITTEE,
            "reason": "Phần lớn địa bàn",
        },
        {"kind": "dossier", "dossier": make.get(made[0]).code, "to": THIRD_COMMITTEE, "reason": "Thửa 12"},
        *wards.POSITIONS,
        {"kind": "position", "from": COMMITTEE, "login_name": "signer", "to": THIRD_COMMITTEE},
        {"kind": "position", "from": COMMITTEE, "login_name": "processor", "to": OTHER_COMMITTEE},
        {"kind": "position", "from": COMMITTEE, "login_name": "processor", "to": THIRD_COMMITTEE},
    )
    assert queries.preview(KEY, THE_DAY)["ambiguous"] == []
    assert wards.apply()["closed"]
    went = [city.office(OTHER_COMMITTEE).id, city.office(THIRD_COMMITTEE).id]
    assert [make.get(d).competent_agency_id for d in made] == [went[1], went[0], went[0]]
    assert [m.basis for m in Moved.objects.order_by("pk")] == ["decision", "rule", "rule"]
    assert city.actor("processor", AFTER).agencies() == set(went)  # two decisions, two positions
    assert city.actor("signer", AFTER).agencies() == {went[1]}
    assert city.actor("head", AFTER).agencies() == {went[0]}
    assert list(policy.differences()) == []


def test_partly_moves_what_is_clear_and_the_rest_keeps_its_people(city):
    mine, there = make.in_process(city), make.in_process(city)
    declare_elsewhere(mine, WARD)
    declare_elsewhere(there, OTHER_WARD)
    wards.publish(split=True)
    wards.decide(*wards.POSITIONS)
    done = wards.apply(partly=True)
    assert (done["moved"], done["undecided"], done["closed"]) == (1, 1, False)
    assert city.office(COMMITTEE).id in city.actor("processor", AFTER).agencies()
    dossiers.take(city.act("processor", AFTER), dossier=mine)
    wards.decide({"kind": "rule", "from": COMMITTEE, "to": OTHER_COMMITTEE, "reason": "theo địa bàn"})
    done = wards.apply(at=AFTER)
    assert (done["moved"], done["closed"]) == (2, True)
    assert city.office(COMMITTEE).id not in city.actor("processor", AFTER + timedelta(minutes=1)).agencies()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "guess"},
        {"kind": "rule", "from": "qn-ha-tu", "to": OTHER_COMMITTEE},
        {"kind": "rule", "from": COMMITTEE, "to": "qn-ha-tu"},
        {"kind": "dossier", "dossier": "NOTHING", "to": OTHER_COMMITTEE},
        {"kind": "position", "from": COMMITTEE, "to": CENTRE},
        {"kind": "position", "from": COMMITTEE, "login_name": "nobody", "to": OTHER_COMMITTEE},
        {"kind": "position", "from": COMMITTEE, "role": "king", "to": OTHER_COMMITTEE},
    ],
)
def test_a_wrong_decision_is_told_by_its_number_and_nothing_is_kept(city, wrong):
    wards.publish(split=True)
    with pytest.raises(errors.DecisionWrong) as refusal:
        wards.decide({"kind": "rule", "from": COMMITTEE, "to": OTHER_COMMITTEE}, wrong)
    assert "2" in refusal.value.sentence
    assert not Decision.objects.exists()


def test_who_administers_decides_and_nobody_else(city):
    wards.publish(split=True)
    rule = {"kind": "rule", "from": COMMITTEE, "to": OTHER_COMMITTEE, "reason": "theo địa bàn"}
    wards.decide(rule, act=city.act("admin", THE_DAY))
    with pytest.raises(errors.NotYours):
        wards.decide(rule, act=city.act("head", THE_DAY))
    wards.decide({**rule, "to": THIRD_COMMITTEE}, at=AFTER)
    (kept,) = Decision.objects.filter(replaced_at=None)
    assert kept.to_code == THIRD_COMMITTEE and kept.decided_by == "system:command"


def test_competence_may_go_up_while_the_place_is_unknown(city):
    """(procedure, date) → level: a department decides wherever it lies, so nothing has to be asked."""
    dossier = make.in_process(city, procedure=make.BUSINESS)
    row = {
        "procedures": [make.BUSINESS],
        "before": {"kind": "commune"},
        "after": {"kind": "department", "function": "finance"},
        "direction": "up",
    }
    wards.publish(split=True, competences=[row])
    told = queries.preview(KEY, THE_DAY)
    assert told["ambiguous"] == []
    wards.decide(*wards.POSITIONS)
    wards.apply()
    found = make.get(dossier)
    assert found.competent_agency.function == "finance"
    assert found.desk_id in {city.office(OTHER_CENTRE).id, city.office("qn-hong-gai-centre").id}
    # and what is handed in from the day on goes there by itself
    later = dossiers.take_in(
        city.act("other_receptionist", AFTER), procedure=make.BUSINESS, agency=OTHER_CENTRE,
        answers=make.complete(make.BUSINESS), papers=[],
    )  # fmt: skip
    assert make.get(later["dossier"]).competent_agency.function == "finance"
    assert make.get(later["dossier"]).code.startswith(city.office(OTHER_CENTRE).dossier_code)
