"""One number is one party; nothing known is overwritten silently; a bare declaration opens nothing."""

from dataclasses import replace

import pytest
from django.db import connection, transaction

from motcua.foundation.actors import Actor, actor_for_account
from motcua.foundation.acts import new_act
from motcua.foundation.errors import Refusal
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine
from motcua.kernel.identifiers import parse_card_qr
from motcua.people import actions, errors, queries, rules
from motcua.people.models import Difference, Party, PartyWord
from tests.accounts.factories import AT, act_of, make_account, system_act
from tests.people.factories import HOA, make_organisation, make_party

pytestmark = pytest.mark.django_db

CARD = "022190001234|100123456|Trần Thị Hoa|12051990|Nữ|Tổ 3, Bãi Cháy, Hạ Long, Quảng Ninh|01012022"


def officer_act(role="receptionist"):
    actor = Actor(key="account:900", kind="account", account_id=900, roles=frozenset({(role, 1)}))
    return new_act(actor, at=AT, purpose="tests")


def meet(source="declared", **facts):
    return actions.find_or_create(system_act(), facts={**HOA, **facts}, source=source)


class TestFindOrCreate:
    def test_the_same_number_is_the_same_party(self):
        first = meet()
        again = meet(full_name="TRẦN THỊ HOA")
        assert (first["created"], again["created"]) == (True, False)
        assert first["party"] == again["party"]
        assert again["differences"] == []
        assert Party.objects.count() == 1

    def test_without_a_number_everybody_is_somebody_new(self):
        assert meet(personal_number="")["party"] != meet(personal_number="")["party"]

    def test_a_differing_name_is_told_and_kept_apart(self):
        first = meet()
        again = meet(full_name="Trần Thị Huệ", sex="male")
        assert again["differences"] == ["full_name", "sex"]
        assert again["doubts"] == ["sex_differs"]
        assert queries.party(first["party"]).full_name == "Trần Thị Hoa"
        told = queries.differences(first["party_id"])
        assert [(d.field, d.known, d.said) for d in told] == [
            ("full_name", "Trần Thị Hoa", "Trần Thị Huệ"),
            ("sex", "female", "male"),
        ]

    def test_the_same_difference_is_told_once(self):
        party = meet()
        for _n in range(3):
            meet(full_name="Trần Thị Huệ")
        assert len(queries.differences(party["party_id"])) == 1

    def test_a_card_fills_what_is_missing_and_proves_the_rest(self):
        made = meet(birth_on="", sex="", address="")
        facts = rules.from_card(parse_card_qr(CARD))
        again = actions.find_or_create(officer_act(), facts=facts, source="card")
        party = queries.party(made["party"])
        assert again["differences"] == []
        assert (party.birth_on, party.sex, party.provenance) == ("1990-05-12", "female", "card")

    def test_a_declaration_does_not_lower_what_a_card_proved(self):
        make_party("card")
        assert queries.party(meet()["party"]).provenance == "card"

    def test_a_stranger_cannot_put_her_phone_beside_a_known_number(self):
        made = meet(phone="")
        meet(phone="0987654321")
        assert queries.party(made["party"]).phone == ""
        meet("card", phone="0987654321")
        assert queries.party(made["party"]).phone == "0987654321"

    def test_what_cannot_be_is_told_at_once_and_changes_nothing(self):
        with pytest.raises(errors.BadFacts) as refused:
            meet(personal_number="12", phone="34", full_name="")
        assert [p["field"] for p in refused.value.problems] == ["full_name", "personal_number", "phone"]
        assert all(p["message"] for p in refused.value.problems)
        assert not Party.objects.exists()

    def test_two_at_once_end_as_one_party(self, monkeypatch):
        first = meet()
        real, calls = actions._find, []

        def blind_at_first(said, kind):
            calls.append(1)
            return None if len(calls) == 1 else real(said, kind)

        monkeypatch.setattr(actions, "_find", blind_at_first)
        assert meet()["party"] == first["party"]
        assert Party.objects.count() == 1

    def test_an_organisation_is_found_by_its_tax_code(self):
        one = make_organisation()
        assert make_organisation("Cty Hạ Long Xanh").public_id == one.public_id
        assert queries.by_tax_code("0100109106").public_id == one.public_id

    def test_a_household_business_keeps_its_owners_number_sealed(self):
        one = make_organisation("Quán phở Hoa", "022190001234")
        row = Party.objects.get(pk=one.id)
        assert (row.tax_code, row.number_blind, one.tax_code) == ("", None, "022190001234")
        assert meet()["party"] != one.public_id

    def test_nothing_sealed_stands_in_the_open(self):
        make_party()
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM people_party")
            row = str(cursor.fetchone())
        for secret in ("022190001234", "1990-05-12", "0912345678", "Tổ 3", "female"):
            assert secret not in row
        lines = str(list(JournalLine.objects.values_list("facts", "personal")))
        assert "022190001234" not in lines
        assert "Hoa" not in lines

    def test_an_address_in_parts_comes_back_in_parts(self):
        made = meet(address={"commune_code": "06673", "detail": "Tổ 3"})
        party = queries.party(made["party"])
        assert party.address == {"commune_code": "06673", "detail": "Tổ 3"}
        assert party.address_text == "Tổ 3"
        assert queries.facts_for_prefill(made["party_id"])["applicant.address"] == party.address

    def test_a_declaration_without_a_name_is_refused_other_rubbish_is_left_out(self):
        found = actions.find_or_create.inside(system_act(), facts=HOA)
        with transaction.atomic():
            same = actions.find_or_create_from_answers(system_act(), {**HOA, "email": "x", "phone": "y"})
            with pytest.raises(errors.BadFacts):
                actions.find_or_create_from_answers(system_act(), {"full_name": " "})
        assert (same.party_id, same.differences) == (found["party_id"], ())

    def test_it_costs_few_statements(self, django_assert_max_num_queries):
        act = system_act()
        with django_assert_max_num_queries(8):
            actions.find_or_create_within(act, HOA)
        with django_assert_max_num_queries(1):
            actions.find_or_create_within(act, HOA)


class TestCorrecting:
    def test_an_officer_corrects_and_the_journal_keeps_both_values(self):
        party = make_party()
        actions.correct(
            officer_act(), party=party.public_id, changes={"full_name": "Trần Thị Hòa"}, reason="thẻ"
        )
        assert queries.party(party.public_id).full_name == "Trần Thị Hòa"
        line = JournalLine.objects.get(verb="party.corrected")
        assert set(line.personal) == {"full_name.before", "full_name.after", "reason"}
        assert line.facts == {"fields": ["full_name"]}, (
            "a reason may name people: it is sealed and can be erased"
        )
        assert verify().good

    def test_the_new_name_is_found_and_the_old_is_not(self):
        party = make_party()
        actions.correct(officer_act(), party=party.public_id, changes={"full_name": "Lê Thị Mai"})
        assert [p.public_id for p in queries.by_name("le thi mai")] == [party.public_id]
        assert queries.by_name("tran thi hoa") == []

    def test_a_field_can_be_cleared_but_not_the_name(self):
        party = make_party()
        changes = {"phone": "", "full_name": ""}
        actions.correct(officer_act(), party=party.public_id, changes=changes, reason="Đã xem thẻ")
        now_known = queries.party(party.public_id)
        assert (now_known.phone, now_known.full_name) == ("", "Trần Thị Hoa")
        assert queries.by_phone("0912345678") == []

    def test_a_number_of_somebody_else_is_refused(self):
        make_party()
        other = make_party(personal_number="022190005678", full_name="Lê Thị Mai")
        with pytest.raises(errors.NumberBelongsToAnother):
            actions.correct(
                officer_act(), party=other.public_id, changes={"personal_number": HOA["personal_number"]}
            )
        assert queries.party(other.public_id).personal_number == "022190005678"

    @pytest.mark.parametrize(("role", "reason"), [("processor", "Đã xem thẻ"), ("receptionist", " ")])
    def test_a_known_phone_changes_at_a_one_stop_and_with_its_ground_only(self, role, reason):
        party, other = make_party(), {"phone": "0900000001"}
        with pytest.raises(errors.PhoneNotProven):
            actions.correct(officer_act(role), party=party.public_id, changes=other, reason=reason)
        assert queries.party(party.public_id).phone == "0912345678"
        nobody_yet = make_party(personal_number="022190005678", phone=None)
        actions.correct(officer_act(role), party=nobody_yet.public_id, changes=other, reason=reason)
        actions.correct(officer_act(), party=party.public_id, changes=other, reason="Đã xem thẻ")
        assert queries.party(party.public_id).phone == "0900000001"

    @pytest.mark.parametrize("role", ["helper", "nobody"])
    def test_helpers_and_citizens_correct_nothing(self, role):
        party = make_party()
        for verb, given in (
            (actions.correct, {"party": party.public_id, "changes": {"sex": "male"}}),
            (actions.erase_words, {"party": party.public_id}),
            (actions.merge, {"party": party.public_id, "into": party.public_id}),
            (actions.link_account, {"account": "x", "party": party.public_id}),
        ):
            with pytest.raises(errors.NotForYou):
                verb(officer_act(role), **given)

    @pytest.mark.parametrize(("accept", "name"), [(True, "Trần Thị Huệ"), (False, "Trần Thị Hoa")])
    def test_a_difference_is_settled_once(self, accept, name):
        made = meet()
        meet(full_name="Trần Thị Huệ")
        difference = queries.differences(made["party_id"])[0].public_id
        actions.settle_difference(officer_act(), difference=difference, accept=accept)
        assert queries.party(made["party"]).full_name == name
        assert queries.differences(made["party_id"]) == []
        with pytest.raises(errors.NoSuchDifference):
            actions.settle_difference(officer_act(), difference=difference, accept=accept)


class TestMerge:
    def test_the_old_record_answers_as_the_new(self):
        kept = make_party(phone=None)
        dropped = make_party(personal_number=None, full_name="Trần Hoa")
        actions.merge(officer_act(), party=dropped.public_id, into=kept.public_id)
        assert queries.party(dropped.public_id).id == kept.id
        assert queries.by_name("tran hoa") == queries.by_name("tran thi hoa")
        assert Difference.objects.filter(party_id=kept.id, field="full_name").count() == 1

    def test_the_number_moves_and_is_still_found_once(self):
        kept = make_party(personal_number=None)
        dropped = make_party()
        actions.merge(officer_act(), party=dropped.public_id, into=kept.public_id)
        assert queries.by_number(HOA["personal_number"]).id == kept.id
        assert meet()["party_id"] == kept.id

    def test_two_numbers_are_two_people(self):
        one, other = make_party(), make_party(personal_number="022190005678")
        for into in (other, one):
            with pytest.raises(errors.NotTheSame):
                actions.merge(officer_act(), party=one.public_id, into=into.public_id)


def test_forgetting_the_words_hides_from_name_search_only():
    party = make_party()
    actions.erase_words(officer_act(), party=party.public_id)
    assert queries.by_name("tran thi hoa") == []
    assert not PartyWord.objects.filter(party_id=party.id).exists()
    assert queries.by_number(HOA["personal_number"]).id == party.id


class TestAccounts:
    @pytest.fixture
    def account(self):
        return make_account("0912345678", kind="citizen")

    def holders(self, account):
        return actor_for_account(account.pk, at=AT, account_kind="citizen")

    def test_typing_a_number_opens_nothing(self, account):
        make_party("card", address="Nơi ở bí mật")
        act = act_of(account)
        actions.declare_self(act, account=account.public_id, facts={**HOA, "address": None})
        actor = self.holders(account)
        assert (actor.holders, actor.party_id) == (frozenset({f"account:{account.pk}"}), None)
        known = queries.facts_of_account(account.pk)
        assert known["applicant.full_name"] == "Trần Thị Hoa"
        assert "applicant.address" not in known

    def test_a_card_seen_by_an_officer_opens_it(self, account):
        party = make_party("card")
        actions.link_account(officer_act(), account=account.public_id, party=party.public_id)
        actor = self.holders(account)
        assert f"party:{party.id}" in actor.holders
        assert actor.party_id == party.id
        assert queries.facts_of_account(account.pk)["applicant.address"] == HOA["address"]

    def test_it_ends_when_unlinked(self, account):
        party = make_party("card")
        actions.link_account(officer_act(), account=account.public_id, party=party.public_id)
        actions.unlink_account(officer_act(), account=account.public_id)
        assert self.holders(account).party_id is None

    def test_an_account_speaks_for_one_person(self, account):
        party, other = make_party("card"), make_party(personal_number="022190005678")
        actions.link_account(officer_act(), account=account.public_id, party=party.public_id)
        with pytest.raises(errors.AlreadyLinked):
            actions.link_account(officer_act(), account=account.public_id, party=other.public_id)
        with pytest.raises(errors.AlreadyLinked):
            actions.declare_self(act_of(account), account=account.public_id, facts=HOA)

    def test_the_account_of_an_officer_says_who_she_is_and_opens_nothing(self):
        officer, party = make_account("le.thi.mot.cua", kind="officer"), make_party("card")
        assert queries.oneself(officer.pk) == queries.Oneself()
        actions.declare_self(act_of(officer), account=officer.public_id, facts=HOA)
        assert queries.oneself(officer.pk) == queries.Oneself(None, HOA["personal_number"])
        with pytest.raises(errors.OwnLink):
            own = new_act(replace(officer_act().actor, account_id=officer.pk), at=AT, purpose="tests")
            actions.link_account(own, account=officer.public_id, party=party.public_id)
        actions.link_account(officer_act(), account=officer.public_id, party=party.public_id)
        assert queries.oneself(officer.pk) == queries.Oneself(party.id, HOA["personal_number"])
        actor = actor_for_account(officer.pk, at=AT)
        assert (actor.party_id, [h for h in actor.holders if h.startswith("party:")]) == (None, [])
        assert [each.how for each in queries.accounts_of(party.id)] == ["officer"]

    def test_nobody_takes_her_own_link_away(self, account):
        party = make_party("card")
        actions.link_account(officer_act(), account=account.public_id, party=party.public_id)
        own = new_act(replace(officer_act().actor, account_id=account.pk), at=AT, purpose="tests")
        with pytest.raises(errors.OwnLink):
            actions.unlink_account(own, account=account.public_id)

    def test_nobody_declares_for_another_account(self, account):
        other = make_account("0987654321", kind="citizen")
        with pytest.raises(errors.NotForYou):
            actions.declare_self(act_of(other), account=account.public_id, facts=HOA)

    def test_a_citizens_request_asks_one_query_an_officers_none_here(
        self, account, django_assert_num_queries
    ):
        with django_assert_num_queries(1):
            actor_for_account(account.pk, at=AT, account_kind="citizen")
        with django_assert_num_queries(1):
            actor_for_account(account.pk, at=AT, account_kind="officer")


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "a" * 5000, "\u202eevil", "'; DROP TABLE", "🙂 Hoa"]
)
def test_hostile_names_are_text_or_refused(name):
    try:
        made = meet(full_name=name)
    except Refusal as refused:
        assert refused.code == "people.bad_facts"
    else:
        assert len(queries.party(made["party"]).full_name) <= rules.NAME_MAX
