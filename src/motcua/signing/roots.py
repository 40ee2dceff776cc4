"""Trust roots as files: a folder with certificates, sorted by whose they are, and revocation lists beside them."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from motcua.signing.rules import KINDS, Evidence, Root, Roots

ENDINGS = (".pem", ".crt", ".cer", ".der")
_DER = serialization.Encoding.DER


class RootsProblem(Exception):
    """A file of the folder is no certificate or list; the text is a sentence, Vietnamese / English."""


def read_roots(folder: Path) -> tuple[Roots, Evidence]:
    """The roots of a folder and the revocation lists (*.crl) and OCSP answers (*.ocsp) that lie beside them.

    Only certificates that stand on themselves are roots; others that lie there are passed over. A root in a folder
    `government` or `public`, or whose own name begins so, is of that kind; any other is "other".
    Raises RootsProblem for a file that cannot be read.
    """
    roots: list[Root] = []
    ocsps: list[bytes] = []
    crls: list[bytes] = []
    for place in sorted(each for each in folder.rglob("*") if each.is_file()):
        content = place.read_bytes()
        if place.suffix == ".ocsp":
            ocsps.append(content)
        elif place.suffix == ".crl":
            crls.append(_list(place, content))
        elif place.suffix in ENDINGS:
            kind = _kind(Path(folder.resolve().name) / place.relative_to(folder))
            found = _certificates(place, content)
            roots += [Root(each.public_bytes(_DER), kind) for each in found if each.issuer == each.subject]
    return tuple(roots), Evidence(tuple(ocsps), tuple(crls))


def _kind(place: Path) -> str:
    return next((kind for kind in KINDS if place.name.startswith(kind) or kind in place.parts[:-1]), "other")


def _certificates(place: Path, content: bytes) -> list[x509.Certificate]:
    try:
        if b"-----BEGIN" in content:
            return x509.load_pem_x509_certificates(content)
        return [x509.load_der_x509_certificate(content)]
    except ValueError:
        raise RootsProblem(f"{place}: không phải chứng thư số / is no certificate") from None


def _list(place: Path, content: bytes) -> bytes:
    try:
        if b"-----BEGIN" in content:
            return x509.load_pem_x509_crl(content).public_bytes(_DER)
        return x509.load_der_x509_crl(content).public_bytes(_DER)
    except ValueError:
        raise RootsProblem(f"{place}: không phải danh sách thu hồi / is no revocation list") from None
