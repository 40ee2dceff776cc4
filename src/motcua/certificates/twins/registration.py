"""A public certificate authority for trials (MÔ PHỎNG): orders of places of registration, EST, keys of its own service.

What it has acknowledged lies in its folder, one file an order: after a restart it knows what it has issued, and the
same order never becomes two certificates. Issuing itself is handed in: the trial authority of `signing` does it.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import re
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAME = "MÔ PHỎNG - Nơi cấp chứng thư số công cộng"
# what may be switched on: the seconds of a slow one, else true. `lost`: it is done, and the answer gets lost;
# `pending`: it takes its time; `other_*`: it is done wrongly
FAULTS = ("slow", "down", "wrong_answer", "lost", "pending", "refuse", "other_key", "other_name")
ORDER, TOKEN = re.compile(r"[0-9A-Z]{26}"), re.compile(r"[0-9A-Za-z_-]{20,60}")
PIN = re.compile(r"[0-9]{6}")
RETRY_AFTER = "5"

Issue = Callable[[dict[str, Any], Any], tuple[bytes, ...]]  # a holder and her public key -> the chain in DER
Revoke = Callable[[str, str], None]  # serial number in hexadecimal, reason


@dataclass(frozen=True)
class Said:
    """An answer of the authority."""

    status: int
    content: bytes = b""
    kind: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Registration:
    """The authority, whatever carries its words. `page` is its own address, known when it is served."""

    folder: Path
    user: str
    password: str
    issue: Issue
    revoke: Revoke
    page: str = ""
    faults: dict[str, Any] = field(default_factory=dict)
    issued: int = 0  # in this life of the process

    def __post_init__(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = threading.Lock()

    def answer(self, method: str, path: str, entry: str, content: bytes) -> Said:
        """What it says to a request of a place of registration."""
        wanted = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        if not hmac.compare_digest(entry.encode(), f"Basic {wanted}".encode()):
            return Said(401, headers=(("WWW-Authenticate", 'Basic realm="registration"'),))
        with self._lock:
            if found := re.fullmatch(r"/ra/v1/orders/([0-9A-Z]{26})", path):
                return self._order(method, found[1], content)
            if found := re.fullmatch(r"/\.well-known/est/([0-9A-Z]{26})/(simpleenroll|simplereenroll)", path):
                return self._enrol(method, found[1], found[2], content)
        return Said(404)

    # orders: what EST has no words for

    def _order(self, method: str, order: str, content: bytes) -> Said:
        known = self._read(order)
        if method == "GET":
            return Said(404) if known is None else self._told(known)
        if method != "PUT":
            return Said(405)
        try:
            asked = json.loads(content)
            holder = (
                {name: str(asked["holder"][name]) for name in ("name", "number")} if "holder" in asked else {}
            )
            wanted = (asked["kind"], asked.get("key", ""), holder, str(asked.get("serial") or ""))
            ended = str(asked.get("order") or "")
        except (ValueError, TypeError, KeyError):
            return Said(400)
        if known is not None:
            same = (known["kind"], known["key"], known["holder"], known["serial"]) == wanted
            return self._told(known) if same and known.get("order", "") == ended else Said(409)
        kind, key, holder, serial = wanted
        row = {"kind": kind, "key": key, "holder": holder, "serial": serial, "state": "announced"}
        if self.faults.get("refuse"):
            return self._told(
                {**row, "state": "refused", "reason": "Thông tin người đăng ký không khớp dữ liệu dân cư"}
            )
        if kind == "revoke":
            reason = str(asked.get("reason") or "unspecified")
            if ended:
                self._cancel(ended, reason)
            else:
                self.revoke(serial, reason)
            row |= {"state": "revoked", "order": ended}
        elif key == "remote":
            row |= {"state": "activation", "token": secrets.token_urlsafe(24)}
        self._write(order, row)
        return self._told(row, 201)

    def _cancel(self, order: str, reason: str) -> None:
        """Nothing of an order holds any longer: the link to activate is closed, what was issued is revoked."""
        from cryptography import x509

        row = self._read(order)
        if row is None or row["state"] == "revoked":
            return
        if row["state"] == "issued":
            made = x509.load_der_x509_certificate(base64.b64decode(row["certificates"][0]))
            self.revoke(f"{made.serial_number:x}", reason)
        row["state"] = "revoked"
        row.pop("token", None)
        self._write(order, row)

    def _told(self, row: dict[str, Any], status: int = 200) -> Said:
        body = {name: row[name] for name in ("state", "certificates", "credential", "reason") if name in row}
        if row["state"] == "activation":  # the address of today, wherever the order was announced
            body["activation"] = f"{self.page}activate/{row['token']}"
        waits = (("Retry-After", RETRY_AFTER),) if row["state"] in ("announced", "activation") else ()
        return Said(status, json.dumps(body, ensure_ascii=False).encode(), headers=waits)

    # EST (RFC 7030)

    def _enrol(self, method: str, order: str, verb: str, content: bytes) -> Said:
        from cryptography import x509
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.serialization import pkcs7

        row = self._read(order)
        wanted = {"issue": "simpleenroll", "renew": "simplereenroll"}
        if method != "POST":
            return Said(405)
        if row is None or wanted.get(row["kind"]) != verb or row["key"] != "device":
            return Said(404)
        try:
            request = x509.load_der_x509_csr(base64.b64decode(b"".join(content.split()), validate=True))
            proved = request.is_signature_valid
        except ValueError:
            proved = False
        if not proved:
            return Said(400, b"no PKCS#10 request", "text/plain")
        if self.faults.get("pending"):
            return Said(202, headers=(("Retry-After", RETRY_AFTER),))
        key = request.public_key()
        spki = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        if row["state"] != "issued":
            self._issue(order, row, key, base64.b64encode(spki).decode())
        elif row["public_key"] != base64.b64encode(spki).decode():
            return Said(409)
        chain = [x509.load_der_x509_certificate(base64.b64decode(each)) for each in row["certificates"]]
        body = base64.encodebytes(pkcs7.serialize_certificates(chain, serialization.Encoding.DER))
        told = (("Content-Transfer-Encoding", "base64"),)
        return Said(200, body, "application/pkcs7-mime; smime-type=certs-only", told)

    def _issue(self, order: str, row: dict[str, Any], key: Any, public_key: str) -> None:
        holder = dict(row["holder"])
        if self.faults.get("other_name"):
            holder["name"] = "Người Khác"
        if self.faults.get("other_key"):
            from cryptography.hazmat.primitives.asymmetric import ec

            key = ec.generate_private_key(ec.SECP256R1()).public_key()
        chain = self.issue(holder, key)
        self.issued += 1
        row |= {"state": "issued", "public_key": public_key}
        row["certificates"] = [base64.b64encode(each).decode() for each in chain]
        self._write(order, row)

    # its own service: the key is made where she chooses a PIN, on her phone

    def activation(self, token: str) -> dict[str, Any] | None:
        """The order that waits for her under this token, None for none."""
        found = self._by_token(token)
        return found[1] if found else None

    def activate(self, token: str, pin: str) -> bool:
        """She chose her PIN: the key is made here and kept under it. False for a PIN that is none."""
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        with self._lock:
            found = self._by_token(token)
            if found is None or not PIN.fullmatch(pin):
                return False
            order, row = found
            if row["state"] != "activation":
                return True
            key = ec.generate_private_key(ec.SECP256R1())
            lock = serialization.BestAvailableEncryption(pin.encode())
            pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
            self._put(self.folder / f"{order}.key", pem)
            row["credential"] = f"trial-{order[:8].lower()}"
            self._issue(order, row, key.public_key(), "")
            return True

    def _by_token(self, token: str) -> tuple[str, dict[str, Any]] | None:
        if not TOKEN.fullmatch(token):
            return None
        for place in self.folder.glob("*.json"):
            row = json.loads(place.read_text("utf-8"))
            if hmac.compare_digest(row.get("token", ""), token):
                return place.stem, row
        return None

    # what lies in the folder

    def _read(self, order: str) -> dict[str, Any] | None:
        place = self.folder / f"{order}.json"
        if not ORDER.fullmatch(order) or not place.is_file():
            return None
        told: dict[str, Any] = json.loads(place.read_text("utf-8"))
        return told

    def _write(self, order: str, row: dict[str, Any]) -> None:
        self._put(self.folder / f"{order}.json", json.dumps(row, ensure_ascii=False).encode())

    def _put(self, place: Path, content: bytes) -> None:
        draft = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
