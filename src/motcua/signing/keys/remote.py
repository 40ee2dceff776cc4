"""A key in a remote signing service, through the API of the Cloud Signature Consortium (v1.0.4 and v2.0).

The service sees digests only. Many digests go under one authorisation, which is bound to them; what comes back is
verified against the certificate before it is used. PIN and one-time code are handed in, sent once, and kept in no
message. Field names follow pyHanko's client and the published examples; the names of errors differ between services
and are read leniently (unverified against the text of the standard).
"""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from typing import Any, NoReturn

from cryptography.hazmat.primitives.asymmetric import rsa

from motcua.foundation.outside import STRAIGHT
from motcua.kernel.addresses import is_safe_address
from motcua.signing.keys.door import KeyProblem
from motcua.signing.keys.verified import digest_of, usable_public_key, verified

SECONDS = 10.0
SECONDS_TO_CONFIRM = 60.0  # authorising may wait for a person with a phone
ANSWER_MAX = 4 * 1024 * 1024
AT_ONCE_MAX = 100
_HASH_OIDS = {
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
_RSA_OIDS = {
    "sha256": "1.2.840.113549.1.1.11",
    "sha384": "1.2.840.113549.1.1.12",
    "sha512": "1.2.840.113549.1.1.13",
}
_ECDSA_OIDS = {
    "sha256": "1.2.840.10045.4.3.2",
    "sha384": "1.2.840.10045.4.3.3",
    "sha512": "1.2.840.10045.4.3.4",
}
_RSA_ANY = "1.2.840.113549.1.1.1"


class RemoteKey:
    """Opens a credential of a service: asks what the service speaks (`info`) and what the credential is.

    `address` is the base address (`https://…/csc/v1`; without a version, v1 is meant), https but on this very machine.
    It comes from the installation, never from a form. `secret` may hold pin, otp, and what opens the service: bearer
    (an OAuth token) or user and password (`auth/login`). `credential` may be empty when the account has one only.
    Raises KeyProblem: unsafe_address, service_down, wrong_answer, service_refused, no_such_key, key_disabled,
    unsupported, unusable.
    """

    def __init__(self, address: str, credential: str, secret: Mapping[str, str]) -> None:
        self._base = _base(address)
        self._second = self._base.endswith("/v2")
        self._pin, self._otp = str(secret.get("pin", "")), str(secret.get("otp", ""))
        self._otp_used = self._closed = False
        self._headers = {"Content-Type": "application/json", "Accept": "application/json"}
        told = self._call("info", {"lang": "vi"})
        methods = told.get("methods")
        if isinstance(methods, list) and "signatures/signHash" not in methods:
            raise KeyProblem("unsupported", "the service signs no digests")
        self._headers["Authorization"] = self._entry(secret)
        self.credential = credential or self._only_credential()
        self._read(
            self._call(
                "credentials/info",
                {"credentialID": self.credential, "certificates": "chain", "authInfo": True},
            )
        )

    # opening

    def _entry(self, secret: Mapping[str, str]) -> str:
        """The header that opens the service."""
        if bearer := secret.get("bearer"):
            return f"Bearer {bearer}"
        if not secret.get("user"):
            raise KeyProblem("service_refused", "neither a token nor an account")
        pair = f"{secret['user']}:{secret.get('password', '')}".encode()
        self._headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        return f"Bearer {_text(self._call('auth/login', {'rememberMe': False}), 'access_token')}"

    def _only_credential(self) -> str:
        known = self._call("credentials/list", {"maxResults": 2}).get("credentialIDs")
        if not isinstance(known, list) or len(known) != 1:
            raise KeyProblem("no_such_key", "the account has not exactly one credential")
        return str(known[0])

    def _read(self, told: Mapping[str, Any]) -> None:
        """What the credential is: its certificates, what it may, how it is authorised."""
        try:
            certificates = [base64.b64decode(each, validate=True) for each in told["cert"]["certificates"]]
            self._methods = {str(each) for each in told["key"]["algo"]}
            enabled = told["key"].get("status", "enabled") == "enabled"
            at_once = int(told["multisign"])
            auth = told.get("auth") or {}
            mode = auth.get("mode") if self._second else told.get("authMode")
            named = {str(each.get("id")) for each in auth.get("objects", ())}
            self.pin = "true" * ("PIN" in named) if self._second else _presence(told.get("PIN"))
            self.otp = "true" * ("OTP" in named) if self._second else _presence(told.get("OTP"))
        except (KeyError, TypeError, ValueError, AttributeError) as problem:
            raise KeyProblem("wrong_answer", "credentials/info") from problem
        if not certificates or at_once < 1:
            raise KeyProblem("wrong_answer", "credentials/info")
        if not enabled:
            raise KeyProblem("key_disabled")
        if mode not in ("explicit", "implicit"):
            raise KeyProblem("unsupported", str(mode)[:40])
        self.certificate, self.chain = certificates[0], tuple(certificates[1:])
        self.at_once = min(at_once, AT_ONCE_MAX)
        self._rsa = isinstance(usable_public_key(self.certificate), rsa.RSAPublicKey)

    # signing

    def send_otp(self) -> None:
        """Ask the service to send the holder a one-time code by its own way (text message, application)."""
        self._call(
            "credentials/getChallenge" if self._second else "credentials/sendOTP",
            {"credentialID": self.credential},
        )

    def sign(self, data: bytes, digest: str = "sha256") -> bytes:
        """See `KeyDoor`."""
        return self.sign_all([data], digest)[0]

    def sign_all(self, many: Sequence[bytes], digest: str = "sha256") -> list[bytes]:
        """See `KeyDoor`: one authorisation for these digests and no others.

        Raises KeyProblem: closed, too_many, pin_needed, otp_needed, otp_used (a code is good for one authorisation),
        wrong_pin, pin_locked, wrong_otp, expired, service_refused, service_down, wrong_answer, wrong_signature.
        """
        if self._closed:
            raise KeyProblem("closed")
        if not many:
            return []
        if len(many) > self.at_once:
            raise KeyProblem("too_many", f"{len(many)} of {self.at_once}")
        method = self._method(digest)
        hashes = [base64.b64encode(digest_of(data, digest)).decode() for data in many]
        asked: dict[str, Any] = {"credentialID": self.credential, **self._hashes(hashes, digest)}
        granted = self._call(
            "credentials/authorize",
            {**asked, "numSignatures": len(hashes), **self._proof()},
            SECONDS_TO_CONFIRM,
        )
        body = {**asked, "SAD": _text(granted, "SAD"), "signAlgo": method}
        told = self._call("signatures/signHash", {**body, **self._kind_of_hash(digest)}, SECONDS_TO_CONFIRM)
        try:
            made = [base64.b64decode(each, validate=True) for each in told["signatures"]]
        except (KeyError, TypeError, ValueError) as problem:
            raise KeyProblem("wrong_answer", "signatures/signHash") from problem
        return verified(self.certificate, many, made, digest)

    def close(self) -> None:
        """See `KeyDoor`: what was handed in is forgotten."""
        self._closed, self._pin, self._otp = True, "", ""
        self._headers.pop("Authorization", None)

    def _method(self, digest: str) -> str:
        wanted = (_RSA_OIDS if self._rsa else _ECDSA_OIDS).get(digest, "")
        if wanted in self._methods:
            return wanted
        if self._rsa and _RSA_ANY in self._methods and wanted:
            return _RSA_ANY
        raise KeyProblem("unusable", f"the credential does not sign {digest}")

    def _hashes(self, hashes: list[str], digest: str) -> dict[str, Any]:
        return (
            {"hashes": hashes, "hashAlgorithmOID": _HASH_OIDS[digest]} if self._second else {"hash": hashes}
        )

    def _kind_of_hash(self, digest: str) -> dict[str, Any]:
        return {"operationMode": "S"} if self._second else {"hashAlgo": _HASH_OIDS[digest]}

    def _proof(self) -> dict[str, Any]:
        """PIN and one-time code, as far as the credential wants them."""
        given = {}
        if self.pin == "true" or (self.pin == "optional" and self._pin):
            given["PIN"] = self._pin or _raise("pin_needed")
        if self.otp == "true" or (self.otp == "optional" and self._otp):
            if self._otp_used:
                raise KeyProblem("otp_used")
            given["OTP"] = self._otp or _raise("otp_needed")
            self._otp_used = True
        if self._second:
            return {"authData": [{"id": name, "value": value} for name, value in given.items()]}
        return given

    # speaking

    def _call(self, method: str, body: Mapping[str, Any], seconds: float = SECONDS) -> dict[str, Any]:
        request = urllib.request.Request(  # noqa: S310  the scheme is asked in _base
            f"{self._base}/{method}", json.dumps(body).encode(), self._headers, method="POST"
        )
        try:
            with STRAIGHT.open(request, timeout=seconds) as answer:
                content = answer.read(ANSWER_MAX + 1)
        except urllib.error.HTTPError as refused:
            with refused:
                raise KeyProblem(*_refused(refused, method)) from None
        except (OSError, HTTPException, ValueError) as problem:
            raise KeyProblem("service_down", f"{method}: {type(problem).__name__}") from None
        if not content:
            return {}  # 204: nothing to say
        try:
            told = json.loads(content) if len(content) <= ANSWER_MAX else None
        except ValueError:
            told = None
        if not isinstance(told, dict):
            raise KeyProblem("wrong_answer", method)
        return told


def _base(address: str) -> str:
    if not is_safe_address(address):
        raise KeyProblem("unsafe_address", address[:200])
    base = address.rstrip("/")
    return base if base.rsplit("/", 1)[-1] in ("v1", "v2") else f"{base}/csc/v1"


def _refused(answer: urllib.error.HTTPError, method: str) -> tuple[str, str]:
    """What a refusal means: (our code, what operators may read). Services name errors differently."""
    try:
        told = json.loads(answer.read(65_536))
        name, words = str(told.get("error", "")), str(told.get("error_description", ""))
    except (OSError, ValueError, AttributeError, HTTPException):
        name = words = ""
    detail = f"{method}: {answer.code} {name}"[:120]
    said = f"{name} {words}".lower()
    if answer.code >= 500 or answer.code == 429:
        return "service_down", detail
    if method == "credentials/authorize":
        for word, code in (
            ("locked", "pin_locked"),
            ("otp", "wrong_otp"),
            ("pin", "wrong_pin"),
            ("authdata", "wrong_pin"),
        ):
            if word in said:
                return code, detail
    if method == "signatures/signHash" and "sad" in said:
        return "expired", detail
    if "too high" in said or "numsignatures" in said:
        return "too_many", detail
    if method == "credentials/info" and answer.code in (400, 404):
        return "no_such_key", detail
    return "service_refused", detail


def _presence(told: Any) -> str:
    """Whether a proof must ("true"), may ("optional") or must not be given."""
    return str(told.get("presence", "false")).lower() if isinstance(told, Mapping) else "false"


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not value:
        raise KeyProblem("wrong_answer", name)
    return value


def _raise(code: str) -> NoReturn:
    raise KeyProblem(code)
