"""A remote signing service for trials, speaking the API of the Cloud Signature Consortium (v1.0.4 and v2.0).

It is as strict as a real one: an account, a PIN that locks, a one-time code good for one authorisation, an
authorisation bound to the very digests, for a short time, once. Nothing of it is kept: it ends with the process. The
moments are those of the machine, as in a real service; no legal time stands here.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import threading
import time as machine_time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

from motcua.signing.keys.software import SoftwareKey

NAME = "MÔ PHỎNG - Dịch vụ ký từ xa"
PIN_TRIES, OTP_SECONDS, SAD_SECONDS, TOKEN_SECONDS = 3, 300.0, 120.0, 3600.0
SHA256 = "2.16.840.1.101.3.4.2.1"
METHODS = (
    "auth/login", "credentials/list", "credentials/info", "credentials/authorize", "credentials/sendOTP",
    "credentials/getChallenge", "signatures/signHash",
)  # fmt: skip
# what may be switched on: the seconds of a slow service, else true
FAULTS = ("slow", "down", "wrong_answer", "wrong_signature", "too_few", "expired", "refuse_otp")

Answer = tuple[int, dict[str, Any] | None]


class Refusal(Exception):  # noqa: N818  it is an answer of the protocol
    """An error of the protocol: status, `error`, `error_description`."""

    def __init__(self, error: str, words: str, status: int = 400) -> None:
        super().__init__(error)
        self.status, self.told = status, {"error": error, "error_description": words}


@dataclass
class Credential:
    """One key of the service: its id, its door, the PIN, how many signatures one authorisation may give."""

    id: str
    key: Any  # an open software key
    pin: str
    multisign: int = 100
    otp: bool = True
    wrong_pins: int = 0
    code: str = ""  # the one-time code that was sent last
    code_until: float = 0.0


@dataclass
class Grant:
    """What an authorisation allows: these digests of this credential, until then, once."""

    credential: str
    digests: tuple[str, ...]
    until: float


@dataclass
class Service:
    """The service itself, whatever carries its words. `clock` is a monotonic clock in seconds."""

    user: str
    password: str
    credentials: dict[str, Credential] = field(default_factory=dict)
    faults: dict[str, Any] = field(default_factory=dict)
    clock: Callable[[], float] = machine_time.monotonic
    asked: list[str] = field(default_factory=list)
    show: Callable[[str, str], None] = lambda name, code: None  # told of every code that is sent

    def __post_init__(self) -> None:
        self._tokens: dict[str, float] = {}
        self._grants: dict[str, Grant] = {}
        self._lock = threading.Lock()

    def add(self, credential: Credential) -> None:
        """Offer one more key."""
        self.credentials[credential.id] = credential

    def answer(self, path: str, entry: str, content: bytes) -> Answer:
        """The status and the JSON for a request: `path` from /csc on, `entry` the Authorization header."""
        with self._lock:
            try:
                version, method = _method(path)
                self.asked.append(method)
                body = _json(content)
                return self._told(version, method, entry, body)
            except Refusal as refused:
                return refused.status, refused.told

    def _told(self, version: str, method: str, entry: str, body: Mapping[str, Any]) -> Answer:
        if method == "info":
            return 200, self._info(version)
        if method == "auth/login":
            return 200, self._login(entry)
        self._known(entry)
        if method == "credentials/list":
            return 200, {"credentialIDs": list(self.credentials)}
        credential = self._credential(body)
        if method == "credentials/info":
            return 200, _described(credential, version)
        if method in ("credentials/sendOTP", "credentials/getChallenge"):
            self.send_code(credential.id)
            return 204, None
        if method == "credentials/authorize":
            return 200, self._authorise(credential, body, version)
        return 200, self._sign(credential, body, version)

    def _info(self, version: str) -> dict[str, Any]:
        return {
            "specs": "2.0.0.2" if version == "v2" else "1.0.4.0",
            "name": NAME,
            "logo": "",
            "region": "VN",
            "lang": "vi",
            "description": "Chỉ để chạy thử; chữ ký không có giá trị pháp lý.",
            "authType": ["basic"],
            "methods": list(METHODS),
        }

    def _login(self, entry: str) -> dict[str, Any]:
        wanted = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        if not hmac.compare_digest(entry.encode(), f"Basic {wanted}".encode()):
            raise Refusal("authentication_error", "An error occurred during authentication", 401)
        token = secrets.token_urlsafe(24)
        self._tokens[token] = self.clock() + TOKEN_SECONDS
        return {"access_token": token, "expires_in": int(TOKEN_SECONDS)}

    def _known(self, entry: str) -> None:
        if self._tokens.get(entry.removeprefix("Bearer "), 0.0) < self.clock():
            raise Refusal("invalid_token", "Invalid access token", 401)

    def _credential(self, body: Mapping[str, Any]) -> Credential:
        found = self.credentials.get(str(body.get("credentialID")))
        if found is None:
            raise Refusal("invalid_request", "Invalid parameter credentialID")
        return found

    # authorising

    def send_code(self, credential: str) -> str:
        """Send the holder a new one-time code: here it is shown on the twin's page."""
        found = self.credentials[credential]
        found.code, found.code_until = f"{secrets.randbelow(10**6):06d}", self.clock() + OTP_SECONDS
        self.show(credential, found.code)
        return found.code

    def _authorise(self, credential: Credential, body: Mapping[str, Any], version: str) -> dict[str, Any]:
        digests = _digests(body, version)
        number = body.get("numSignatures")
        if not isinstance(number, int) or number != len(digests):
            raise Refusal("invalid_request", "Invalid value for parameter numSignatures")
        if number > credential.multisign:
            raise Refusal("invalid_request", "Numbers of signatures is too high")
        self._check_pin(credential, _proof(body, "PIN", version))
        if credential.otp:
            self._check_code(credential, _proof(body, "OTP", version))
        sad = secrets.token_urlsafe(24)
        lasts = 0.0 if self.faults.get("expired") else SAD_SECONDS
        self._grants[sad] = Grant(credential.id, digests, self.clock() + lasts)
        return {"SAD": sad, "expiresIn": int(SAD_SECONDS)}

    def _check_pin(self, credential: Credential, pin: str) -> None:
        if credential.wrong_pins >= PIN_TRIES:
            raise Refusal("invalid_request", "PIN locked")
        if not hmac.compare_digest(pin.encode(), credential.pin.encode()):
            credential.wrong_pins += 1
            raise Refusal("invalid_pin", "The PIN is invalid")
        credential.wrong_pins = 0

    def _check_code(self, credential: Credential, code: str) -> None:
        good = credential.code and self.clock() < credential.code_until and not self.faults.get("refuse_otp")
        if not good or not hmac.compare_digest(code.encode(), credential.code.encode()):
            raise Refusal("invalid_otp", "The OTP is invalid")
        credential.code = ""  # once

    # signing

    def _sign(self, credential: Credential, body: Mapping[str, Any], version: str) -> dict[str, Any]:
        digests = _digests(body, version)
        if body.get("hashAlgorithmOID" if version == "v2" else "hashAlgo", SHA256) != SHA256:
            raise Refusal("invalid_request", "Invalid parameter hashAlgo")
        if body.get("signAlgo") not in _algorithms(credential.key):
            raise Refusal("invalid_request", "Invalid parameter signAlgo")
        grant = self._grants.get(str(body.get("SAD")))
        if grant is None or grant.credential != credential.id:
            raise Refusal("invalid_request", "Invalid parameter SAD")
        if self.clock() >= grant.until:
            raise Refusal("invalid_request", "SAD expired")
        if not set(digests) <= set(grant.digests):
            raise Refusal("invalid_request", "Hash is not authorized by the SAD")
        del self._grants[str(body.get("SAD"))]  # once
        made = [_signature(credential.key, base64.b64decode(each)) for each in digests]
        if self.faults.get("wrong_signature"):
            made[-1] = _signature(credential.key, bytes(32))
        if self.faults.get("too_few"):
            made.pop()
        return {"signatures": [base64.b64encode(each).decode() for each in made]}


def _method(path: str) -> tuple[str, str]:
    version, _, method = path.removeprefix("/csc/").partition("/")
    if not path.startswith("/csc/") or version not in ("v1", "v2") or method not in ("info", *METHODS):
        raise Refusal("invalid_request", "No such method", 404)
    return version, method


def _json(content: bytes) -> Mapping[str, Any]:
    try:
        body = json.loads(content or b"{}")
    except ValueError as problem:
        raise Refusal("invalid_request", "The body is not JSON") from problem
    if not isinstance(body, dict):
        raise Refusal("invalid_request", "The body is no object")
    return body


def _digests(body: Mapping[str, Any], version: str) -> tuple[str, ...]:
    given = body.get("hashes" if version == "v2" else "hash")
    if not isinstance(given, list) or not given:
        raise Refusal("invalid_request", "Missing or empty hash array")
    try:
        sizes = {len(base64.b64decode(each, validate=True)) for each in given}
    except (TypeError, ValueError) as problem:
        raise Refusal("invalid_request", "Invalid Base64 hash string parameter") from problem
    if sizes != {32}:
        raise Refusal("invalid_request", "Invalid digest value length")
    return tuple(given)


def _proof(body: Mapping[str, Any], name: str, version: str) -> str:
    if version == "v1":
        return str(body.get(name, ""))
    given = body.get("authData")
    rows = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
    return next((str(each.get("value", "")) for each in rows if each.get("id") == name), "")


def _algorithms(key: SoftwareKey) -> tuple[str, ...]:
    if isinstance(key.private, rsa.RSAPrivateKey):
        return ("1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11")
    return ("1.2.840.10045.4.3.2",)


def _described(credential: Credential, version: str) -> dict[str, Any]:
    chain = (credential.key.certificate, *credential.key.chain)
    told: dict[str, Any] = {
        "description": NAME,
        "key": {"status": "enabled", "algo": list(_algorithms(credential.key))},
        "cert": {"status": "valid", "certificates": [base64.b64encode(each).decode() for each in chain]},
        "SCAL": "2",
        "multisign": credential.multisign,
    }
    if version == "v2":
        rows = [{"type": "Password", "id": "PIN", "format": "A", "label": "PIN"}]
        if credential.otp:
            rows.append({"type": "Password", "id": "OTP", "format": "N", "label": "OTP"})
        named = " AND ".join(row["id"] for row in rows)
        return {**told, "auth": {"mode": "explicit", "expression": named, "objects": rows}}
    return {
        **told,
        "authMode": "explicit",
        "PIN": {"presence": "true", "format": "A", "label": "PIN"},
        "OTP": {"presence": "true" if credential.otp else "false", "type": "online", "format": "N"},
    }


def _signature(key: SoftwareKey, digest: bytes) -> bytes:
    known = utils.Prehashed(hashes.SHA256())
    if isinstance(key.private, ec.EllipticCurvePrivateKey):
        return key.private.sign(digest, ec.ECDSA(known))
    made: bytes = key.private.sign(digest, padding.PKCS1v15(), known)
    return made
