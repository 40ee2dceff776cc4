"""The result: drafted, sent back, signed; or taken over from the system that owns it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.dossiers import actions, errors, queries, rules
from motcua.dossiers.models import Letter, StepRun
from motcua.files.errors import FileNotFound

from . import factories as make
from .factories import AT, BIRTH, BUSINESS, S, get

pytestmark = pytest.mark.django_db
WHY_NOT = "Ngành nghề đăng ký thuộc danh mục cấm kinh doanh."


def last_step(city, procedure=BUSINESS, **more) -> str:
    dossier = make.in_process(city, procedure=procedure, **more)
    make.to_last_step(city, dossier, AT)
    return dossier


def steps(*stages: str) -> list[dict]:
    """Pack rows of steps with these stages, after the applicant's own."""
    rows = [
        {
            "key": "s0",
            "order": 1,
            "stage": "applicant",
            "role": "applicant",
            "action_vi": "Nộp",
            "time_share": 0,
        }
    ]
    share = round(1 / len(stages), 3) if stages else 0
    return rows + [
        {
            "key": f"s{n}",
            "order": n + 1,
            "stage": stage,
            "role": "officer",
            "action_vi": f"{n}",
            "time_share": share,
        }
        for n, stage in enumerate(stages, 1)
    ]


class TestDrafting:
    def test_waits_for_the_signer(self, city):
        dossier = make.drafted(city, procedure=BUSINESS)
        row = get(dossier)
        assert (row.business_state, row.outcome) == (S.RESULT_DRAFTED, "granted")
        signer = next(holder for holder in city.actor("signer", AT).holders if holder.endswith(":sign"))
        assert [item.dossier.public_id for item in queries.worklist(signer)] == [dossier]
        assert StepRun.objects.get(dossier=row, done_at=None).stage == "signing"

    def test_comes_after_the_steps_before_it(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        with pytest.raises(errors.StepsLeft) as refused:
            actions.draft_result(city.act("processor", AT), dossier=dossier)
        assert queries.process_steps(get(dossier))[1].text.vi in refused.value.sentence

    def test_is_a_grant_or_a_denial(self, city):
        dossier = last_step(city)
        with pytest.raises(errors.OutcomeWrong):
            actions.draft_result(city.act("processor", AT), dossier=dossier, outcome="perhaps")
        with pytest.raises(errors.ReasonNeeded):
            actions.draft_result(city.act("processor", AT), dossier=dossier, outcome="denied")
        assert get(dossier).business_state == S.IN_PROCESS

    def test_takes_a_file_of_the_officer_herself(self, city):
        dossier = last_step(city)
        with pytest.raises(FileNotFound):
            actions.draft_result(
                city.act("processor", AT), dossier=dossier, file=make.a_file(city, "citizen")
            )
        actions.draft_result(city.act("processor", AT), dossier=dossier, file=make.a_file(city, "processor"))
        assert get(dossier).result_file_id is not None


class TestADenial:
    def test_is_told_when_it_is_signed_not_before(self, city):
        dossier = make.drafted(city, procedure=BUSINESS, outcome="denied", note=WHY_NOT)
        assert not Letter.objects.filter(dossier=get(dossier), kind="denial").exists()
        assert get(dossier).outcome_reason == WHY_NOT
        actions.approve(city.act("signer", AT), dossier=dossier, number="7/TB")
        letter = Letter.objects.get(dossier=get(dossier), kind="denial")
        assert letter.content["reason"] == WHY_NOT
        assert letter.by == f"account:{city.accounts['signer'].pk}"
        row = get(dossier)
        assert (row.outcome, row.business_state, row.delivery_state) == ("denied", S.RESULT_READY, "ready")

    def test_sent_back_is_forgotten(self, city):
        dossier = make.drafted(city, procedure=BUSINESS, outcome="denied", note=WHY_NOT)
        actions.send_back(city.act("signer", AT), dossier=dossier, remark="Xem lại danh mục ngành nghề mới.")
        row = get(dossier)
        assert (row.outcome, row.outcome_reason, row.result_file_id) == ("", "", None)
        actions.draft_result(city.act("processor", AT), dossier=dossier)
        actions.approve(city.act("signer", AT), dossier=dossier, number="8/GP")
        assert not Letter.objects.filter(dossier=get(dossier), kind="denial").exists()
        assert get(dossier).outcome == "granted"

    def test_is_sealed_at_rest(self, city):
        from django.db import connection

        make.drafted(city, procedure=BUSINESS, outcome="denied", note=WHY_NOT)
        with connection.cursor() as cursor:
            cursor.execute("SELECT outcome_reason FROM dossiers_dossier")
            assert WHY_NOT not in cursor.fetchone()[0]


class TestSigning:
    def test_ends_the_clock_not_the_collection(self, city):
        signed = AT + timedelta(hours=3)
        dossier = make.drafted(city, procedure=BUSINESS)
        actions.approve(city.act("signer", signed), dossier=dossier, number="15/GP")
        row = get(dossier)
        assert (row.clock_state, row.resolved_at, row.result_number) == ("stopped", signed, "15/GP")
        assert row.due_on is not None
        collected = signed + timedelta(days=30)
        actions.hand_over(city.act("receptionist", collected), dossier=dossier)
        row = get(dossier)
        assert rules.worth_of(row.received_at, row.resolved_at, row.due_at) == "early"

    def test_belongs_to_the_signer_alone(self, city):
        dossier = make.drafted(city, procedure=BUSINESS)
        for who in ("processor", "receptionist", "leader", "citizen"):
            with pytest.raises(errors.NotYours):
                actions.approve(city.act(who, AT), dossier=dossier)

    def test_sent_back_lies_on_the_desk_it_came_from(self, city):
        dossier = last_step(city)
        actions.take(city.act("processor", AT), dossier=dossier)
        actions.draft_result(city.act("processor", AT), dossier=dossier)
        actions.send_back(city.act("signer", AT), dossier=dossier, remark="Sửa lại tên người đề nghị.")
        row = get(dossier)
        assert (row.business_state, row.assigned_to_id) == (S.IN_PROCESS, city.accounts["processor"].pk)
        assert not queries.has_more_steps(row)
        remark = queries.letters_of(row)[-1]
        assert remark.kind == "remark" and remark.kind not in queries.ISSUED_TO_APPLICANT


STEPS = {
    "usual": ("reception", "processing", "external", "signing", "reception"),
    "without a signature": ("reception", "processing", "processing", "reception"),
    "others only": ("processing", "external", "external"),
    "two signatures": ("reception", "processing", "signing", "signing", "reception"),
    "more after the signature": ("processing", "processing", "signing", "processing"),
    "one step": ("processing",),
    "signature only": ("signing",),
    "nothing of the unit": ("reception",),
}


@pytest.mark.parametrize("stages", STEPS.values(), ids=STEPS)
def test_every_kind_of_procedure_comes_to_a_result(city, stages):
    slug = make.publish_like("some-steps", steps=steps(*stages))
    made = make.walk_in(city, slug, answers=make.complete(BUSINESS), transfer_now=True)
    dossier, rounds = made["dossier"], 0
    while queries.has_more_steps(get(dossier)):
        actions.advance(city.act("processor", AT), dossier=dossier)
        rounds += 1
        assert rounds < 9
    with pytest.raises(errors.StepIsLast):
        actions.advance(city.act("processor", AT), dossier=dossier)
    actions.draft_result(city.act("processor", AT), dossier=dossier)
    actions.send_back(city.act("signer", AT), dossier=dossier, remark="Bổ sung căn cứ pháp lý.")
    actions.draft_result(city.act("processor", AT), dossier=dossier)
    actions.approve(city.act("signer", AT), dossier=dossier)
    row = get(dossier)
    assert row.business_state == S.RESULT_READY
    assert not StepRun.objects.filter(dossier=row, done_at=None).exists()
    keys = list(StepRun.objects.filter(dossier=row).order_by("pk").values_list("number", flat=True))
    assert keys == sorted(keys) or stages.count("signing")


class TestTakingOver:
    def test_notes_the_number_of_the_system_that_owns_it(self, city):
        dossier = make.in_process(city, procedure=BIRTH)  # the civil status system issues it
        actions.take_over_result(city.act("processor", AT), dossier=dossier, number=" 123/2026 ")
        row = get(dossier)
        assert (row.business_state, row.result_number, row.outcome) == (S.RESULT_READY, "123/2026", "granted")
        assert row.clock_state == "stopped"

    def test_is_not_for_results_made_here(self, city):
        dossier = make.in_process(city, procedure=BUSINESS)
        with pytest.raises(errors.ResultIsOurs):
            actions.take_over_result(city.act("processor", AT), dossier=dossier, number="123/2026")
        assert get(dossier).business_state == S.IN_PROCESS

    @pytest.mark.parametrize("number", ["", "   "])
    def test_needs_the_number(self, city, number):
        dossier = make.in_process(city, procedure=BIRTH)
        with pytest.raises(errors.ResultNumberNeeded):
            actions.take_over_result(city.act("processor", AT), dossier=dossier, number=number)

    def test_tells_a_denial_with_its_reason_where_the_owner_gave_one(self, city):
        told = make.in_process(city, procedure=BIRTH)
        actions.take_over_result(
            city.act("processor", AT), dossier=told, number="TC-1", outcome="denied", note=WHY_NOT
        )
        assert Letter.objects.get(dossier=get(told), kind="denial").content["reason"] == WHY_NOT
        silent = make.in_process(city, procedure=BIRTH)
        actions.take_over_result(city.act("processor", AT), dossier=silent, number="TC-2", outcome="denied")
        assert get(silent).outcome == "denied"
        with pytest.raises(errors.OutcomeWrong):
            another = make.in_process(city, procedure=BIRTH)
            actions.take_over_result(city.act("processor", AT), dossier=another, number="1", outcome="lost")

    def test_may_bring_the_paper_itself(self, city):
        dossier = make.in_process(city, procedure=BIRTH)
        file = make.a_file(city, "processor")
        actions.take_over_result(city.act("processor", AT), dossier=dossier, number="1/2026", file=file)
        assert get(dossier).result_file.public_id == file
