"""Every action repeats safely: the same act id is one effect and one answer, with another body it is a conflict."""

from __future__ import annotations

import pytest

from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier
from motcua.foundation.errors import ActMismatch
from motcua.foundation.models import ActRecord, Delivery, JournalLine
from tests.support.city import CENTRE, OTHER_CENTRE

from . import factories as make
from .factories import AT, BIRTH, BUSINESS, ITEMS, REASON, S, get

pytestmark = pytest.mark.django_db

# verb: (who, state it starts from, its arguments, other arguments for the same act id)
SAID = {
    "submit": ("citizen", S.DRAFT, {}, {"consents": ["commitment"]}),
    "discard": ("citizen", S.DRAFT, {}, {"revision": 999}),
    "save_answers": ("citizen", S.DRAFT, {"answers": {}, "section": "applicant"}, {"section": None}),
    "choose_agency": ("citizen", S.DRAFT, {"agency": OTHER_CENTRE}, {"agency": CENTRE}),
    "receive": ("receptionist", S.SUBMITTED, {}, {"revision": 999}),
    "check_papers": ("receptionist", S.SUBMITTED, {"papers": [{"key": "other"}]}, {"papers": []}),
    "ask_at_door": ("receptionist", S.SUBMITTED, {"items": ITEMS, "reason": REASON}, {"items": [], "reason": REASON}),
    "refuse": ("receptionist", S.SUBMITTED, {"reason": REASON}, {"reason": f"{REASON} Hết."}),
    "transfer": ("receptionist", S.RECEIVED, {}, {"revision": 1}),
    "take": ("processor", S.IN_PROCESS, {}, {"revision": 1}),
    "advance": ("processor", S.IN_PROCESS, {"note": "xong"}, {"note": "chưa xong"}),
    "ask_supplement": ("processor", S.IN_PROCESS, {"items": ITEMS, "reason": REASON}, {"items": [], "reason": ""}),
    "ask_payment": ("processor", S.IN_PROCESS, {"reason": REASON}, {"reason": ""}),
    "extend": ("processor", S.IN_PROCESS, {"until": "2026-10-20", "reason": REASON}, {"until": "2026-10-21"}),
    "forward": ("processor", S.IN_PROCESS, {"agency": "qn-ha-lam", "reason": REASON}, {"agency": "x", "reason": ""}),
    "stop": ("processor", S.IN_PROCESS, {"reason": REASON}, {"reason": ""}),
    "withdraw": ("citizen", S.IN_PROCESS, {"reason": "thôi"}, {"reason": "không"}),
    "answer": ("citizen", S.SUPPLEMENT, {"note": "đây"}, {"note": "kia"}),
    "answer_at_counter": ("receptionist", S.SUPPLEMENT, {"papers": [{"key": "other"}]}, {"papers": []}),
    "confirm_payment": ("processor", S.AWAITING_PAYMENT, {"receipt_number": "1"}, {"receipt_number": "2"}),
    "send_back": ("signer", S.RESULT_DRAFTED, {"remark": REASON}, {"remark": ""}),
    "approve": ("signer", S.RESULT_DRAFTED, {"number": "1"}, {"number": "2"}),
    "hand_over": ("clerk", S.RESULT_READY, {"way": "post", "tracking": "VN1"}, {"way": "counter"}),
    "rate": ("citizen", S.RETURNED, {"stars": 5}, {"stars": 1}),
}  # fmt: skip


def world() -> tuple:
    """Everything an act may add to."""
    rows = Dossier.objects.order_by("pk").values_list("business_state", "revision", "code", "finance_state")
    return list(rows), JournalLine.objects.count(), Delivery.objects.count(), ActRecord.objects.count()


def twice(act, action, first: dict, other: dict) -> None:
    done = action(act, **first)
    assert done["replayed"] is False
    before = world()
    again = action(act, **first)
    assert again == {**done, "replayed": True}
    with pytest.raises(ActMismatch):
        action(act, **{**first, **other})
    assert world() == before


@pytest.mark.parametrize("verb", SAID)
def test_said_twice_it_is_done_once(city, verb):
    who, state, said, otherwise = SAID[verb]
    dossier = make.in_state(city, state)
    act = city.act(who, AT, act_id=f"form/{verb}")
    twice(act, getattr(actions, verb), {"dossier": dossier, **said}, otherwise)


def test_begun_taken_in_drafted_taken_over_and_paid_twice(city):
    begin = {"procedure": BUSINESS, "agency": CENTRE}
    twice(city.act("citizen", AT, "1"), actions.start_draft, begin, {"agency": OTHER_CENTRE})
    helping = {"procedure": BUSINESS, "person_name": "Lan"}
    twice(city.act("helper", AT, "2"), actions.start_helping, helping, {"person_name": "Hoa"})
    walk_in = {"procedure": BUSINESS, "agency": CENTRE, "answers": make.complete(BUSINESS), "papers": []}
    twice(city.act("receptionist", AT, "3"), actions.take_in, walk_in, {"receive_now": False})
    birth = make.in_process(city, procedure=BIRTH)
    taken = {"dossier": birth, "number": "12/2026"}
    twice(city.act("processor", AT, "4"), actions.take_over_result, taken, {"number": "13/2026"})
    cash = {"dossier": birth, "receipt_number": "BL-1"}
    twice(city.act("clerk", AT, "5"), actions.record_cash, cash, {"receipt_number": "BL-2"})
    back = {"dossier": birth, "receipt_number": "PC-1", "reason": REASON}
    twice(city.act("clerk", AT, "6"), actions.record_refund, back, {"receipt_number": "PC-2"})
    last = make.in_process(city, procedure=BUSINESS)
    make.to_last_step(city, last, AT)
    drafting = {"dossier": last, "outcome": "granted"}
    twice(
        city.act("processor", AT, "7"), actions.draft_result, drafting, {"outcome": "denied", "note": REASON}
    )


def test_papers_and_numbers_given_twice_are_given_once(city):
    dossier = make.draft(city)
    paper = {"dossier": dossier, "key": "other", "file": make.a_file(city)}
    twice(city.act("citizen", AT, "1"), actions.add_paper, paper, {"name": "khác"})
    assert len(queries.papers_of(get(dossier))) == 1
    out = {"dossier": dossier, "paper": queries.papers_of(get(dossier))[0].pk}
    twice(city.act("citizen", AT, "2"), actions.remove_paper, out, {"paper": 0})
    office = city.office(CENTRE).id
    block = {"agency": office, "day": "2026-10-05", "count": 10, "lent_to": "Xe lưu động"}
    twice(city.act("receptionist", AT, "3"), actions.lend_serials, block, {"count": 20})


def test_two_people_may_use_the_same_act_id(city):
    one, two = make.submitted(city, procedure=BUSINESS), make.submitted(city, procedure=BUSINESS)
    actions.receive(city.act("receptionist", AT, "same"), dossier=one)
    actions.receive(city.act("clerk", AT, "same"), dossier=two)
    assert {get(one).business_state, get(two).business_state} == {S.RECEIVED}


def test_what_was_refused_may_be_said_again_under_the_same_id(city):
    """A refusal leaves nothing behind, the act id included: the corrected form is sent again."""
    dossier = make.submitted(city, procedure=BUSINESS)
    act = city.act("receptionist", AT, act_id="form/1")
    with pytest.raises(Exception, match="reason_needed"):
        actions.refuse(act, dossier=dossier, reason="")
    assert actions.refuse(act, dossier=dossier, reason=REASON)["state"] == S.REFUSED


# Two officers at once ----------------------------------------------------------------------------------------------

WITH_REVISION = [verb for verb in SAID if verb not in ("rate", "choose_agency", "check_papers")]


@pytest.mark.parametrize("verb", WITH_REVISION)
def test_who_acts_on_an_old_page_is_told_and_overwrites_nothing(city, verb):
    from motcua.dossiers.errors import ChangedMeanwhile

    who, state, said, _other = SAID[verb]
    dossier = make.in_state(city, state)
    before = world()
    with pytest.raises(ChangedMeanwhile):
        old = get(dossier).revision - 1
        getattr(actions, verb)(city.act(who, AT), dossier=dossier, revision=old, **said)
    assert world() == before
