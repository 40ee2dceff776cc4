"""A signing desk for tests: a trial authority, keys of people and agencies, small PDF files, at a fixed legal time."""

import io
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from motcua.signing import network, pades
from motcua.signing.appearance import person_look, seal_look
from motcua.signing.keys import SoftwareKey
from motcua.signing.rules import Evidence, Question, Root, verify
from motcua.signing.trial import Person, ocsp_answer, open_authority, stamp

AT = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)  # Monday 5 October 2026, 10:00 in Viet Nam
AGENCY = "Ủy ban nhân dân phường Bãi Cháy"
HANH = Person("Nguyễn Thị Hạnh", AGENCY, "Phó Chủ tịch", "022085000001")
SEAL = Person(AGENCY, AGENCY, seal=True)
DER = serialization.Encoding.DER


def hours(number):
    """A moment so many hours after AT."""
    return AT + timedelta(hours=number)


def small_pdf(pages=1, extra=None):
    """A PDF of empty pages; `extra(writer)` may add to it before it is written."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

    writer = PdfFileWriter()
    for _ in range(pages):
        content = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
        writer.insert_page(PageObject(contents=content, media_box=(0, 0, 595, 842)))
    if extra:
        extra(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


class Desk:
    """An authority and what is done with it."""

    def __init__(self, folder, tree="government", kind="ec"):
        self.authority = open_authority(folder, tree, at=AT, address="http://trial.invalid/ca", kind=kind)
        self.roots = (Root(self.authority.root.public_bytes(DER), tree),)

    def key(self, person=HANH, *, at=AT, days=0):
        """A key with a certificate begun a day before `at`."""
        content = self.authority.issue_pkcs12(person, at=at - timedelta(days=1), password="mật", days=days)
        return SoftwareKey(content, "mật")

    def revoke(self, key, *, at):
        self.authority.revoke(serial_of(key), at=at, reason="key_compromise")

    def evidence(self, *keys, at=AT):
        """What the authority says of these keys and its own services at a moment."""
        certificates = [x509.load_der_x509_certificate(key.certificate) for key in keys]
        issuer = self.authority.issuing.public_bytes(DER)
        asked = [
            network.ocsp_request(Question(each.public_bytes(DER), issuer))
            for each in (*certificates, self.authority.certificate("tsa"))
        ]
        answers = [ocsp_answer(self.authority, each, at=at) for each in asked]
        return Evidence(tuple(answers), (self.authority.crl(at=at, issuer="root"),))

    def sign(self, content, key, *, at=AT, level="B-T", field="NguoiKy", look=None, **given):
        """The file with one signature more."""
        given.setdefault("stamps", lambda request: stamp(self.authority, request, at=at))
        return pades.sign_pdf(
            content, key, field=field, at=at, level=level, look=look,
            roots=self.roots, evidence=self.evidence(key, at=at), **given,
        )  # fmt: skip

    def decided(self, key, seal, *, at=AT, level="B-LT"):
        """A paper as it leaves an agency: the personal signature, then the seal over its left third."""
        look = person_look(HANH.name, at=at, x=330, y=150, agency=AGENCY)
        signed = self.sign(small_pdf(), key, at=at, level=level, look=look)
        later = at + timedelta(minutes=2)
        return self.sign(
            signed, seal, at=later, level=level, field="CoQuan", look=seal_look(AGENCY, over=look)
        )

    def verify(self, content, *keys, at=None, evidence=None):
        """The report at a moment, with what the authority says then; `evidence` in its place when given."""
        at = at or hours(1)
        told = self.evidence(*keys, at=at) if evidence is None else evidence
        return verify(content, self.roots, told, at=at)


def serial_of(key):
    return x509.load_der_x509_certificate(key.certificate).serial_number


def codes(report, number=0):
    """The codes of what was found about a signature, without the mark of the simulation."""
    return [each.code for each in report.signatures[number].findings if each.code != "trial"]
