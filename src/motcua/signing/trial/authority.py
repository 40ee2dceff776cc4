"""The trial authority itself: root, issuing authority, certificates of persons and agency seals, revocation list."""

from __future__ import annotations

import functools
import json
import os
import secrets
import shutil
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

MARK = "MÔ PHỎNG"
TREES = {"government": "chuyên dùng công vụ", "public": "công cộng"}
ROOT_YEARS, ISSUING_YEARS, SERVICE_YEARS, HOLDER_YEARS = 25, 20, 15, 3
CRL_HOURS = 24
NAME_MAX = 64  # letters (X.520)
DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
HOLDER_POLICY = x509.ObjectIdentifier(
    "2.25.301183914204739012834617283940182734651"
)  # a private arc: trial certificates
REASONS = ("unspecified", "key_compromise", "affiliation_changed", "superseded", "cessation_of_operation")
_SERVICES = {"ocsp": ExtendedKeyUsageOID.OCSP_SIGNING, "tsa": ExtendedKeyUsageOID.TIME_STAMPING}

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class NotOurCertificate(Exception):
    """A serial number that this authority has not issued."""


@dataclass(frozen=True)
class Person:
    """What a certificate says of its holder: a person (with a title and an agency), or an agency when `seal`."""

    name: str
    agency: str = ""
    title: str = ""
    number: str = ""  # CCCD of a person, identifier of an agency
    seal: bool = False

    def subject(self) -> x509.Name:
        """The distinguished name, in the order used by Vietnamese authorities: country, agency, title, name, number."""
        rows = [(NameOID.COUNTRY_NAME, "VN"), (NameOID.ORGANIZATION_NAME, self.agency)]
        if self.seal:
            rows.append((NameOID.ORGANIZATION_IDENTIFIER, self.number or "MST:0000000000"))
        else:
            rows += [
                (NameOID.TITLE, self.title),
                (NameOID.USER_ID, f"CCCD:{self.number}" if self.number else ""),
            ]
        rows.append((NameOID.COMMON_NAME, self.name))
        too_long = next((text for _oid, text in rows if len(text) > NAME_MAX), None)
        if too_long is not None:
            raise ValueError(f"a name in a certificate has {NAME_MAX} letters at most: {too_long}")
        with warnings.catch_warnings():  # the library counts bytes, X.520 letters: those were counted above
            warnings.simplefilter("ignore", UserWarning)
            return x509.Name([x509.NameAttribute(oid, text, _validate=False) for oid, text in rows if text])


class Authority:
    """One tree of the trial authority in its folder. Its moments are handed in; nothing here reads the clock."""

    def __init__(self, folder: Path, tree: str) -> None:
        self.folder, self.tree = folder, tree
        said = json.loads((folder / "authority.json").read_text("utf-8"))
        self.address, self.kind = said["address"], said["kind"]
        self._keys: dict[str, Any] = {}

    # what it is made of

    @functools.cached_property
    def root(self) -> x509.Certificate:
        """The certificate that everybody is asked to trust."""
        return self.certificate("root")

    @functools.cached_property
    def issuing(self) -> x509.Certificate:
        """The certificate that signs all others."""
        return self.certificate("issuing")

    def certificate(self, name: str) -> x509.Certificate:
        """The certificate of a part: root, issuing, ocsp, tsa."""
        return x509.load_pem_x509_certificate((self.folder / f"{name}.crt").read_bytes())

    def key(self, name: str) -> Key:
        """The private key of a part, read once: loading one costs more than ten signatures."""
        if name not in self._keys:
            pem = (self.folder / f"{name}.key").read_bytes()
            self._keys[name] = serialization.load_pem_private_key(pem, None)
        return self._keys[name]

    # what it does

    def issue(self, person: Person, *, at: datetime, public_key: Any, days: int = 0) -> x509.Certificate:
        """A certificate for the holder of `public_key`, valid from `at` for `days` (0: three years), and noted down."""
        until = at + timedelta(days=days or HOLDER_YEARS * 365)
        issued = _certificate(self, "issuing", person.subject(), public_key, at, until, _for_holder())
        _write(self.folder / "issued" / f"{issued.serial_number:x}.crt", _pem(issued))
        return issued

    def issue_pkcs12(self, person: Person, *, at: datetime, password: str, days: int = 0) -> bytes:
        """A new key with its certificate and chain as a PKCS#12 file, for trials: the authority keeps no copy."""
        key = new_key(self.kind)
        issued = self.issue(person, at=at, public_key=key.public_key(), days=days)
        # the name inside the file is read by old programs: plain letters
        lock = serialization.BestAvailableEncryption(password.encode())
        return pkcs12.serialize_key_and_certificates(b"trial", key, issued, [self.issuing, self.root], lock)

    def revoke(self, serial: int, *, at: datetime, reason: str = "unspecified") -> None:
        """Say that a certificate holds no longer from `at` on. The first word counts. Raises NotOurCertificate."""
        if reason not in REASONS:
            raise ValueError(f"no such reason: {reason}")
        if not self.has_issued(serial):
            raise NotOurCertificate(f"{serial:x}")
        place = self.folder / "revoked" / f"{serial:x}.json"
        if not place.exists():
            _write(place, json.dumps({"at": at.isoformat(), "reason": reason}).encode())

    def has_issued(self, serial: int) -> bool:
        """Whether the certificate of this number is one of ours."""
        return (self.folder / "issued" / f"{serial:x}.crt").is_file()

    def revoked(self, serial: int) -> tuple[datetime, str] | None:
        """When and why a certificate was revoked; None for one that was not."""
        place = self.folder / "revoked" / f"{serial:x}.json"
        if not place.is_file():
            return None
        said = json.loads(place.read_text("utf-8"))
        return datetime.fromisoformat(said["at"]), said["reason"]

    def crl(self, *, at: datetime, issuer: str = "issuing") -> bytes:
        """The revocation list of `issuer` (issuing, or root with the authorities below it) as of `at`, in DER."""
        builder = x509.CertificateRevocationListBuilder(
            issuer_name=self.certificate(issuer).subject,
            last_update=at,
            next_update=at + timedelta(hours=CRL_HOURS),
        )
        builder = builder.add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
        builder = builder.add_extension(_authority_of(self.certificate(issuer)), critical=False)
        builder = builder.add_extension(_kept_since(self.certificate(issuer)), critical=False)
        for serial in self._revoked_serials() if issuer == "issuing" else ():
            moment, reason = self.revoked(serial) or (at, "unspecified")
            if moment <= at:
                row = x509.RevokedCertificateBuilder(serial, moment)
                if reason != "unspecified":
                    flag = x509.CRLReason(x509.ReasonFlags[reason])
                    row = row.add_extension(flag, critical=False)
                builder = builder.add_revoked_certificate(row.build())
        return builder.sign(self.key(issuer), hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def _revoked_serials(self) -> Iterator[int]:
        for place in sorted((self.folder / "revoked").glob("*.json")):
            yield int(place.stem, 16)


def _kept_since(certificate: x509.Certificate) -> x509.UnrecognizedExtension:
    """“Who was revoked stays on the list after expiry” (expiredCertsOnCRL, X.509): ours are never taken off."""
    since = f"{certificate.not_valid_before_utc:%Y%m%d%H%M%SZ}".encode()
    return x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.60"), bytes((0x18, len(since))) + since)


def open_authority(
    folder: Path, tree: str, *, at: datetime, address: str = "", kind: str = "rsa"
) -> Authority:
    """The authority of a tree in `folder/tree`, made there first when it is not.

    `at` is when a new one begins, `address` where its lists are to be had (written into certificates), `kind` of key
    "rsa" (2048 bits) or "ec" (P-256; both allowed by TT 15/2025/TT-BKHCN). Several processes may start at once: it
    is made aside and put into place in one step, and the first one wins.
    """
    if tree not in TREES:
        raise ValueError(f"no such tree: {tree}")
    place = folder / tree
    if not (place / "authority.json").is_file():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / f".{tree}.{os.getpid()}.{secrets.token_hex(4)}"
        try:
            _make(draft, tree, at, address, kind)
            draft.rename(place)
        except OSError:
            if not (place / "authority.json").is_file():
                raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return Authority(place, tree)


def new_key(kind: str) -> Key:
    """A fresh private key: "rsa" or "ec"."""
    if kind == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _make(folder: Path, tree: str, at: datetime, address: str, kind: str) -> None:
    for name in ("", "issued", "revoked"):
        (folder / name).mkdir(mode=0o700)
    said = {"tree": tree, "mark": MARK, "address": address, "kind": kind, "made_at": at.isoformat()}
    _write(folder / "authority.json", json.dumps(said, ensure_ascii=False).encode())
    keys = {name: new_key(kind) for name in ("root", "issuing", *_SERVICES)}
    for name, key in keys.items():
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        _write(folder / f"{name}.key", pem)
    begin = at - timedelta(days=400)  # signatures of the simulated past must find an authority that was there
    authority = Authority(folder, tree)
    titles = {
        "root": f"Gốc tin cậy {TREES[tree]}",
        "issuing": f"Cấp chứng thư {TREES[tree]}",
        "ocsp": f"Trả lời tình trạng chứng thư {TREES[tree]}",
        "tsa": f"Dấu thời gian {TREES[tree]}",
    }
    rows = {
        "root": ("root", ROOT_YEARS, _for_authority(1)),
        "issuing": ("root", ISSUING_YEARS, _for_authority(0)),
        "ocsp": ("issuing", SERVICE_YEARS, _for_service("ocsp")),
        "tsa": ("issuing", SERVICE_YEARS, _for_service("tsa")),
    }
    for name, (issuer, years, extensions) in rows.items():
        subject = Person(f"{MARK} - {titles[name]}", f"{MARK} - Một Cửa").subject()
        until = begin + timedelta(days=years * 365)
        made = _certificate(authority, issuer, subject, keys[name].public_key(), begin, until, extensions)
        _write(folder / f"{name}.crt", _pem(made))
        if name in _SERVICES:
            _write(folder / "issued" / f"{made.serial_number:x}.crt", _pem(made))


def _certificate(
    authority: Authority,
    issuer: str,
    subject: x509.Name,
    public_key: Any,
    begin: datetime,
    until: datetime,
    extensions: list[tuple[x509.ExtensionType, bool]],
) -> x509.Certificate:
    own = not (authority.folder / f"{issuer}.crt").exists()  # the root stands on itself
    above = None if own else authority.certificate(issuer)
    builder = (
        x509.CertificateBuilder(subject if above is None else above.subject, subject)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin.astimezone(UTC))
        .not_valid_after(until.astimezone(UTC))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )
    if above is not None:
        builder = builder.add_extension(_authority_of(above), critical=False)
        if authority.address:
            builder = _with_addresses(builder, authority, issuer)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(authority.key(issuer), hashes.SHA256())


def _with_addresses(
    builder: x509.CertificateBuilder, authority: Authority, issuer: str
) -> x509.CertificateBuilder:
    base = f"{authority.address}/{authority.tree}"
    crl = x509.DistributionPoint([x509.UniformResourceIdentifier(f"{base}/{issuer}.crl")], None, None, None)
    told = [(AuthorityInformationAccessOID.CA_ISSUERS, f"{base}/{issuer}.crt")]
    if issuer == "issuing":
        told.insert(0, (AuthorityInformationAccessOID.OCSP, f"{base}/ocsp"))
    rows = [x509.AccessDescription(oid, x509.UniformResourceIdentifier(url)) for oid, url in told]
    builder = builder.add_extension(x509.CRLDistributionPoints([crl]), critical=False)
    return builder.add_extension(x509.AuthorityInformationAccess(rows), critical=False)


def _authority_of(certificate: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    own = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)


def _usage(**allowed: bool) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in names})


def _for_authority(below: int) -> list[tuple[x509.ExtensionType, bool]]:
    return [
        (x509.BasicConstraints(ca=True, path_length=below), True),
        (_usage(key_cert_sign=True, crl_sign=True), True),
    ]


def _for_service(name: str) -> list[tuple[x509.ExtensionType, bool]]:
    rows = [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_usage(digital_signature=True), True),
        (x509.ExtendedKeyUsage([_SERVICES[name]]), True),
    ]
    return [*rows, (x509.OCSPNoCheck(), False)] if name == "ocsp" else rows


def _for_holder() -> list[tuple[x509.ExtensionType, bool]]:
    return [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_usage(digital_signature=True, content_commitment=True), True),
        (x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]), False),
        (x509.CertificatePolicies([x509.PolicyInformation(HOLDER_POLICY, None)]), False),
    ]


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _write(place: Path, content: bytes) -> None:
    """Write a file whole: readable by one user only, never half."""
    draft = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
