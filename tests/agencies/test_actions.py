"""Loading leaves dated rows; positions are granted and ended, never rewritten."""

import copy
from datetime import date, timedelta

import pytest

from motcua.agencies import actions, errors, queries, tasks
from motcua.agencies.models import Agency, AgencyChange, Area, Position, Succession
from motcua.foundation.actors import actor_for_account
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine
from motcua.foundation.packs import store
from tests.accounts.factories import AT, act_of, make_account, system_act
from tests.agencies.factories import (
    AGENCIES,
    TODAY,
    administrator_act,
    appointed,
    documents,
    make_province,
    office,
)

pytestmark = pytest.mark.django_db


def changed(code, **values):
    agencies = copy.deepcopy(AGENCIES)
    next(row for row in agencies if row["code"] == code).update(values)
    return agencies


class TestLoading:
    def test_everything_comes_in_once(self):
        first = make_province()
        again = make_province()
        assert (first["areas"]["new"], first["agencies"]["new"], first["successions"]["new"]) == (5, 8, 2)
        assert again["agencies"] == {"new": 0, "changed": []}
        assert (Area.objects.count(), Agency.objects.count(), Succession.objects.count()) == (5, 8, 2)
        assert verify().good

    def test_a_change_leaves_a_dated_row_and_a_line(self):
        make_province()
        told = make_province(
            AT + timedelta(days=1), agencies=changed("qn-bai-chay", name_vi="UBND phường Mới")
        )
        assert told["agencies"]["changed"] == ["qn-bai-chay"]
        row = AgencyChange.objects.get()
        assert (row.field, row.before, row.after, row.on) == (
            "name_vi", "UBND phường Bãi Cháy", "UBND phường Mới", date(2026, 8, 22),
        )  # fmt: skip
        chain = f"agency:{office('qn-bai-chay').public_id}"
        assert list(
            JournalLine.objects.filter(chain=chain).order_by("seq").values_list("verb", flat=True)
        ) == [
            "agency.added",
            "agency.changed",
        ]

    def test_the_tree_of_an_older_day_is_told_as_it_was_known(self):
        make_province()
        make_province(AT + timedelta(days=1), agencies=changed("qn-dat-dai-ha-long", parent="qn-so-xay-dung"))
        agency = office("qn-dat-dai-ha-long").id
        assert [o.code for o in queries.ancestors(agency)] == ["qn-so-xay-dung", "qn-ubnd"]
        assert [o.code for o in queries.ancestors(agency, TODAY)] == ["qn-dat-dai", "qn-ubnd"]

    def test_what_falls_out_of_the_files_is_told_and_stands(self):
        make_province()
        told = make_province(agencies=AGENCIES[:-1])
        assert told["gone"] == ["qn-dat-dai-ha-long"]
        assert queries.by_code("qn-dat-dai-ha-long") is not None

    @pytest.mark.parametrize(
        ("agencies", "where"),
        [
            (changed("qn-bai-chay", parent="khong-co"), "parent khong-co"),
            (changed("qn-ubnd", parent="qn-bai-chay-centre"), "qn-ubnd"),
            (changed("qn-bai-chay", name_vi=""), "name_vi"),
        ],
    )
    def test_a_document_that_cannot_be_changes_nothing(self, agencies, where):
        with pytest.raises(errors.DocumentProblem) as refused:
            make_province(agencies=agencies)
        assert where in refused.value.sentence
        assert not Agency.objects.exists()

    def test_only_administrators_load(self):
        with pytest.raises(errors.NotYours):
            actions.load_documents(act_of(make_account()), documents=documents())

    def test_publishing_packs_fills_the_tables_in_the_same_act(self):
        store.take_in(system_act(), documents=[{**d, "layers": ["tests"]} for d in documents()])
        store.publish_all(system_act())
        assert Agency.objects.count() == 8
        renamed = documents(changed("qn-bai-chay", name_en="Bai Chay"))
        store.take_in(system_act(), documents=[{**d, "layers": ["tests"]} for d in renamed])
        store.publish_all(system_act(AT + timedelta(hours=1)))
        assert office("qn-bai-chay").name("en") == "Bai Chay"
        assert actions.load_from_packs(system_act(AT + timedelta(hours=2)))["agencies"] == {
            "new": 0,
            "changed": [],
        }

    def test_a_document_of_tomorrow_arrives_tomorrow(self):
        tomorrow = AT + timedelta(days=1)
        store.take_in(system_act(), documents=[{**d, "layers": ["tests"]} for d in documents()])
        store.publish_all(system_act(), valid_from=tomorrow)
        assert not Agency.objects.exists()
        actions.load_from_packs(system_act(tomorrow))
        assert Agency.objects.count() == 8

    def test_the_nightly_task_bears_an_empty_house(self):
        tasks.follow_packs()


class TestPositions:
    @pytest.fixture(autouse=True)
    def _province(self):
        make_province()

    def appoint(self, account, code="qn-bai-chay-centre", role="receptionist", act=None, **more):
        return actions.appoint(
            act or system_act(), account=account.public_id, agency=office(code).public_id, role=role, **more
        )

    def test_a_position_opens_what_its_role_holds(self):
        account = appointed("qn-bai-chay-centre", "clerk")
        agency = office("qn-bai-chay-centre").id
        actor = actor_for_account(account.pk, at=AT, account_kind="officer")
        assert actor.has_role("clerk", agency_id=agency)
        assert {
            f"office:{agency}:clerk",
            f"office:{agency}:reception",
            f"account:{account.pk}",
        } == actor.holders

    def test_it_is_journaled_with_the_agency_and_the_account(self):
        account = appointed("qn-bai-chay", "processor")
        for chain in (f"agency:{office('qn-bai-chay').public_id}", f"account:{account.public_id}"):
            assert JournalLine.objects.filter(chain=chain, verb="position.granted").count() == 1
        assert verify().good

    def test_from_and_to_are_whole_days_in_viet_nam(self):
        account = make_account(at=AT)
        self.appoint(account, from_on=date(2026, 8, 24), to_on=date(2026, 8, 25))
        midnight = AT.replace(day=23, hour=17)  # 24 August, 00:00 in Viet Nam
        for moment, holds in (
            (midnight - timedelta(seconds=1), False),
            (midnight, True),
            (midnight + timedelta(days=2, seconds=-1), True),
            (midnight + timedelta(days=2), False),
        ):
            actor = actor_for_account(account.pk, at=moment, account_kind="officer")
            assert actor.has_role("receptionist") is holds

    def test_an_ended_position_ends_at_once_and_stays_on_record(self):
        account = appointed("qn-bai-chay-centre", "receptionist")
        position = Position.objects.get()
        later = AT + timedelta(hours=1)
        actions.end_position(system_act(later), position=position.public_id)
        assert not actor_for_account(account.pk, at=later, account_kind="officer").roles
        assert actor_for_account(account.pk, at=AT, account_kind="officer").has_role("receptionist")
        with pytest.raises(errors.AlreadyEnded):
            actions.end_position(system_act(later), position=position.public_id)

    def test_a_role_is_granted_anew_not_renamed(self):
        account = appointed("qn-bai-chay-centre", "receptionist")
        with pytest.raises(errors.AlreadyHolds):
            self.appoint(account)
        actions.end_position(system_act(AT + timedelta(hours=1)), position=Position.objects.get().public_id)
        self.appoint(account, act=system_act(AT + timedelta(hours=2)))
        assert Position.objects.count() == 2

    @pytest.mark.parametrize(
        ("refusal", "given"),
        [
            (errors.NoSuchRole, {"role": "king"}),
            (errors.AgencyNotThere, {"code": "qn-ha-long-cu"}),
            (errors.DatesInWrongOrder, {"from_on": date(2026, 9, 2), "to_on": date(2026, 9, 1)}),
            (errors.DatesInWrongOrder, {"to_on": date(2026, 8, 20)}),
        ],
    )
    def test_what_cannot_be_is_refused(self, refusal, given):
        with pytest.raises(refusal):
            self.appoint(make_account(at=AT), **given)
        assert not Position.objects.exists()

    def test_citizens_accounts_hold_no_office(self):
        with pytest.raises(errors.NotAnOfficer):
            self.appoint(make_account("0912345678", kind="citizen"))

    def test_administrators_appoint_below_themselves_only(self):
        account = make_account(at=AT)
        self.appoint(account, act=administrator_act("qn-bai-chay"))
        with pytest.raises(errors.NotYours):
            self.appoint(account, code="qn-viet-hung", role="processor", act=administrator_act("qn-bai-chay"))
        self.appoint(account, code="qn-viet-hung", role="processor", act=administrator_act("qn-ubnd"))
        with pytest.raises(errors.NotYours):
            self.appoint(account, role="signer", act=act_of(make_account("khac"), AT))

    def test_nobody_appoints_herself(self):
        account = make_account(at=AT)
        with pytest.raises(errors.OwnPosition):
            self.appoint(account, act=administrator_act(account_id=account.pk))

    def test_the_last_administrator_cannot_be_ended(self):
        appointed("qn-ubnd", "administrator")
        position = Position.objects.get()
        with pytest.raises(errors.LastAdministrator):
            actions.end_position(system_act(AT + timedelta(hours=1)), position=position.public_id)
        appointed("qn-ubnd", "administrator", login_name="thu.hai")
        actions.end_position(system_act(AT + timedelta(hours=1)), position=position.public_id)

    def test_what_an_officer_holds_is_one_query(self, django_assert_num_queries):
        account = appointed("qn-bai-chay-centre", "receptionist")
        for code, role in (("qn-bai-chay", "processor"), ("qn-ubnd", "leader"), ("qn-viet-hung", "head")):
            self.appoint(account, code, role)
        with django_assert_num_queries(1):
            actor = actor_for_account(account.pk, at=AT, account_kind="officer")
        assert len(actor.roles) == 4
