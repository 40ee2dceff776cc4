"""Making accounts, signing in, the second step, tokens: what changes and what stays."""

from datetime import timedelta

import pytest

from motcua.accounts import actions, errors, passwords, queries, second_step, tasks
from motcua.accounts.models import Account, ApiToken
from motcua.foundation.actors import ANONYMOUS
from motcua.foundation.acts import new_act
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import ActRecord, JournalLine
from motcua.foundation.time import now
from tests.accounts.factories import AT, PASSWORD, act_of, enrol, make_account, system_act

pytestmark = pytest.mark.django_db


def verbs(account):
    return list(
        JournalLine.objects.filter(chain=f"account:{account.public_id}").values_list("verb", flat=True)
    )


def anonymous_act(at=AT):
    return new_act(ANONYMOUS, at=at, purpose="tests")


def test_anybody_registers_as_a_citizen():
    act = anonymous_act()
    made = actions.create_account(act, login_name="+84912345678", display_name="Trần Thị Hoa", kind="citizen")
    account = queries.account(made["account"])
    assert (account.login_name, account.kind, account.must_use_totp) == ("0912345678", "citizen", False)
    assert verbs(account) == ["account.created"]


def test_only_administrators_make_officers():
    with pytest.raises(errors.NotAllowed):
        actions.create_account(anonymous_act(), login_name="an.vidu", display_name="An", kind="officer")
    assert not Account.objects.exists()


def test_the_same_act_twice_makes_one_account():
    act = system_act(act_id="same")
    password = actions.encoded_password(PASSWORD, act)
    given = {"login_name": "an.vidu", "display_name": "An", "kind": "officer", "password": password}
    first = actions.create_account(act, **given)
    again = actions.create_account(act, **{**given, "password": actions.encoded_password(PASSWORD, act)})
    assert again["account"] == first["account"]
    assert again["replayed"]


def test_a_login_name_is_given_once_in_any_spelling():
    make_account("0912345678", kind="citizen")
    with pytest.raises(errors.LoginNameTaken):
        make_account("+84 912 345 678", kind="citizen")


def test_names_never_enter_the_journal_in_the_open():
    account = make_account("an.vidu", display_name="Nguyễn Bí Mật")
    line = JournalLine.objects.get(chain=f"account:{account.public_id}")
    assert "Bí Mật" not in str(line.facts)
    assert set(line.personal) == {"login_name", "display_name"}
    assert verify().good


def test_no_password_is_kept_with_the_act():
    make_account()
    assert PASSWORD not in str(list(ActRecord.objects.values()))


class TestPasswords:
    def accept(self, password, *, second_factor=False, earlier=()):
        return passwords.accepted(
            system_act(),
            password,
            login_name="0912345678",
            display_name="Nguyễn Văn An",
            second_factor=second_factor,
            earlier=earlier,
        )

    def test_fourteen_of_four_kinds_alone(self):
        assert self.accept(PASSWORD)
        for weak in ("Ngan-1a", "chithuongkhonghoaso", "Tre-Song-Vang"):
            with pytest.raises(errors.WeakPassword):
                self.accept(weak)

    def test_eight_are_enough_with_a_second_factor(self):
        assert self.accept("trevang9", second_factor=True)
        with pytest.raises(errors.WeakPassword):
            self.accept("tre9", second_factor=True)

    def test_common_ones_and_ones_own_name_are_refused_with_every_reason(self):
        with pytest.raises(errors.WeakPassword) as refused:
            self.accept("nguyenvanan", second_factor=False)
        assert len(refused.value.problems) >= 2
        with pytest.raises(errors.WeakPassword):
            self.accept("password123", second_factor=True)

    def test_one_used_before_is_refused(self):
        account = make_account()
        act = act_of(account)
        actions.change_password(act, account=account.public_id, password=passwords.encoded("x", act))
        account.refresh_from_db()
        with pytest.raises(errors.WeakPassword):
            self.accept(PASSWORD, earlier=passwords.earlier_than(account))

    def test_only_ten_are_remembered(self):
        account = make_account()
        for number in range(12):
            act = act_of(account)
            actions.change_password(
                act, account=account.public_id, password=passwords.encoded(f"p{number}", act)
            )
        account.refresh_from_db()
        assert account.passwords_used.count() == 10
        assert len(passwords.earlier_than(account)) == 10

    def test_nobody_changes_that_of_another(self):
        one, other = make_account("mot.nguoi"), make_account("nguoi.khac")
        with pytest.raises(errors.NotAllowed):
            actions.change_password(act_of(one), account=other.public_id, password="x")

    def test_suggestions_meet_the_rule(self):
        for _n in range(20):
            assert self.accept(passwords.suggestion())


class TestSignIn:
    def sign_in(self, account, at=None):
        return actions.sign_in(act_of(account, at), account=account.public_id, door="local")

    def test_it_is_journaled_and_the_day_kept(self):
        account = make_account(at=AT)
        self.sign_in(account, AT)
        account.refresh_from_db()
        assert str(account.last_used_on) == "2026-08-21"
        assert verbs(account) == ["account.created", "account.signed_in"]

    def test_five_failures_lock_and_fifteen_minutes_open(self):
        account = make_account(at=AT)
        for _n in range(4):
            assert not actions.note_failure(anonymous_act(), login_name=account.login_name)["locked_until"]
        assert actions.note_failure(anonymous_act(), login_name=account.login_name)["locked_until"]
        with pytest.raises(errors.Locked) as refused:
            self.sign_in(account, AT)
        assert "10:15" in refused.value.way_out
        self.sign_in(account, AT + timedelta(minutes=15))
        assert queries.tries(account.login_name).count == 0
        assert verbs(account)[-2:] == ["account.locked", "account.signed_in"]

    def test_a_name_nobody_has_locks_just_the_same(self):
        for _n in range(5):
            done = actions.note_failure(anonymous_act(), login_name="khong.co.ai")
        assert done["locked_until"]

    def test_an_administrator_opens_a_lock(self):
        account = make_account(at=AT)
        for _n in range(5):
            actions.note_failure(anonymous_act(), login_name=account.login_name)
        actions.clear_lock(system_act(), account=account.public_id)
        self.sign_in(account, AT)

    def test_a_disabled_account_stays_out_and_its_tokens_end(self):
        account = make_account(at=AT)
        raw, _kept = actions.issue_token(system_act(), account=account.public_id, scopes=["dossiers:read"])
        actions.disable_account(system_act(), account=account.public_id)
        with pytest.raises(errors.SwitchedOff):
            self.sign_in(account, AT)
        assert queries.token_holder(raw, at=AT) is None
        actions.enable_account(system_act(), account=account.public_id)
        self.sign_in(account, AT)

    def test_an_officer_away_for_46_days_is_told_why(self, settings):
        settings.MOTCUA = settings.MOTCUA.model_copy(update={"simulation": False})
        account = make_account(at=AT)
        with pytest.raises(errors.LeftIdle):
            self.sign_in(account, AT + timedelta(days=46))
        self.sign_in(account, AT + timedelta(days=45))

    def test_the_nightly_task_switches_idle_officers_off(self, settings):
        settings.MOTCUA = settings.MOTCUA.model_copy(update={"simulation": False})
        idle = make_account("lau.khong.dung", at=now() - timedelta(days=46))
        used = make_account("dang.dung", at=now() - timedelta(days=46))
        self.sign_in(used, now() - timedelta(days=45))
        make_account("0912345678", kind="citizen", at=now() - timedelta(days=46))
        tasks.disable_idle()
        assert list(Account.objects.filter(is_active=False)) == [idle]
        idle.refresh_from_db()
        assert idle.disabled_why == "idle"

    def test_nobody_signs_in_for_another(self):
        one, other = make_account("mot.nguoi"), make_account("nguoi.khac")
        with pytest.raises(errors.NotAllowed):
            actions.sign_in(act_of(one), account=other.public_id, door="local")


class TestSecondStep:
    def test_a_code_is_good_once(self):
        account = make_account(at=AT)
        enrol(account, AT)
        later = AT + timedelta(minutes=5)
        code = second_step.present_code(account, later)
        assert actions.use_code(act_of(account, later), account=account.public_id, code=code)["passed"]
        assert not actions.use_code(act_of(account, later), account=account.public_id, code=code)["passed"]

    def test_an_old_or_foreign_code_is_refused(self):
        account = make_account(at=AT)
        enrol(account, AT)
        old = second_step.present_code(account, AT + timedelta(minutes=5))
        later = AT + timedelta(minutes=8)
        for code in (old, "", "abcdef", "12345", "１２３４５６"):
            assert not actions.use_code(act_of(account, later), account=account.public_id, code=code)[
                "passed"
            ]

    def test_a_recovery_code_is_good_once(self):
        account = make_account(at=AT)
        enrol(account, AT)
        codes = second_step.new_recovery_codes()
        hashes = [second_step.recovery_hash(account.public_id, code) for code in codes]
        actions.replace_recovery_codes(act_of(account), account=account.public_id, recovery_hashes=hashes)
        hashed = second_step.recovery_hash(account.public_id, codes[0].lower())
        first = actions.use_recovery_code(act_of(account), account=account.public_id, code_hashes=[hashed])
        assert (first["passed"], first["left"]) == (True, 9)
        again = actions.use_recovery_code(act_of(account), account=account.public_id, code_hashes=[hashed])
        assert not again["passed"]

    def test_a_lost_phone_is_reset_by_an_administrator_only(self):
        account, other = make_account("mot.nguoi"), make_account("nguoi.khac")
        enrol(account)
        with pytest.raises(errors.NotAllowed):
            actions.reset_totp(act_of(other), account=account.public_id)
        actions.reset_totp(system_act(), account=account.public_id)
        account.refresh_from_db()
        assert (account.totp_secret, account.totp_confirmed_at) == ("", None)

    def test_the_secret_is_sealed_at_rest(self):
        account = make_account()
        secret = enrol(account)
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT totp_secret FROM accounts_account WHERE id = %s", [account.pk])
            assert secret not in cursor.fetchone()[0]


class TestTokens:
    def test_only_the_hash_is_kept(self):
        account = make_account("ket.noi", kind="service", password="")
        raw, kept = actions.issue_token(
            system_act(), account=account.public_id, scopes=["dossiers:read", "dossiers:write"], days=30
        )
        assert raw not in str(list(ApiToken.objects.values()))
        holder = queries.token_holder(raw, at=AT)
        assert (holder.account_id, holder.scopes) == (account.pk, {"dossiers:read", "dossiers:write"})
        assert raw.startswith(kept["prefix"])

    def test_it_expires_and_can_be_revoked(self):
        account = make_account("ket.noi", kind="service", password="")
        raw, _kept = actions.issue_token(
            system_act(), account=account.public_id, scopes=["files:read"], days=30
        )
        assert queries.token_holder(raw, at=AT + timedelta(days=30)) is None
        raw, kept = actions.issue_token(system_act(), account=account.public_id, scopes=["files:read"])
        actions.revoke_token(system_act(), token=kept["prefix"])
        assert queries.token_holder(raw, at=AT) is None
        with pytest.raises(errors.NoSuchToken):
            actions.revoke_token(system_act(), token=kept["prefix"])

    @pytest.mark.parametrize("scopes", [[], ["all"], ["dossiers:read", "x"]])
    def test_unknown_scopes_are_told(self, scopes):
        account = make_account()
        with pytest.raises(errors.NoSuchScope):
            actions.issue_token(system_act(), account=account.public_id, scopes=scopes)

    def test_officers_make_none_for_themselves(self):
        account = make_account()
        with pytest.raises(errors.NotAllowed):
            actions.issue_token(act_of(account), account=account.public_id, scopes=["files:read"])

    @pytest.mark.parametrize("raw", ["", "mc_", "abc", "mc_" + "x" * 43, "x" * 5000])
    def test_rubbish_is_nobodys(self, raw):
        assert queries.token_holder(raw, at=AT) is None


def test_what_is_only_a_means_is_forgotten():
    account = make_account(at=AT)
    given = {"account": account.public_id, "path": "/", "fields": {"a": ["b"]}, "files": []}
    for _n in range(7):
        actions.hold_post(act_of(account, AT), **given)
    assert account.held_posts.count() == 5
    actions.note_failure(anonymous_act(), login_name="khong.co.ai")
    assert actions.forget_old(system_act(AT + timedelta(hours=3)))["forms"] == 0
    told = actions.forget_old(system_act(AT + timedelta(hours=25)))
    assert (told["forms"], told["counts"]) == (5, 1)
    tasks.forget_old()
