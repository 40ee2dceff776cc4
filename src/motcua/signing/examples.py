"""Signing for examples: an authority made for this once, whose keys nobody keeps. Everything by it says MÔ PHỎNG."""

from __future__ import annotations

import functools
import secrets
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType

from cryptography.hazmat.primitives import serialization

from motcua.signing import network, pades
from motcua.signing.appearance import Box, Look, seal_look, written_time
from motcua.signing.keys import KeyDoor, SoftwareKey
from motcua.signing.rules import Evidence, Question, Root
from motcua.signing.trial import NAME_MAX, Person, ocsp_answer, open_authority, stamp

_DER = serialization.Encoding.DER
ADDRESS = "http://mo-phong.invalid/ca"  # nobody answers there: what is needed lies in the signed file


class ExampleDesk:
    """`with ExampleDesk(at) as desk: desk.sign(pdf, …)` signs as at the aware moment `at`; `roots()` tells the trust.

    The keys lie in a folder of their own until the `with` ends, and are gone then.
    """

    def __init__(self, at: datetime) -> None:
        self.at = at.replace(microsecond=0)  # certificates and answers know seconds
        self._folder = tempfile.TemporaryDirectory(prefix="motcua-examples-")
        folder = Path(self._folder.name)
        self._authority = open_authority(folder, "government", at=at, address=ADDRESS, kind="ec")
        self._trusted = (Root(self._authority.root.public_bytes(_DER), "government"),)
        self._key = functools.cache(self._new_key)

    def __enter__(self) -> ExampleDesk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def roots(self) -> dict[str, bytes]:
        """The root and the revocation lists as files for `motcua verify --roots`: name in the folder -> bytes."""
        files = {"government/root.crt": self._authority.root.public_bytes(serialization.Encoding.PEM)}
        for issuer in ("root", "issuing"):
            files[f"government/{issuer}.crl"] = self._authority.crl(at=self.at, issuer=issuer)
        return files

    def sign(
        self, content: bytes, *, field: str, name: str, agency: str, box: Box, page: int, seal: bool = False
    ) -> bytes:
        """The PDF signed (PAdES B-LT) by a person of this name in the box (points, page from 0); with `seal`, the
        agency's seal follows over the left third (NĐ 30/2020/NĐ-CP, Annex I)."""
        lines = (f"Người ký: {name}", f"Cơ quan: {agency}", f"Thời gian ký: {written_time(self.at)}")
        look = Look(box, page, lines)
        signed = self._signed(content, Person(name, agency[:NAME_MAX]), field, look)
        if not seal:
            return signed
        over = seal_look(agency, over=look)
        return self._signed(
            signed, Person(agency[:NAME_MAX], agency[:NAME_MAX], seal=True), f"{field}-seal", over
        )

    def _signed(self, content: bytes, person: Person, field: str, look: Look) -> bytes:
        key = self._key(person)
        return pades.sign_pdf(
            content, key, field=field, at=self.at, level="B-LT",
            stamps=lambda request: stamp(self._authority, request, at=self.at),
            roots=self._trusted, evidence=self._evidence(key), look=look,
        )  # fmt: skip

    def _new_key(self, person: Person) -> KeyDoor:
        password = secrets.token_urlsafe(18)
        begun = self.at - timedelta(days=1)
        return SoftwareKey(self._authority.issue_pkcs12(person, at=begun, password=password), password)

    def _evidence(self, key: KeyDoor) -> Evidence:
        issuer = self._authority.issuing.public_bytes(_DER)
        asked = (key.certificate, self._authority.certificate("tsa").public_bytes(_DER))
        answers = [
            ocsp_answer(self._authority, network.ocsp_request(Question(each, issuer)), at=self.at)
            for each in asked
        ]
        return Evidence(tuple(answers), (self._authority.crl(at=self.at, issuer="root"),))
