"""Dossiers that ask for a signature, and keys as a person's device makes them."""

from __future__ import annotations

from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from motcua.certificates import actions
from motcua.certificates.models import Request
from motcua.dossiers import actions as dossiers
from tests.dossiers import factories as make
from tests.support.city import CENTRE, City

PROCEDURE = "personal-digital-signature"
AT = make.AT
NUMBER = "022196001234"


@cache
def key(name: str = "lan") -> ec.EllipticCurvePrivateKey:
    """A key of somebody's own; made once."""
    return ec.generate_private_key(ec.SECP256R1())


def request(private: Any = None, *, name: str = "", number: str = "") -> str:
    """A request for a certificate, PEM."""
    said = [(NameOID.COMMON_NAME, name), (NameOID.USER_ID, f"CCCD:{number}" if number else "")]
    subject = x509.Name([x509.NameAttribute(oid, text) for oid, text in said if text])
    built = x509.CertificateSigningRequestBuilder().subject_name(subject)
    made = built.sign(private or key(), hashes.SHA256())
    return made.public_bytes(serialization.Encoding.PEM).decode()


def private_pem(private: Any = None) -> str:
    """The secret half, which must never be taken."""
    made = (private or key()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.decode()


def asked(city: City, *, key_place: str = "device", **more: Any) -> Request:
    """Asked online, received and transferred; nobody was looked at yet."""
    dossier = make.in_process(city, procedure=PROCEDURE, key_place=key_place, **more)
    return Request.objects.get(dossier__public_id=dossier)


def walked_in(city: City, *, key_place: str = "device", by: str = "receptionist") -> Request:
    """Taken in at the desk, received and transferred."""
    answers = {**make.complete(PROCEDURE), "key_place": key_place}
    done = dossiers.take_in(
        city.act(by, AT), procedure=PROCEDURE, agency=CENTRE, answers=answers, papers=[], transfer_now=True
    )
    return Request.objects.get(dossier__public_id=done["dossier"])


def checked(city: City, row: Request, *, at=AT, **more: Any) -> dict:
    """The receptionist saw her card and compared the photo."""
    given = {"paper": "card", "number": NUMBER, "photo": True, **more}
    return actions.check_identity(city.act("receptionist", at), request=row.public_id, **given)


def issued(city: City, *, key_place: str = "device") -> Request:
    """With a certificate, by the worker and the authority on the network."""
    from motcua.foundation import worker

    row = asked(city, key_place=key_place)
    checked(city, row)
    if key_place == "device":
        actions.give_key(city.act("citizen", AT), request=row.public_id, content=request())
    worker.drain()
    row.refresh_from_db()
    return row
