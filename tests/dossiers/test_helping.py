"""Assisted filing: under the helper's account, by the person's consent, and then the person's alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection

from motcua.agencies import actions as agency_actions
from motcua.agencies import queries as agencies
from motcua.dossiers import actions, consents, errors, queries, rules
from motcua.dossiers.models import Assistance
from motcua.foundation import policy, worker
from motcua.foundation.models import AccessSubject, JournalLine
from motcua.notices import queries as notices
from motcua.people import actions as people
from tests.support.city import CENTRE

from . import factories as make
from .factories import AT, BUSINESS, S, get

pytestmark = pytest.mark.django_db
PHONE = "0912345678"


def begin(city, who="helper", procedure=BUSINESS, phone=PHONE) -> str:
    made = actions.start_helping(
        city.act(who, AT), procedure=procedure, person_name="Nguyễn Thị Lan", phone=phone, agency=CENTRE
    )
    return made["dossier"]


def filled(city, **more) -> str:
    dossier = begin(city, **more)
    actions.save_answers(city.act("helper", AT), dossier=dossier, answers=make.complete(BUSINESS))
    return dossier


def code_sent(dossier: str, at=AT) -> str:
    return re.search(r"\d{6}", notices.last_message(f"dossier:{dossier}", "consent", at=at).text).group()


def other_than(code: str) -> str:
    return "000000" if code != "000000" else "111111"


def consented(city, dossier: str) -> None:
    actions.ask_consent(city.act("helper", AT), dossier=dossier, phone=PHONE)
    actions.confirm_consent(city.act("helper", AT), dossier=dossier, code=code_sent(dossier))


class TestBeginning:
    def test_is_for_those_who_help(self, city):
        for who in ("helper", "receptionist"):
            row = get(begin(city, who))
            assert (row.channel, row.filer_id, row.applicant_id) == ("assisted", None, None)
            assert row.supported_by_id == city.office(CENTRE).id
        for who in ("citizen", "processor", "leader", "admin"):
            with pytest.raises(errors.NotYours):
                begin(city, who)

    def test_takes_nothing_from_the_helpers_own_papers(self, city):
        account = city.accounts["helper"].public_id
        people.declare_self(city.act("helper", AT), account=account, facts={"full_name": "Bùi Thanh Niên"})
        assert queries.answers_of(get(begin(city))) == {}

    def test_is_seen_by_the_helper_alone(self, city):
        dossier = begin(city)
        assert queries.visible_to(city.actor("helper", AT)).get().public_id == dossier
        for who in ("receptionist", "citizen", "leader"):
            assert not queries.visible_to(city.actor(who, AT)).exists()

    def test_keeps_her_name_and_phone_sealed(self, city):
        begin(city)
        with connection.cursor() as cursor:
            cursor.execute("SELECT person_name, phone FROM dossiers_assistance")
            name, phone = cursor.fetchone()
        assert "Lan" not in name and PHONE not in phone
        line = JournalLine.objects.get(verb="dossier.help_started")
        assert "Lan" not in str(line.facts)


class TestConsent:
    def test_by_the_code_on_her_phone(self, city):
        dossier = filled(city)
        with pytest.raises(errors.ConsentNeeded):
            actions.submit(city.act("helper", AT), dossier=dossier)
        actions.ask_consent(city.act("helper", AT), dossier=dossier, phone="+84 912 345 678")
        code = code_sent(dossier)
        wrong = actions.confirm_consent(city.act("helper", AT), dossier=dossier, code=other_than(code))
        assert wrong["consented"] is False
        assert actions.confirm_consent(
            city.act("helper", AT), dossier=dossier, code=f" {code[:3]} {code[3:]}"
        )["consented"]
        actions.submit(city.act("helper", AT), dossier=dossier)
        help_given = Assistance.objects.get()
        assert (help_given.method, help_given.consented_at, help_given.consent_text) == (
            "code", AT, "assisted-filing-2026-11",
        )  # fmt: skip
        assert help_given.code_hash == ""

    def test_by_a_signed_slip_for_whom_has_no_phone(self, city):
        dossier = filled(city, phone="")
        slip = make.a_file(city, "helper")
        actions.hand_in_slip(city.act("helper", AT), dossier=dossier, file=slip)
        actions.submit(city.act("helper", AT), dossier=dossier)
        assert Assistance.objects.get().method == "slip"
        assert get(dossier).business_state == S.SUBMITTED

    def test_a_code_lives_ten_minutes(self, city):
        dossier = filled(city)
        actions.ask_consent(city.act("helper", AT), dossier=dossier, phone=PHONE)
        code, late = code_sent(dossier), AT + timedelta(minutes=10, seconds=1)
        with pytest.raises(errors.WrongConsentCode):
            actions.confirm_consent(city.act("helper", late), dossier=dossier, code=code)
        assert Assistance.objects.get().consented_at is None

    def test_five_wrong_codes_end_it_even_for_the_right_one(self, city):
        dossier = filled(city)
        actions.ask_consent(city.act("helper", AT), dossier=dossier, phone=PHONE)
        code = code_sent(dossier)
        for _ in range(rules.CODE_TRIES_MAX):
            actions.confirm_consent(city.act("helper", AT), dossier=dossier, code=other_than(code))
        with pytest.raises(errors.WrongConsentCode):
            actions.confirm_consent(city.act("helper", AT), dossier=dossier, code=code)
        actions.ask_consent(city.act("helper", AT), dossier=dossier, phone=PHONE)
        assert actions.confirm_consent(city.act("helper", AT), dossier=dossier, code=code_sent(dossier))[
            "consented"
        ]

    def test_nobody_is_showered_with_codes(self, city):
        dossier = filled(city)
        for _ in range(rules.CODES_MAX):
            actions.ask_consent(city.act("helper", AT), dossier=dossier, phone=PHONE)
        with pytest.raises(errors.TooManyCodes):
            actions.ask_consent(city.act("helper", AT), dossier=dossier, phone=PHONE)

    @pytest.mark.parametrize("phone", ["", "12345", "không có"])
    def test_needs_a_phone_that_is_one(self, city, phone):
        with pytest.raises(errors.PhoneNeeded):
            actions.ask_consent(city.act("helper", AT), dossier=filled(city), phone=phone)

    def test_is_no_matter_of_a_dossier_she_files_herself(self, city):
        dossier = make.draft(city)
        with pytest.raises(errors.NotHelped):
            actions.ask_consent(city.act("citizen", AT), dossier=dossier, phone=PHONE)

    def test_is_not_to_be_had_by_others(self, city):
        dossier = filled(city)
        for who in ("receptionist", "citizen"):
            with pytest.raises(errors.DossierNotFound):
                actions.confirm_consent(city.act(who, AT), dossier=dossier, code="123456")


LAN = {"full_name": "Nguyễn Thị Lan", "personal_number": make.PERSON["personal_number"]}
HER_PHONE, ANOTHER = "0987000111", "0900000009"


class TestWhoseConsent:
    """The code goes to the person, not to the phone that somebody types."""

    def known(self, city, **more) -> str:
        """Lan is in the registry; her public id."""
        facts = {**LAN, "phone": HER_PHONE, **more}
        return people.find_or_create(city.act("receptionist", AT), facts=facts, source="card")["party"]

    def begin_for(self, city, number=LAN["personal_number"], name="Nguyễn Thị Lan") -> str:
        act = city.act("helper", AT)
        made = actions.start_helping(
            act, procedure=BUSINESS, person_name=name, personal_number=number, agency=CENTRE
        )
        return made["dossier"]

    def ask(self, city, dossier, phone=ANOTHER, at=AT):
        return actions.ask_consent(city.act("helper", at), dossier=dossier, phone=phone)

    def sent(self, dossier) -> str:
        return notices.last_message(f"dossier:{dossier}", "consent", at=AT).to

    def confirm(self, city, dossier) -> None:
        actions.confirm_consent(city.act("helper", AT), dossier=dossier, code=code_sent(dossier))

    def fill(self, city, dossier, **changes) -> None:
        answers = {**make.complete(BUSINESS), **changes}
        actions.save_answers(city.act("helper", AT), dossier=dossier, answers=answers)

    @pytest.mark.parametrize("phone", [ANOTHER, HER_PHONE, "", "12"])
    def test_a_known_person_is_asked_by_the_phone_that_is_known(self, city, phone):
        party, dossier = self.known(city), self.begin_for(city)
        assert self.ask(city, dossier, phone)["sent_to"] == "known"
        assert self.sent(dossier) == HER_PHONE
        look = AccessSubject.objects.get(subject=f"party:{party}")
        assert (look.entry.page, look.entry.actor) == ("consent", f"account:{city.accounts['helper'].pk}")

    def test_the_number_in_the_declaration_counts_as_much(self, city):
        self.known(city)
        dossier = begin(city, phone="")
        self.fill(city, dossier, **LAN)
        assert self.ask(city, dossier)["sent_to"] == "known"

    def test_a_one_stop_that_saw_her_card_gives_the_code_another_way(self, city):
        party, dossier = self.known(city), self.begin_for(city)
        people.correct(
            city.act("receptionist", AT), party=party, changes={"phone": "0911222333"}, reason="Đã xem thẻ"
        )
        self.ask(city, dossier)
        assert self.sent(dossier) == "0911222333"

    def test_somebody_unknown_is_asked_by_the_phone_that_is_typed(self, city):
        dossier = self.begin_for(city)
        assert self.ask(city, dossier)["sent_to"] == "typed"
        assert self.sent(dossier) == ANOTHER
        self.known(city, personal_number="022196005678", phone=None)  # known, without a phone
        assert self.ask(city, self.begin_for(city, "022196005678"))["sent_to"] == "typed"

    def test_a_number_that_is_none_is_refused(self, city):
        with pytest.raises(errors.HelpedNumberWrong):
            self.begin_for(city, "12345")

    def test_one_phone_speaks_for_few_people_in_a_day(self, city, settings):
        numbers = ["022196001111", "022196002222", "022196003333", "022196004444"]
        drafts = [self.begin_for(city, number, f"Người {number}") for number in numbers]
        for dossier in drafts[:3]:
            self.ask(city, dossier)
        with pytest.raises(errors.PhoneOfMany) as refusal:
            self.ask(city, drafts[3])
        assert "3 người" in refusal.value.sentence
        self.ask(city, drafts[0])  # the same person may be sent another code
        self.ask(city, drafts[3], phone="0900000008")
        self.ask(city, drafts[3], at=AT + timedelta(days=1))
        assert consents.forget_phones(AT.date() + timedelta(days=1)) == 4
        settings.MOTCUA = settings.MOTCUA.model_copy(update={"consent_persons_per_phone": 1})
        with pytest.raises(errors.PhoneOfMany):
            self.ask(city, self.begin_for(city, numbers[0]), at=AT + timedelta(days=1))

    def test_throwing_drafts_away_gives_a_phone_no_more_voices(self, city, settings):
        settings.MOTCUA = settings.MOTCUA.model_copy(update={"consent_persons_per_phone": 1})
        dossier = self.begin_for(city)
        self.ask(city, dossier)
        actions.discard(city.act("helper", AT), dossier=dossier)
        with pytest.raises(errors.PhoneOfMany):
            self.ask(city, self.begin_for(city, "022196005678"))

    def test_a_consent_is_hers_whose_number_it_was_given_for(self, city):
        self.known(city)
        dossier = self.begin_for(city, "022196005678", "Ai Đó")
        self.ask(city, dossier)
        self.confirm(city, dossier)
        self.fill(city, dossier, **LAN)
        assert Assistance.objects.get().consented_at is None
        assert JournalLine.objects.filter(verb="dossier.consent_void").count() == 1
        with pytest.raises(errors.ConsentNeeded):
            actions.submit(city.act("helper", AT), dossier=dossier)
        self.ask(city, dossier)
        assert self.sent(dossier) == HER_PHONE

    def test_a_code_on_its_way_does_not_count_for_the_next_person(self, city):
        self.known(city)
        dossier = self.begin_for(city, "022196005678", "Ai Đó")
        self.ask(city, dossier)
        code = code_sent(dossier)
        self.fill(city, dossier, **LAN)
        with pytest.raises(errors.WrongConsentCode):
            actions.confirm_consent(city.act("helper", AT), dossier=dossier, code=code)

    def test_a_name_alone_opens_no_way_round_the_phone_that_is_known(self, city):
        self.known(city)
        dossier = begin(city)
        self.ask(city, dossier)
        self.confirm(city, dossier)
        self.fill(city, dossier, **LAN)
        assert Assistance.objects.get().consented_at is None

    def test_nor_round_the_number_of_people(self, city, settings):
        settings.MOTCUA = settings.MOTCUA.model_copy(update={"consent_persons_per_phone": 1})
        first, second = begin(city), begin(city)
        for dossier in (first, second):
            self.ask(city, dossier)
            self.confirm(city, dossier)
        self.fill(city, first, personal_number="022196005678")
        consented_at = dict(Assistance.objects.values_list("dossier__public_id", "consented_at"))
        assert consented_at == {first: None, second: AT}

    def test_a_number_filled_in_later_belongs_to_whoever_consented(self, city):
        dossier = begin(city)
        self.ask(city, dossier)
        self.confirm(city, dossier)
        self.fill(city, dossier)
        assert Assistance.objects.get().consented_at == AT
        actions.submit(city.act("helper", AT), dossier=dossier)

    @pytest.mark.parametrize(
        ("known", "how", "phone"),
        [(True, "known", "•••••••111"), (False, "typed", "•••••••009")],
    )
    def test_the_dossier_shows_how_it_was_given(self, city, known, how, phone):
        if known:
            self.known(city)
        dossier = self.begin_for(city)
        assert queries.consent_of(get(dossier)) is None
        self.ask(city, dossier)
        self.confirm(city, dossier)
        self.fill(city, dossier)
        actions.submit(city.act("helper", AT), dossier=dossier)
        given = queries.consent_of(get(dossier))
        assert given == queries.Consent(how, phone, AT)
        assert phone in queries.consent_told(given.how, given.phone)

    def test_a_slip_is_shown_as_one(self, city):
        dossier = self.begin_for(city)
        actions.hand_in_slip(city.act("helper", AT), dossier=dossier, file=make.a_file(city, "helper"))
        assert queries.consent_of(get(dossier)) == queries.Consent("slip", "", AT)
        assert "chữ ký" in queries.consent_told("slip", "")

    def test_neither_number_nor_phone_stands_in_the_open(self, city):
        self.known(city)
        self.ask(city, self.begin_for(city))
        with connection.cursor() as cursor:
            cursor.execute("SELECT personal_number, phone, person_blind FROM dossiers_assistance")
            told = str(cursor.fetchall())
            cursor.execute("SELECT phone_blind, person_blind FROM dossiers_consentphone")
            told += str(cursor.fetchall())
        assert HER_PHONE not in told and LAN["personal_number"] not in told


class TestAfterwards:
    def test_the_helpers_access_ends_with_the_submission(self, city):
        dossier = filled(city)
        consented(city, dossier)
        actions.submit(city.act("helper", AT), dossier=dossier)
        assert not queries.visible_to(city.actor("helper", AT)).exists()
        for verb, said in (("withdraw", {}), ("save_answers", {"answers": {}}), ("submit", {})):
            with pytest.raises(errors.DossierNotFound):
                getattr(actions, verb)(city.act("helper", AT), dossier=dossier, **said)
        assert Assistance.objects.get().ended_at == AT
        assert list(policy.differences()) == []

    def test_a_helper_who_also_receives_sees_it_at_the_desk_only(self, city):
        dossier = begin(city, "receptionist")
        actions.save_answers(city.act("receptionist", AT), dossier=dossier, answers=make.complete(BUSINESS))
        slip = make.a_file(city, "receptionist")
        actions.hand_in_slip(city.act("receptionist", AT), dossier=dossier, file=slip)
        actions.submit(city.act("receptionist", AT), dossier=dossier)
        (grant,) = get(dossier).grants.filter(todo=True)
        assert (grant.role, grant.holder) == ("reception", f"office:{city.office(CENTRE).id}:reception")

    def test_both_see_that_there_was_help(self, city):
        dossier = filled(city)
        consented(city, dossier)
        actions.submit(city.act("helper", AT), dossier=dossier)
        (mine,) = queries.helped_by(city.accounts["helper"].pk)
        assert (mine.dossier.public_id, mine.ended_at) == (dossier, AT)
        assert "answers" in mine.dossier.get_deferred_fields()
        assert queries.assistance_of(get(dossier)).helper_id == city.accounts["helper"].pk

    def test_she_gets_the_reference_on_her_phone(self, city):
        dossier = filled(city)
        consented(city, dossier)
        actions.submit(city.act("helper", AT), dossier=dossier)
        worker.drain()
        worker.drain()
        message = notices.last_message(f"dossier:{dossier}", "filed", at=AT)
        assert get(dossier).reference in message.text
        assert message.to == PHONE
        assert "Lan" not in message.text

    def test_the_person_finds_it_by_her_number_at_reception(self, city):
        answers = make.complete(BUSINESS)
        known = {"full_name": answers["full_name"], "personal_number": answers["personal_number"]}
        party = people.find_or_create(city.act("receptionist", AT), facts=known, source="card")["party"]
        account = city.accounts["other_citizen"].public_id
        people.link_account(city.act("receptionist", AT), account=account, party=party)
        dossier = filled(city)
        consented(city, dossier)
        actions.submit(city.act("helper", AT), dossier=dossier)
        assert not queries.visible_to(city.actor("other_citizen", AT)).exists()
        actions.receive(city.act("receptionist", AT), dossier=dossier)
        assert queries.mine(city.actor("other_citizen", AT))[0].public_id == dossier
        actions.withdraw(city.act("other_citizen", AT), dossier=dossier)

    def test_a_helper_who_leaves_loses_her_drafts(self, city):
        dossier = filled(city)
        (position,) = agencies.positions_of(city.accounts["helper"].pk)
        agency_actions.end_position(city.act("admin", AT), position=position.public_id)
        worker.drain()
        assert Assistance.objects.get().ended_at is not None
        assert not get(dossier).grants.exists()
        assert list(policy.differences()) == []
