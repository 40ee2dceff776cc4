"""Login names, locks, idleness, ages of passwords."""

from datetime import UTC, date, datetime, timedelta

import pytest

from motcua.accounts import rules

AT = datetime(2026, 8, 21, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0912 345 678", "0912345678"),
        ("+84 912345678", "0912345678"),
        ("An@ViDu.vn ", "an@vidu.vn"),
        ("Nguyen.Van.An", "nguyen.van.an"),
        ("", None),
        ("a b", None),
        ("ai@", None),
        ("nguyễn", None),
        ("x" * 61, None),
    ],
)
def test_a_login_name_has_one_form(typed, stored):
    assert rules.login_name(typed) == stored


@pytest.mark.parametrize(
    ("name", "kind"), [("0912345678", "phone"), ("an@vidu.vn", "email"), ("nguyen.van.an", "username")]
)
def test_the_kind_of_a_login_name(name, kind):
    assert rules.login_kind(name) == kind


def fail(tries, at):
    return rules.after_failure(tries, at, allowed=5, minutes=15)


def test_the_fifth_failure_locks_for_fifteen_minutes():
    tries = rules.Tries()
    for _n in range(4):
        tries = fail(tries, AT)
        assert not tries.locked(AT)
    tries = fail(tries, AT)
    assert tries.locked(AT + timedelta(minutes=14, seconds=59))
    assert not tries.locked(AT + timedelta(minutes=15))


def test_a_failure_while_locked_does_not_lengthen_the_lock():
    locked = rules.Tries(5, AT, AT + timedelta(minutes=15))
    assert fail(locked, AT + timedelta(minutes=10)) == locked


def test_after_the_lock_counting_starts_anew():
    over = fail(rules.Tries(5, AT, AT + timedelta(minutes=15)), AT + timedelta(minutes=16))
    assert (over.count, over.locked_until) == (1, None)


def test_a_day_old_count_is_forgotten():
    assert fail(rules.Tries(4, AT, None), AT + timedelta(hours=25)).count == 1


@pytest.mark.parametrize(
    ("kind", "last", "idle"),
    [
        ("officer", date(2026, 7, 7), False),  # 45 days ago
        ("officer", date(2026, 7, 6), True),
        ("officer", None, True),  # made in January, never used
        ("citizen", date(2020, 1, 1), False),
        ("service", None, False),
    ],
)
def test_officers_accounts_left_for_45_days_are_idle(kind, last, idle):
    assert rules.is_idle(kind, last, date(2026, 1, 5), date(2026, 8, 21), days=45) is idle


@pytest.mark.parametrize(
    ("changed", "administrator", "due"),
    [
        (date(2026, 6, 22), True, False),
        (date(2026, 6, 21), True, True),
        (None, True, True),
        (date(2020, 1, 1), False, False),
    ],
)
def test_administrators_change_their_password_every_two_months(changed, administrator, due):
    assert rules.password_due(changed, date(2026, 8, 21), administrator=administrator) is due


@pytest.mark.parametrize(
    ("password", "resembles"),
    [
        ("NguyenVanAn@123!", True),
        ("0912345678aA!zz", True),
        ("Tre-Song-Vang-Mua-4821", False),
    ],
)
def test_a_password_must_not_carry_the_name(password, resembles):
    assert rules.resembles(password, "0912345678", "Nguyễn Văn An") is resembles


@pytest.mark.parametrize(
    ("name", "problem"),
    [("Nguyễn Văn An", None), (" ", "name_empty"), ("x" * 121, "name_long"), ("<script>", "name_characters")],
)
def test_names_that_cannot_be_shown(name, problem):
    assert rules.display_name_problem(name) == problem


def test_a_recovery_code_forgives_how_it_is_typed():
    assert rules.recovery_form("7k3m-9qx2 v4to") == rules.recovery_form("7K3M9QX2V4T0")
