"""The life of a dossier from declaration to rating, by the real actions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.dossiers import actions, queries, rules
from motcua.dossiers.models import Dossier
from motcua.foundation import policy, worker
from motcua.foundation.journal.verify import verify
from motcua.notices import queries as notices

from . import factories as make

pytestmark = pytest.mark.django_db
AT = make.AT


def get(dossier: str) -> Dossier:
    return Dossier.objects.get(public_id=dossier)


def test_a_birth_from_declaration_to_rating(city):
    dossier = make.returned(city)
    actions.rate(city.act("citizen", AT), dossier=dossier, stars=5, comment="Nhanh, rõ ràng")
    row = get(dossier)
    assert row.business_state == rules.State.RETURNED
    assert row.code and row.code.endswith("-261005-0001")
    assert row.rating.stars == 5
    worker.drain()
    kinds = [n.kind for n in notices.notices_for([f"account:{city.accounts['citizen'].pk}"])]
    assert kinds == ["dossier.hand_over", "dossier.approve", "dossier.receive", "dossier.submit"]
    assert verify().good
    assert list(policy.differences()) == []


def test_codes_are_gapless_per_agency_and_day(city):
    codes = [get(make.received(city)).code for _ in range(3)]
    assert [code[-4:] for code in codes] == ["0001", "0002", "0003"]
    assert get(make.received(city, at=AT + timedelta(days=1))).code.endswith("-261006-0001")


def test_two_officers_at_one_dossier_the_second_is_told(city):
    from motcua.dossiers.errors import ChangedMeanwhile

    dossier = make.submitted(city)
    revision = get(dossier).revision
    actions.receive(city.act("receptionist", AT), dossier=dossier, revision=revision)
    with pytest.raises(ChangedMeanwhile):
        actions.refuse(
            city.act("clerk", AT), dossier=dossier, reason="Hồ sơ không thuộc thẩm quyền", revision=revision
        )
    assert get(dossier).business_state == rules.State.RECEIVED


def test_a_supplement_after_reception_restarts_the_clock_and_is_asked_once(city):
    from motcua.dossiers.errors import AlreadyAsked

    dossier = make.in_process(city)
    promised = get(dossier).due_at
    ask = {"items": [{"text": "Bổ sung giấy chứng sinh bản gốc"}], "reason": "Thiếu giấy chứng sinh của trẻ"}
    actions.ask_supplement(city.act("processor", AT), dossier=dossier, **ask)
    row = get(dossier)
    assert (row.business_state, row.clock_state, row.due_at) == (rules.State.SUPPLEMENT, "paused", None)
    later = AT + timedelta(days=4)
    actions.answer(city.act("citizen", later), dossier=dossier)
    row = get(dossier)
    assert row.clock_state == "running"
    assert row.due_at > promised
    with pytest.raises(AlreadyAsked):
        actions.ask_supplement(city.act("processor", later), dossier=dossier, **ask)
    assert list(policy.differences()) == []


def test_fees_and_cash_at_the_counter(city):
    from motcua.dossiers.errors import FeeUnpaid

    dossier = make.ready(city)
    row = get(dossier)
    assert row.finance_state == rules.Finance.DUE
    assert sum(line.payable for line in queries.fees_of(row)) == 24000
    with pytest.raises(FeeUnpaid):
        actions.hand_over(city.act("receptionist", AT), dossier=dossier)
    paid = actions.record_cash(city.act("clerk", AT), dossier=dossier, receipt_number="BL-0012")
    assert (paid["paid"], paid["finance"]) == (24000, "paid")
    actions.hand_over(city.act("receptionist", AT), dossier=dossier)


def test_what_others_may_not_do_they_cannot_even_see(city):
    from motcua.dossiers.errors import DossierNotFound, NotYours

    dossier = make.in_process(city)
    for stranger in ("other_citizen", "other_receptionist", "other_processor", "admin", "helper"):
        assert not queries.visible_to(city.actor(stranger, AT)).exists(), stranger
        with pytest.raises(DossierNotFound):
            actions.advance(city.act(stranger, AT), dossier=dossier)
    for colleague in ("receptionist", "signer", "leader"):
        with pytest.raises((NotYours, DossierNotFound)):
            actions.advance(city.act(colleague, AT), dossier=dossier)


def test_an_incomplete_declaration_is_refused_with_every_problem(city):
    from motcua.dossiers.errors import DeclarationIncomplete

    dossier = make.draft(city, child_full_name="", child_birth_on="2030-01-01", commitment=False)
    with pytest.raises(DeclarationIncomplete) as refused:
        actions.submit(city.act("citizen", AT), dossier=dossier)
    assert {p["field"] for p in refused.value.problems} >= {"child_full_name", "child_birth_on", "commitment"}
    assert get(dossier).business_state == rules.State.DRAFT


def test_a_walk_in_is_taken_in_by_one_act(city):
    done = actions.take_in(
        city.act("receptionist", AT),
        procedure="birth-registration",
        agency=make.CENTRE,
        answers=make.birth_answers(AT),
        papers=[{"key": "birth-notice", "form": "original"}],
        transfer_now=True,
    )
    row = get(done["dossier"])
    assert (row.business_state, row.channel, row.filer_id) == (rules.State.IN_PROCESS, "counter", None)
    assert row.applicant.full_name == "Nguyễn Thị Lan"
    assert list(policy.differences()) == []


def test_withdrawing_before_the_result_stops_the_clock(city):
    dossier = make.in_process(city)
    actions.withdraw(city.act("citizen", AT), dossier=dossier, reason="Tôi muốn nộp lại ở nơi khác")
    row = get(dossier)
    assert (row.business_state, row.clock_state) == (rules.State.WITHDRAWN, "stopped")
    from motcua.dossiers.errors import MoveNotAllowed

    with pytest.raises(MoveNotAllowed):
        actions.withdraw(city.act("citizen", AT), dossier=dossier)


def test_a_helper_files_for_a_farmer_and_then_sees_nothing(city):
    import re

    from motcua.dossiers.errors import ConsentNeeded

    made = actions.start_helping(
        city.act("helper", AT),
        procedure="birth-registration",
        person_name="Nguyễn Thị Lan",
        phone="0912345678",
        agency=make.CENTRE,
    )
    dossier = made["dossier"]
    actions.save_answers(city.act("helper", AT), dossier=dossier, answers=make.birth_answers(AT))
    with pytest.raises(ConsentNeeded):
        actions.submit(city.act("helper", AT), dossier=dossier)
    actions.ask_consent(city.act("helper", AT), dossier=dossier, phone="0912345678")
    text = notices.last_message(f"dossier:{dossier}", "consent", at=AT).text
    code = re.search(r"\d{6}", text).group()
    wrong = "000000" if code != "000000" else "111111"
    assert not actions.confirm_consent(city.act("helper", AT), dossier=dossier, code=wrong)["consented"]
    assert actions.confirm_consent(city.act("helper", AT), dossier=dossier, code=code)["consented"]
    actions.submit(city.act("helper", AT), dossier=dossier)
    assert not queries.visible_to(city.actor("helper", AT)).exists()
    actions.receive(city.act("receptionist", AT), dossier=dossier)
    row = get(dossier)
    assert row.supported_by_id == city.office(make.CENTRE).id
    assert row.applicant.full_name == "Nguyễn Thị Lan"
    assert list(policy.differences()) == []
