"""The one settings object: read once, checked whole, every problem told at once.

Values come, strongest first, from the environment (`MOTCUA_...`, and `DATABASE_URL`), from
`var/motcua.env`, from the secrets file, and from the defaults below. `docs/operating/settings.md` is
generated from this class by `motcua settings reference`.
"""

import base64
import binascii
import ipaddress
import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from . import paths, secret_files

LOG_RETENTION_FLOOR_MONTHS = (
    3  # NĐ 331/2026, TCVN 14423:2026 5.8.2.1: level 3 keeps its logs at least three months
)
SESSION_IDLE_CEILING_MINUTES = 15  # TCVN 14423:2026 x.5.2.2: lock after 15 minutes, administrators after 5
SESSION_IDLE_ADMIN_CEILING_MINUTES = 5
LOCKOUT_CEILING = 5  # TCVN 14423:2026 x.5.2.2: five failures for business software

CommaList = Annotated[tuple[str, ...], NoDecode]


def _problem(vi: str, en: str) -> ValueError:
    return ValueError(f"{vi} / {en}")


def _key_problem(name: str, encoded: str) -> str | None:
    """Return why one encoded key cannot be used (both languages), or None. Keys are 32 bytes in base64."""
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return f"khóa “{name}” không phải base64 / key '{name}' is not base64"
    if len(raw) != 32:
        return f"khóa “{name}” dài {len(raw)} byte, cần đúng 32 / key '{name}' has {len(raw)} bytes, 32 are needed"
    return None


class Settings(BaseSettings):
    """Everything an operator may set. Frozen: a running program never changes its settings."""

    model_config = SettingsConfigDict(
        env_prefix="MOTCUA_", extra="ignore", frozen=True, env_ignore_empty=True, env_file_encoding="utf-8"
    )

    # What kind of installation this is
    env: Literal["local", "production", "test"] = Field(
        "local",
        description="`production` demands given secrets, HTTPS cookies and host names; `local` makes its own secrets.",
    )
    simulation: bool = Field(
        True,
        description="Mark every page, print and export with “MÔ PHỎNG”. Production must say no on purpose.",
    )
    debug: bool = Field(False, description="Show program errors in the browser. Never in production.")
    base_url: str = Field(
        "http://127.0.0.1:8000",
        description="The public address of this site; links in letters and messages start with it.",
    )
    allowed_hosts: CommaList = Field(
        ("127.0.0.1", "localhost", "[::1]"),
        description="Host names this site answers to, separated by commas.",
    )
    trusted_proxies: CommaList = Field(
        (),
        description="Addresses or networks of our own proxies; only they may tell the caller's address and HTTPS.",
    )

    # Where things lie
    var: Path = Field(
        default_factory=paths.default_var,
        description="Folder for the SQLite file, stored files, logs, secrets and `motcua.env`.",
    )
    packs_dir: Path = Field(default_factory=paths.default_packs, description="Folder of the packs.")
    layers: CommaList = Field(
        ("national", "quang-ninh-ha-long"), description="Pack layers that lie over each other, lowest first."
    )
    database_url: str = Field(
        "",
        validation_alias="DATABASE_URL",
        description="`postgres://user:password@host/name`; empty means the SQLite file `var/motcua.sqlite3`.",
    )
    sqlite_synchronous: Literal["FULL", "NORMAL", "OFF"] = Field(
        "FULL",
        description="SQLite's care at a commit. NORMAL may lose acknowledged acts when the power fails; OFF is for tests.",
    )
    database_connection_seconds: int = Field(
        600, ge=0, description="How long a PostgreSQL connection is kept open for the next request."
    )

    # Secrets
    secrets_file: Path | None = Field(
        None,
        description="JSON file (mode 0600) with the keys below, as `motcua settings new-secrets` prints it.",
    )
    secret_key: str = Field(
        "", repr=False, description="Signs cookies and form tokens; at least 50 characters."
    )
    data_keys: dict[str, str] = Field(
        default_factory=dict,
        repr=False,
        description="Keys for data at rest: key id → 32 bytes in base64 (JSON).",
    )
    data_key_active: str = Field("", description="Id of the data key that new values are sealed with.")
    index_keys: dict[str, str] = Field(
        default_factory=dict,
        repr=False,
        description="Keys of the blind index: version → 32 bytes in base64 (JSON).",
    )
    index_key_active: str = Field(
        "", description="Version of the blind-index key that new values are indexed with."
    )

    # Messages out
    email_url: str = Field(
        "", description="`smtp://user:password@host:587/?tls=true`; empty keeps e-mail in `var/mail/`."
    )
    email_from: str = Field("Một Cửa <khong-tra-loi@localhost>", description="Sender of our e-mail.")
    sms_url: str = Field(
        "",
        description="Address of the SMS connector; empty keeps messages in the outbox, where officers can read them.",
    )

    # Logs
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")
    log_format: Literal["json", "plain"] = Field(
        "json", description="`json` for the central log, `plain` for eyes."
    )
    log_retention_months: int = Field(
        12,
        description=f"Months that logs and the access log are kept; the law's floor is {LOG_RETENTION_FLOOR_MONTHS}.",
    )

    # Sessions and sign-in
    session_idle_minutes: int = Field(
        15, ge=1, description=f"Idle minutes before the screen locks; at most {SESSION_IDLE_CEILING_MINUTES}."
    )
    session_idle_minutes_admin: int = Field(
        5, ge=1, description=f"The same for administrators; at most {SESSION_IDLE_ADMIN_CEILING_MINUTES}."
    )
    session_hours_max: int = Field(12, ge=1, le=24, description="Hours after which everybody signs in again.")
    lockout_failures: int = Field(
        5, ge=1, description=f"Failed sign-ins before an account is locked; at most {LOCKOUT_CEILING}."
    )
    lockout_minutes: int = Field(15, ge=5, description="Minutes a lock lasts.")
    idle_account_days: int = Field(
        45, ge=1, le=45, description="Days without sign-in after which an officer's account is disabled."
    )

    # Uploads (bytes are counted while they arrive)
    upload_file_mb: int = Field(
        20, ge=1, le=200, description="Largest single file, in MB; a paper may set less."
    )
    upload_request_mb: int = Field(60, ge=1, le=600, description="Largest request, in MB.")
    disk_reserve_mb: int = Field(
        200,
        ge=0,
        description="Free space, in MB, below which uploads are refused so that acts can still be stored.",
    )

    # Rates, per minute; a table counts them, so that they hold over all processes
    rate_track_per_minute: int = Field(20, ge=1, description="Tracking look-ups from one address.")
    rate_login_per_minute: int = Field(10, ge=1, description="Sign-in tries from one address.")
    rate_code_per_minute: int = Field(
        5, ge=1, description="One-time codes sent to one phone or for one person."
    )
    rate_submit_per_minute: int = Field(10, ge=1, description="Submissions by one account.")
    rate_search_per_minute: int = Field(120, ge=1, description="Searches from one address.")
    rate_api_per_minute: int = Field(1200, ge=1, description="API calls with one token.")

    @classmethod
    def settings_customise_sources(
        cls, settings_cls, init_settings, env_settings, dotenv_settings, file_secret_settings
    ):
        """Read the environment, then `var/motcua.env`, then the secrets file, then the defaults."""
        return init_settings, env_settings, dotenv_settings, secret_files.SecretsSource(settings_cls)

    @field_validator("allowed_hosts", "trusted_proxies", "layers", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for part in value:
            try:
                ipaddress.ip_network(part, strict=False)
            except ValueError:
                raise _problem(
                    f"“{part}” không phải địa chỉ mạng", f"'{part}' is not a network address"
                ) from None
        return value

    @field_validator("base_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise _problem("phải bắt đầu bằng http:// hoặc https://", "must start with http:// or https://")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if value and not value.startswith(("postgres://", "postgresql://", "sqlite://")):
            raise _problem(
                "chỉ hỗ trợ postgres:// và sqlite://", "only postgres:// and sqlite:// are supported"
            )
        return value

    @field_validator("log_retention_months")
    @classmethod
    def _retention(cls, value: int) -> int:
        if value < LOG_RETENTION_FLOOR_MONTHS:
            raise _problem(
                f"hệ thống cấp độ 3 phải lưu nhật ký ít nhất {LOG_RETENTION_FLOOR_MONTHS} tháng",
                f"a level-3 system keeps its logs at least {LOG_RETENTION_FLOOR_MONTHS} months",
            )
        return value

    @field_validator("data_keys", "index_keys")
    @classmethod
    def _keys(cls, value: dict[str, str]) -> dict[str, str]:
        problems = [text for name, encoded in value.items() if (text := _key_problem(name, encoded))]
        if problems:
            raise ValueError("; ".join(problems))
        return value

    @model_validator(mode="after")
    def _together(self) -> "Settings":
        problems = [*self._level_problems(), *self._secret_problems(), *self._place_problems()]
        if self.env == "production":
            problems += self._production_problems()
        if problems:
            raise ValueError("\n".join(problems))
        return self

    def _level_problems(self) -> list[str]:
        limits = (
            ("SESSION_IDLE_MINUTES", self.session_idle_minutes, SESSION_IDLE_CEILING_MINUTES),
            (
                "SESSION_IDLE_MINUTES_ADMIN",
                self.session_idle_minutes_admin,
                SESSION_IDLE_ADMIN_CEILING_MINUTES,
            ),
            ("LOCKOUT_FAILURES", self.lockout_failures, LOCKOUT_CEILING),
        )
        return [
            f"MOTCUA_{name}: là {value}, cấp độ 3 cho phép nhiều nhất {most} / is {value}, level 3 allows at most {most}"
            for name, value, most in limits
            if value > most
        ]

    def _secret_problems(self) -> list[str]:
        problems = []
        if len(self.secret_key) < 50:
            problems.append(
                "MOTCUA_SECRET_KEY: thiếu hoặc ngắn hơn 50 ký tự / missing or shorter than 50 characters"
            )
        for what, keys, active in (
            ("DATA_KEY", self.data_keys, self.data_key_active),
            ("INDEX_KEY", self.index_keys, self.index_key_active),
        ):
            if not keys:
                problems.append(f"MOTCUA_{what}S: chưa có khóa nào / no key is given")
            elif active not in keys:
                known = ", ".join(sorted(keys))
                problems.append(
                    f"MOTCUA_{what}_ACTIVE: “{active}” không có trong {known} / '{active}' is not among {known}"
                )
        return problems

    def _place_problems(self) -> list[str]:
        if self.packs_dir.is_dir():
            if self.env != "production":
                return []
            return [
                f"MOTCUA_LAYERS: không thấy lớp “{layer}” trong {self.packs_dir} / layer '{layer}' is not in {self.packs_dir}"
                for layer in self.layers
                if not (self.packs_dir / layer).is_dir()
            ]
        return [f"MOTCUA_PACKS_DIR: không có thư mục {self.packs_dir} / there is no folder {self.packs_dir}"]

    def _production_problems(self) -> list[str]:
        problems = []
        if self.debug:
            problems.append("MOTCUA_DEBUG: phải tắt khi vận hành thật / must be off in production")
        if "*" in self.allowed_hosts:
            problems.append("MOTCUA_ALLOWED_HOSTS: phải liệt kê tên miền / name the hosts, not *")
        if not self.base_url.startswith("https://"):
            problems.append(
                "MOTCUA_BASE_URL: phải là https:// khi vận hành thật / must be https:// in production"
            )
        if not self.database_url.startswith("postgres") and self.sqlite_synchronous != "FULL":
            problems.append(
                "MOTCUA_SQLITE_SYNCHRONOUS: phải là FULL khi vận hành thật / must be FULL in production"
            )
        return problems

    @property
    def data_key_bytes(self) -> dict[str, bytes]:
        """Key id → 32 bytes, for sealing data at rest."""
        return {name: base64.b64decode(encoded) for name, encoded in self.data_keys.items()}

    @property
    def index_key_bytes(self) -> dict[str, bytes]:
        """Version → 32 bytes, for the blind index."""
        return {name: base64.b64decode(encoded) for name, encoded in self.index_keys.items()}

    @property
    def files_dir(self) -> Path:
        """Folder of the stored bytes, addressed by content."""
        return self.var / "files"


class SettingsProblems(Exception):
    """The settings cannot be used; `problems` holds one sentence each, Vietnamese / English."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


def load(**given: Any) -> Settings:
    """Read and check all settings. `given` values win over every other source (used by tests).

    Raises SettingsProblems with every problem, never only the first.
    """
    var = Path(given.get("var") or paths.default_var())
    try:
        settings = Settings(_env_file=var / "motcua.env", **given)
    except ValidationError as error:
        raise SettingsProblems(_unknown_names() + _sentences(error)) from None
    except secret_files.SecretsProblem as problem:
        raise SettingsProblems([str(problem)]) from None
    unknown = [] if settings.env == "test" else _unknown_names()
    if unknown:
        raise SettingsProblems(unknown)
    return settings


def _unknown_names() -> list[str]:
    """A misspelt name would silently leave the default in force, so it is a problem."""
    known = {f"MOTCUA_{name.upper()}" for name in Settings.model_fields}
    return [
        f"{name}: không có cài đặt nào tên như vậy / there is no setting of this name"
        for name in sorted(os.environ)
        if name.startswith("MOTCUA_") and name not in known and not name.startswith("MOTCUA_TEST_")
    ]


def _sentences(error: ValidationError) -> list[str]:
    sentences: list[str] = []
    for item in error.errors():
        message = str(item["msg"]).removeprefix("Value error, ")
        if not item["loc"]:
            sentences += message.split("\n")
            continue
        name = str(item["loc"][0])
        name = name if name.isupper() else f"MOTCUA_{name.upper()}"
        if item["type"] != "value_error":
            message = f"giá trị không hợp lệ / {message[0].lower()}{message[1:]} (found {item['input']!r})"
            if "KEY" in name or "SECRET" in name:
                message = "giá trị không hợp lệ / not a valid value"
        sentences.append(f"{name}: {message}")
    return sentences
