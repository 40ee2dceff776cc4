"""The one settings object: read once, checked whole, every problem told at once.

Values come, strongest first, from the environment (`MOTCUA_...`, and `DATABASE_URL`), from
`var/motcua.env`, from the secrets file, and from the defaults below. `docs/operating/settings.md` is
generated from this class by `make reference`.
"""

import base64
import json
import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from . import paths, secret_files
from . import settings_checks as checks

CommaList = Annotated[tuple[str, ...], NoDecode]
Keys = Annotated[dict[str, str], NoDecode]


class Settings(BaseSettings):
    """Everything an operator may set. Frozen: a running program never changes its settings.

    A string below a field is its description; it becomes the settings page of the docs.
    """

    model_config = SettingsConfigDict(
        env_prefix="MOTCUA_",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
        env_file_encoding="utf-8",
        use_attribute_docstrings=True,
    )

    env: Literal["local", "production", "test"] = "local"
    """`production` demands given secrets, https, host names, the proxy's address and no simulation; `local` makes
    its own secrets at first use."""
    simulation: bool = True
    """Mark every page, print and export with “MÔ PHỎNG”; show made-up accounts and one-time codes. A real office
    says no on purpose."""
    debug: bool = False
    """Show program errors in the browser. Never in production."""
    base_url: str = "http://127.0.0.1:8000"
    """The public address of this site; links in letters and messages start with it."""
    allowed_hosts: CommaList = ("127.0.0.1", "localhost", "[::1]")
    """Host names this site answers to, separated by commas."""
    trusted_proxies: CommaList = ()
    """Addresses or networks of our own proxies; only they may tell the caller's address and https."""

    var: Path = Field(default_factory=paths.default_var)
    """Folder of everything that changes: the SQLite file, stored files, secrets, `motcua.env`."""
    packs_dir: Path = Field(default_factory=paths.default_packs)
    """Folder of the packs."""
    layers: CommaList = ("national", "quang-ninh-ha-long")
    """Pack layers that lie over each other, lowest first."""
    database_url: str = Field("", validation_alias="DATABASE_URL")
    """`postgres://user:password@host/name`; empty means the SQLite file `var/motcua.sqlite3`."""
    sqlite_synchronous: Literal["FULL", "NORMAL", "OFF"] = "FULL"
    """SQLite's care at a commit. NORMAL may lose acknowledged acts when the power fails; OFF is for tests."""
    database_connection_seconds: int = Field(600, ge=0)
    """How long a database connection is kept open for the next request."""

    secrets_file: Path | None = None
    """JSON file (mode 0600) with the five values below, as `motcua settings new-secrets` prints it."""
    secret_key: str = Field("", repr=False)
    """Signs cookies and form tokens; at least 50 characters."""
    data_keys: Keys = Field(default_factory=dict, repr=False)
    """Keys for data at rest, as JSON: key id → 32 bytes in base64. Old ones stay as long as data is sealed
    with them."""
    data_key_active: str = ""
    """Id of the data key that new values are sealed with."""
    index_keys: Keys = Field(default_factory=dict, repr=False)
    """Keys of the blind index, as JSON: version → 32 bytes in base64."""
    index_key_active: str = ""
    """Version of the blind-index key that new values are indexed with."""
    seal_key_file: Path | None = None
    """PEM file (mode 0600) of the P-256 key that signs the roots of the journal; empty: `var/secrets/journal-seal.pem`,
    made at first use."""
    tsa_url: str = ""
    """Address of the authority (RFC 3161) that stamps signatures and closed days of the journal; empty: the trial one,
    in a simulation only."""
    token_module: Path | None = None
    """PKCS#11 library of the signing tokens or the HSM on this machine; it is run as a program."""
    remote_signing_url: str = ""
    """Address of a remote signing service (CSC API); empty: none is offered."""
    remote_signing_bearer: str = Field("", repr=False)
    """The installation's access token there, where each signer has no account of her own."""

    assistant_model_url: str = ""
    """Base address of a language model (OpenAI-compatible, `https://…/v1`) that may word the assistant's answers anew;
    empty: none is asked. It gets composed sentences only, and what it says is checked against them."""
    assistant_model_name: str = ""
    """Name of that model, as its server knows it."""
    assistant_model_key: str = Field("", repr=False)
    """The installation's key there, where it wants one."""

    certificate_authority_url: str = ""
    """Address of the public certificate authority for citizens' signatures (EST, RFC 7030); empty: orders wait. A
    demonstration starts a twin of one (MÔ PHỎNG)."""
    certificate_authority_user: str = ""
    """The installation's account there, as a place of registration."""
    certificate_authority_password: str = Field("", repr=False)
    """Its password."""
    zalo_app_id: str = ""
    """Id of the app behind a Zalo Official Account through which people may ask the assistant; empty: that channel is
    closed. The three secrets below must then be given."""
    zalo_webhook_secret: str = Field("", repr=False)
    """Secret of the Official Account, with which its messages to us are signed."""
    zalo_app_secret: str = Field("", repr=False)
    """Secret of the app, with which tokens are renewed."""
    zalo_refresh_token: str = Field("", repr=False)
    """The first refresh token; each renewal gives another one, which is kept sealed in the database."""
    zalo_api_url: str = "https://openapi.zalo.me"
    """Address of that channel's message API; the twin's for a trial."""
    zalo_oauth_url: str = "https://oauth.zaloapp.com"
    """Address at which its tokens are renewed."""

    email_url: str = ""
    """`smtp://user:password@host:587/?tls=true`; empty keeps e-mail in `var/mail/`."""
    email_from: str = "Một Cửa <khong-tra-loi@localhost>"
    """Sender of our e-mail."""
    sms_url: str = ""
    """Address of the SMS connector; empty keeps messages in the outbox."""

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """How much is logged, on standard error."""
    log_format: Literal["json", "plain"] = "json"
    """`json` for the central log, `plain` for eyes."""
    log_retention_months: int = 12
    """Months that the access log is kept; the law's floor is 3 (TCVN 14423:2026 5.8.2.1)."""

    session_idle_minutes: int = Field(15, ge=1)
    """Idle minutes before an officer's screen locks; at most 15 (TCVN 14423:2026 x.5.2.2)."""
    session_idle_minutes_admin: int = Field(5, ge=1)
    """The same for administrators; at most 5."""
    session_hours_max: int = Field(12, ge=1, le=24)
    """Hours after which everybody signs in again."""
    lockout_failures: int = Field(5, ge=1)
    """Failed sign-ins before an account is locked; at most 5 (TCVN 14423:2026 x.5.2.2)."""
    lockout_minutes: int = Field(15, ge=5)
    """Minutes a lock lasts."""
    idle_account_days: int = Field(45, ge=1, le=45)
    """Days without sign-in after which an officer's account is disabled; at most 45 (TCVN 14423:2026
    x.6.2.3)."""

    consent_persons_per_phone: int = Field(3, ge=1)
    """How many different people may consent to assisted filing by one phone in a day; families share one."""

    upload_file_mb: int = Field(20, ge=1, le=200)
    """Largest single file in MB, counted while it arrives; a paper may allow less."""
    upload_request_mb: int = Field(60, ge=1, le=600)
    """Largest request in MB."""
    disk_reserve_mb: int = Field(200, ge=0)
    """Free space in MB below which uploads are refused, so that acts can still be stored."""

    tesseract: str = "tesseract"
    """Program that reads Vietnamese off scanned pages (name or path); where it is not installed, or this is `off`,
    scans are kept without their text."""
    clamd: str = ""
    """Virus scanner: `unix:/run/clamav/clamd.ctl` or `tcp:host:3310`; empty: files are kept unchecked, and say so."""
    clamd_seconds: int = Field(20, ge=1, le=300)
    """Seconds within which the virus scanner must answer for one file; after that the file counts as unchecked."""

    rate_track_per_minute: int = Field(20, ge=1)
    """Tracking look-ups from one address in a minute."""
    rate_login_per_minute: int = Field(10, ge=1)
    """Sign-in tries from one address in a minute."""
    rate_code_per_minute: int = Field(5, ge=1)
    """One-time codes for one person or phone in a minute."""
    rate_submit_per_minute: int = Field(10, ge=1)
    """Submissions by one account in a minute."""
    rate_search_per_minute: int = Field(120, ge=1)
    """Searches from one address in a minute."""
    rate_assistant_per_minute: int = Field(60, ge=1)
    """Questions to the assistant from one address in a minute."""
    rate_chat_per_minute: int = Field(20, ge=1)
    """Messages of one person in a chat channel in a minute."""
    rate_people_per_minute: int = Field(20, ge=1)
    """Records of the registry of people that one officer may open in a minute."""
    rate_api_per_minute: int = Field(1200, ge=1)
    """API calls with one token in a minute."""

    @classmethod
    def settings_customise_sources(  # type: ignore[override]  # the sources travel by name
        cls, settings_cls, init_settings, env_settings, dotenv_settings, **_
    ):
        """Read the environment, then `var/motcua.env`, then the secrets file, then the defaults."""
        return init_settings, env_settings, dotenv_settings, secret_files.SecretsSource(settings_cls)

    @field_validator("allowed_hosts", "trusted_proxies", "layers", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("data_keys", "index_keys", mode="before")
    @classmethod
    def _decode(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise ValueError("không phải JSON hợp lệ / is not valid JSON") from None

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return cls._without_problems(value, [checks.network_problem(part) for part in value])

    @field_validator("data_keys", "index_keys")
    @classmethod
    def _keys(cls, value: dict[str, str]) -> dict[str, str]:
        return cls._without_problems(value, [checks.key_problem(*pair) for pair in value.items()])

    @field_validator("base_url")
    @classmethod
    def _address(cls, value: str) -> str:
        problem = "phải bắt đầu bằng http:// hoặc https:// / must start with http:// or https://"
        starts_well = value.startswith(("http://", "https://"))
        return cls._without_problems(value.rstrip("/"), [None if starts_well else problem])

    @field_validator("clamd")
    @classmethod
    def _scanner(cls, value: str) -> str:
        problem = "phải là unix:/… hoặc tcp:máy:cổng / must be unix:/… or tcp:host:port"
        known = not value or re.fullmatch(r"unix:/.+|tcp:[^:/]+:[0-9]{1,5}", value)
        return cls._without_problems(value, [None if known else problem])

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        problem = "chỉ hỗ trợ postgres:// và sqlite:// / only postgres:// and sqlite:// are supported"
        known = not value or value.startswith(("postgres://", "postgresql://", "sqlite://"))
        return cls._without_problems(value, [None if known else problem])

    @staticmethod
    def _without_problems(value: Any, problems: list[str | None]) -> Any:
        found = [problem for problem in problems if problem]
        if found:
            raise ValueError("; ".join(found))
        return value

    @model_validator(mode="after")
    def _together(self) -> "Settings":
        problems = checks.all_problems(self)
        if problems:
            raise ValueError("\n".join(problems))
        return self

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
    problems = _unknown_names()
    sources = {"_env_file": var / "motcua.env", **given}
    try:
        settings = Settings(**sources)
    except ValidationError as error:
        raise SettingsProblems(problems + _all_sentences(error, sources)) from None
    except secret_files.SecretsProblem as problem:
        raise SettingsProblems([*problems, str(problem)]) from None
    if problems:
        raise SettingsProblems(problems)
    return settings


def _all_sentences(error: ValidationError, sources: dict[str, Any]) -> list[str]:
    """Tell the unreadable values, and what the rest of the settings lacks beside them.

    Checks over several settings run only when every value can be read: so the unreadable ones are replaced by
    their defaults for a second look, and what that look says about themselves is left out.
    """
    sentences = _sentences(error)
    unreadable = {str(item["loc"][0]) for item in error.errors() if item["loc"]}
    fields = [
        name for name in Settings.model_fields if name in unreadable or environment_name(name) in unreadable
    ]
    defaults = {name: Settings.model_fields[name].get_default(call_default_factory=True) for name in fields}
    if "database_url" in defaults:
        defaults["DATABASE_URL"] = defaults.pop("database_url")
    if not defaults:
        return sentences
    try:
        Settings(**{**sources, **defaults})
    except ValidationError as rest:
        told = tuple(f"{environment_name(name)}:" for name in fields)
        sentences += [sentence for sentence in _sentences(rest) if not sentence.startswith(told)]
    return sentences


def environment_name(field: str) -> str:
    """Return the name of the environment variable of a setting."""
    alias = Settings.model_fields[field].validation_alias
    return str(alias) if alias else f"MOTCUA_{field.upper()}"


def _unknown_names() -> list[str]:
    """A misspelt name would silently leave the default in force, so it is a problem."""
    known = {environment_name(name) for name in Settings.model_fields}
    return [
        f"{name}: không có cài đặt nào tên như vậy / there is no setting of this name"
        for name in sorted(os.environ)
        if name.startswith("MOTCUA_") and name not in known and not name.startswith("MOTCUA_TEST_")
    ]


def _sentences(error: ValidationError) -> list[str]:
    """Turn pydantic's findings into sentences that start with the variable's name; secrets are never
    repeated."""
    sentences: list[str] = []
    for item in error.errors():
        message = str(item["msg"]).removeprefix("Value error, ")
        if not item["loc"]:
            sentences += message.split("\n")
            continue
        field = str(item["loc"][0])
        name = environment_name(field) if field in Settings.model_fields else field
        if item["type"] != "value_error":
            secret = field in secret_files.NAMES
            found = "" if secret else f" (found {item['input']!r})"
            message = f"giá trị không hợp lệ / {message[0].lower()}{message[1:]}{found}"
        sentences.append(f"{name}: {message}")
    return sentences
