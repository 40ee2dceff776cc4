"""What must hold of the settings, beyond their types: the floors of level 3, the secrets, the places.

Each check returns sentences, Vietnamese / English; nothing here raises, so that all problems are told at
once.
"""

import base64
import binascii
import ipaddress
import re
from typing import TYPE_CHECKING

from motcua.kernel.addresses import is_safe_address

if TYPE_CHECKING:
    from .settings_object import Settings

# NĐ 331/2026 with TCVN 14423:2026: 5.8.2.1 logs of a level-3 system are kept three months at least;
# x.5.2.2 a screen locks after 15 idle minutes (administrators 5), an account after 5 failures.
LOG_MONTHS_LEAST = 3
IDLE_MINUTES_MOST = 15
IDLE_MINUTES_ADMIN_MOST = 5
LOCKOUT_FAILURES_MOST = 5

SECRET_KEY_CHARACTERS_LEAST = 50
KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,15}")


def key_problem(name: str, encoded: str) -> str | None:
    """Return why one encoded key cannot be used, or None. A key is 32 bytes in base64.

    Its id stands in front of every sealed value, with a dot or a colon behind it.
    """
    if not KEY_ID.fullmatch(name):
        return (
            f"tên khóa “{name}” chỉ gồm chữ không dấu, số, - và _, nhiều nhất 15 ký tự"
            f" / key id '{name}': letters, digits, - and _, at most 15"
        )
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return f"khóa “{name}” không phải base64 / key '{name}' is not base64"
    if len(raw) != 32:
        return (
            f"khóa “{name}” dài {len(raw)} byte, cần đúng 32"
            f" / key '{name}' has {len(raw)} bytes, exactly 32 are needed"
        )
    return None


def network_problem(text: str) -> str | None:
    """Return why a trusted proxy cannot be read, or None."""
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return f"“{text}” không phải địa chỉ mạng / '{text}' is not a network address"
    return None


def level_three(settings: "Settings") -> list[str]:
    """Check the figures that the law bounds."""
    problems = []
    if settings.log_retention_months < LOG_MONTHS_LEAST:
        problems.append(
            f"MOTCUA_LOG_RETENTION_MONTHS: là {settings.log_retention_months}, cấp độ 3 phải lưu ít nhất"
            f" {LOG_MONTHS_LEAST} tháng / is {settings.log_retention_months}, level 3 keeps logs at least"
            f" {LOG_MONTHS_LEAST} months"
        )
    for name, value, most in (
        ("SESSION_IDLE_MINUTES", settings.session_idle_minutes, IDLE_MINUTES_MOST),
        ("SESSION_IDLE_MINUTES_ADMIN", settings.session_idle_minutes_admin, IDLE_MINUTES_ADMIN_MOST),
        ("LOCKOUT_FAILURES", settings.lockout_failures, LOCKOUT_FAILURES_MOST),
    ):
        if value > most:
            problems.append(
                f"MOTCUA_{name}: là {value}, cấp độ 3 cho phép nhiều nhất {most}"
                f" / is {value}, level 3 allows at most {most}"
            )
    return problems


def secrets(settings: "Settings") -> list[str]:
    """Check that every key is there and that the active ones are among them."""
    problems = []
    if len(settings.secret_key) < SECRET_KEY_CHARACTERS_LEAST:
        problems.append(
            f"MOTCUA_SECRET_KEY: thiếu hoặc ngắn hơn {SECRET_KEY_CHARACTERS_LEAST} ký tự"
            f" / missing or shorter than {SECRET_KEY_CHARACTERS_LEAST} characters"
        )
    for what, keys, active in (
        ("DATA_KEY", settings.data_keys, settings.data_key_active),
        ("INDEX_KEY", settings.index_keys, settings.index_key_active),
    ):
        if not keys:
            problems.append(f"MOTCUA_{what}S: chưa có khóa nào / no key is given")
        elif active not in keys:
            known = ", ".join(sorted(keys))
            problems.append(
                f"MOTCUA_{what}_ACTIVE: “{active}” không có trong {known} / '{active}' is not among {known}"
            )
    return problems


def places(settings: "Settings") -> list[str]:
    """Check that the packs are where the settings say."""
    folder = settings.packs_dir
    if not folder.is_dir():
        return [f"MOTCUA_PACKS_DIR: không có thư mục {folder} / there is no folder {folder}"]
    return [
        f"MOTCUA_LAYERS: không thấy lớp “{layer}” trong {folder} / layer '{layer}' is not in {folder}"
        for layer in settings.layers
        if not (folder / layer).is_dir()
    ]


def outside(settings: "Settings") -> list[str]:
    """Check the addresses that our keys are sent to."""
    problems = chat_channel(settings)
    if not settings.assistant_model_url:
        return problems
    if not is_safe_address(settings.assistant_model_url):
        problems.append(
            "MOTCUA_ASSISTANT_MODEL_URL: phải là https://, hoặc http:// trên chính máy này"
            " / must be https://, or http:// on this very machine"
        )
    if not settings.assistant_model_name:
        problems.append("MOTCUA_ASSISTANT_MODEL_NAME: thiếu tên mô hình / the name of the model is missing")
    return problems


def chat_channel(settings: "Settings") -> list[str]:
    """Check that a chat channel that is opened has its secrets, and where they are sent to."""
    if not settings.zalo_app_id:
        return []
    names = ("webhook_secret", "app_secret", "refresh_token")
    problems = [
        f"MOTCUA_ZALO_{name.upper()}: thiếu, vì kênh Zalo đã bật / is missing, for the Zalo channel is open"
        for name in names
        if not getattr(settings, f"zalo_{name}")
    ]
    return problems + [
        f"MOTCUA_ZALO_{name.upper()}: phải là https://, hoặc http:// trên chính máy này"
        " / must be https://, or http:// on this very machine"
        for name in ("api_url", "oauth_url")
        if not is_safe_address(getattr(settings, f"zalo_{name}"))
    ]


def production(settings: "Settings") -> list[str]:
    """Check what only a trial may leave open."""
    if settings.env != "production":
        return []
    problems = []
    if settings.debug:
        problems.append("MOTCUA_DEBUG: phải tắt khi vận hành thật / must be off in production")
    if "*" in settings.allowed_hosts:
        problems.append("MOTCUA_ALLOWED_HOSTS: phải liệt kê tên miền / name the hosts, not *")
    if not settings.base_url.startswith("https://"):
        problems.append(
            "MOTCUA_BASE_URL: phải là https:// khi vận hành thật / must be https:// in production"
        )
    if settings.simulation:
        # a simulation shows one-time codes and other people's messages: with real people that is no second factor
        problems.append("MOTCUA_SIMULATION: phải là false khi vận hành thật / must be false in production")
    if not settings.trusted_proxies:
        # without it every caller has the proxy's address, so that one shares the limits of all
        problems.append(
            "MOTCUA_TRUSTED_PROXIES: phải nêu địa chỉ proxy TLS ở phía trước / name the TLS proxy in front"
        )
    if settings.sqlite_synchronous != "FULL":
        problems.append(
            "MOTCUA_SQLITE_SYNCHRONOUS: phải là FULL khi vận hành thật / must be FULL in production"
        )
    return problems


def all_problems(settings: "Settings") -> list[str]:
    """Return every sentence of every check."""
    return [
        *level_three(settings),
        *secrets(settings),
        *places(settings),
        *outside(settings),
        *production(settings),
    ]
