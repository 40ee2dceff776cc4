"""Passwords: judged while they are plain, handed on only encoded. A plain password never reaches an action."""

from __future__ import annotations

import secrets
from types import SimpleNamespace

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from motcua.accounts import errors, rules
from motcua.accounts.models import Account
from motcua.foundation.acts import Act
from motcua.foundation.crypto import blind

# Short plain words that everybody can type without tones. Four of them and four digits make about 40 bits: plenty
# against ten tries a minute and a slow hash.
_WORDS = (
    "am ban bay bien bong buoi cam canh cau cay che chim chuoi com cua cuc dat dau dem den dieu dinh doi "
    "dong duong gao ghe gio goi gung hat hoa hong khe khoai khoi kim la lang lau lua luoi mai man may men "
    "mit mo mua muoi nang nau nghe ngo ngoc nhac nhan nho non nui nuoc oi ong quat que rau ren rong rung "
    "ruou sang sao sen song suoi suong tam tao thac than thom thuyen tieng tim tram trang trau tre trong "
    "tuyet vai vang vuon xanh xoai xuan"
)
_SUGGESTED = tuple(_WORDS.split())


def encoded(password: str, act: Act) -> str:
    """The password as it is stored. The salt follows from the act, so that the same act repeated has the same body."""
    return make_password(
        password, salt=blind("password-salt", f"{act.actor.key}|{act.act_id}").partition(":")[2][:32]
    )


def accepted(
    act: Act,
    password: str,
    *,
    login_name: str,
    display_name: str,
    second_factor: bool,
    earlier: tuple[str, ...] = (),
) -> str:
    """The encoded password when it may be used. Raises WeakPassword with everything that is wrong with it.

    Level 3: eight characters with a second factor, fourteen of four kinds without; not one of `earlier` (encoded).
    """
    problems = []
    try:
        validate_password(password, SimpleNamespace(has_second_factor=second_factor))
    except ValidationError as found:
        problems += found.messages
    if rules.resembles(password, login_name, display_name):
        problems.append(_("Mật khẩu không được chứa tên hoặc tên đăng nhập của bạn."))
    if any(check_password(password, old) for old in earlier):
        problems.append(_("Mật khẩu này đã dùng trước đây. Hãy chọn mật khẩu chưa từng dùng."))
    if problems:
        raise errors.weak(problems)
    return encoded(password, act)


def earlier_than(account: Account) -> tuple[str, ...]:
    """The encoded passwords that may not come back: the present one and those before it, ten in all."""
    used = account.passwords_used.order_by("-until_at").values_list("password", flat=True)
    return (account.password, *used[: rules.ADMIN_PASSWORD_HISTORY - 1]) if account.password else ()


def fits(account: Account | None, password: str) -> bool:
    """Whether the password is that of the account. Takes equally long when there is no such account."""
    if account is None or not account.has_usable_password():
        make_password(password)
        return False
    return check_password(password, account.password)


def suggestion() -> str:
    """A password that meets the rule and can be copied by hand, such as `Tre-Song-Vang-Mua-4821`."""
    words = "-".join(secrets.choice(_SUGGESTED).capitalize() for _count in range(4))
    return f"{words}-{secrets.randbelow(9000) + 1000}"
