"""A key on a token or in a security module, through PKCS#11 (OASIS, v2.40): it never leaves the device.

Only digests are handed to the device. The PIN is given once at opening and kept nowhere; every signature is verified
against the certificate before it is used. Needs the package python-pkcs11 (the extra `token`).
"""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa, utils

from motcua.signing.keys.door import KeyProblem
from motcua.signing.keys.software import SoftwareKey
from motcua.signing.keys.verified import digest_of, usable_public_key, verified

AT_ONCE = 20  # a slow card makes a signature in a second: so the caller sees what is done
# DER of DigestInfo (RFC 8017, section 9.2) up to the digest: what CKM_RSA_PKCS pads and signs
_DIGEST_INFO = {
    "sha256": bytes.fromhex("3031300d060960864801650304020105000420"),
    "sha384": bytes.fromhex("3041300d060960864801650304020205000430"),
    "sha512": bytes.fromhex("3051300d060960864801650304020305000440"),
}
# what the device says -> our code; anything else of it is "token_gone": it does not work, whatever the reason
_SAID = {
    "PinIncorrect": "wrong_pin",
    "PinInvalid": "wrong_pin",
    "PinLenRange": "wrong_pin",
    "PinLocked": "pin_locked",
    "PinExpired": "pin_expired",
    "UserPinNotInitialized": "pin_expired",
    "UserAlreadyLoggedIn": "token_busy",
    "AnotherUserAlreadyLoggedIn": "token_busy",
    "SessionCount": "token_busy",
    "TokenNotPresent": "no_token",
    "TokenNotRecognised": "no_token",
    "MechanismInvalid": "unusable",
    "FunctionNotSupported": "unusable",
    "KeyTypeInconsistent": "unusable",
}
_OPENING = threading.Lock()  # a library is started by one thread


class TokenKey:
    """Opens a key on a token. `module` is the PKCS#11 library of the device, `token` the token's label (may be empty
    when there is one only), `label` the key's (may be empty when there is one only).

    `module` is loaded as a program: it comes from whoever runs the installation, never from a form. Raises KeyProblem:
    pin_needed, no_pkcs11 (the package is not installed), no_module, no_token, which_token, wrong_pin, pin_locked,
    pin_expired, token_busy, no_such_key, no_certificate, unusable, token_gone.
    """

    def __init__(self, module: str, token: str, label: str, pin: str) -> None:
        self.at_once = AT_ONCE
        self._session: Any = None
        if not pin:
            raise KeyProblem("pin_needed")  # some devices would count an empty one as a wrong one
        session = _session(module, token, pin)
        try:
            with _told():
                self._key = _private_key(session, label)
                self.certificate, self.chain = _certificates(session, self._key)
            self._public = usable_public_key(self.certificate)
        except BaseException:
            _end(session)
            raise
        self._session = session

    def sign(self, data: bytes, digest: str = "sha256") -> bytes:
        """See `KeyDoor`."""
        return self.sign_all([data], digest)[0]

    def sign_all(self, many: Sequence[bytes], digest: str = "sha256") -> list[bytes]:
        """See `KeyDoor`. Raises KeyProblem: closed, token_gone, unusable, wrong_signature."""
        if self._session is None:
            raise KeyProblem("closed")
        with _told():
            made = [self._signature(digest_of(data, digest), digest) for data in many]
        return verified(self.certificate, many, made, digest)

    def _signature(self, value: bytes, digest: str) -> bytes:
        from pkcs11 import Mechanism

        if isinstance(self._public, rsa.RSAPublicKey):
            return bytes(self._key.sign(_DIGEST_INFO[digest] + value, mechanism=Mechanism.RSA_PKCS))
        pair = bytes(self._key.sign(value, mechanism=Mechanism.ECDSA))
        half = len(pair) // 2
        return utils.encode_dss_signature(
            int.from_bytes(pair[:half], "big"), int.from_bytes(pair[half:], "big")
        )

    def close(self) -> None:
        """See `KeyDoor`: the token is logged out."""
        if self._session is not None:
            _end(self._session)
        self._session = self._key = None

    def __del__(self) -> None:
        if (
            getattr(self, "_session", None) is not None
        ):  # left open: the next who wants the token would be sent away
            self.close()


def _end(session: Any) -> None:
    with contextlib.suppress(Exception):  # a token that is gone cannot be logged out
        session.close()


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What the device says, as KeyProblem. Its own words hold no PIN, and only the kind is kept."""
    from pkcs11.exceptions import PKCS11Error

    try:
        yield
    except PKCS11Error as problem:
        kind = type(problem).__name__
        raise KeyProblem(_SAID.get(kind, "token_gone"), kind) from None


def _session(module: str, token: str, pin: str, rw: bool = False) -> Any:
    try:
        import pkcs11
    except ImportError as problem:
        raise KeyProblem("no_pkcs11") from problem
    with _OPENING:
        try:
            library = pkcs11.lib(module)
        except (RuntimeError, OSError) as problem:  # not there, no library, or one that does not start
            raise KeyProblem("no_module", module[-200:]) from problem
        with _told():
            ready = library.get_tokens(token_flags=pkcs11.TokenFlag.TOKEN_INITIALIZED)
            found = [each for each in ready if token in ("", each.label)]
            if len(found) != 1:
                raise KeyProblem("which_token" if found else "no_token")
            return found[0].open(user_pin=pin, rw=rw)


def _private_key(session: Any, label: str) -> Any:
    from pkcs11 import Attribute, ObjectClass

    wanted = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, **({Attribute.LABEL: label} if label else {})}
    found = list(session.get_objects(wanted))
    if len(found) != 1:
        raise KeyProblem("no_such_key", f"{len(found)} keys")
    return found[0]


def _certificates(session: Any, key: Any) -> tuple[bytes, tuple[bytes, ...]]:
    """The certificate of the key (of the same id, else of the same label), and the others on the token above it."""
    from pkcs11 import Attribute, ObjectClass

    found = []
    for each in list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})):
        content = bytes(each[Attribute.VALUE])
        found.append((_read(each, Attribute.ID), _read(each, Attribute.LABEL), content))
    number, label = _read(key, Attribute.ID), _read(key, Attribute.LABEL)
    own = [content for other, _, content in found if number and other == number]
    own = own or [content for _, name, content in found if label and name == label]
    if not own:
        raise KeyProblem("no_certificate", str(label)[:80])
    return own[0], _above(own[0], [content for _, _, content in found])


def _above(own: bytes, others: Sequence[bytes]) -> tuple[bytes, ...]:
    """The authorities above a certificate among the others: no certificate of anybody else goes into a signature."""
    by_name = {each.subject: each for each in map(x509.load_der_x509_certificate, others)}
    chain: list[bytes] = []
    below = x509.load_der_x509_certificate(own)
    while (issuer := by_name.get(below.issuer)) is not None and issuer != below:
        der = issuer.public_bytes(serialization.Encoding.DER)
        if der in chain:
            break
        chain.append(der)
        below = issuer
    return tuple(chain)


def _read(thing: Any, attribute: Any) -> Any:
    from pkcs11.exceptions import PKCS11Error

    try:
        return thing[attribute]
    except PKCS11Error:  # the device knows no such attribute
        return None


def put_on_token(module: str, token: str, label: str, pin: str, content: bytes, password: str) -> None:
    """Copy the key and the certificates of a PKCS#12 file onto a token, for trials.

    A key that others rely on is made on the device and never was outside. Raises KeyProblem.
    """
    from pkcs11.util.ec import decode_ec_private_key
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    door = SoftwareKey(content, password)
    form = serialization.PrivateFormat.TraditionalOpenSSL
    der = door.private.private_bytes(serialization.Encoding.DER, form, serialization.NoEncryption())
    decode = decode_rsa_private_key if isinstance(door.private, rsa.RSAPrivateKey) else decode_ec_private_key
    number = hashlib.sha256(door.certificate).digest()[:16]
    session = _session(module, token, pin, rw=True)
    try:
        with _told():
            session.create_object(_stored(decode, der, label, number))
            for place, each in enumerate((door.certificate, *door.chain)):
                name = f"{label} {place}" if place else label
                own = hashlib.sha256(each).digest()[:16]
                session.create_object(_stored(decode_x509_certificate, each, name, own))
    finally:
        _end(session)


def _stored(decode: Any, der: bytes, label: str, number: bytes) -> dict[Any, Any]:
    from pkcs11 import Attribute

    return {**decode(der), Attribute.TOKEN: True, Attribute.LABEL: label, Attribute.ID: number}
