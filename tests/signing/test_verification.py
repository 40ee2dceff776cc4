"""What a signature is worth later: judged at the time of signing, unknown never valid, every attack told in words."""

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.signing.rules import Evidence, questions, verify
from motcua.signing.rules.report import SENTENCES
from tests.signing.desk import AT, HANH, SEAL, Desk, codes, hours, small_pdf

pytestmark = pytest.mark.kernel
NOTHING = Evidence()


@pytest.fixture(scope="module")
def paper(desk):
    """A B-T paper and the key that signed it."""
    key = desk.key(days=30)
    return desk.sign(small_pdf(), key), key


def test_expired_later_is_still_valid_at_signing_time(desk, paper):
    signed, key = paper
    report = desk.verify(signed, key, at=hours(24 * 60))
    assert (report.state, codes(report)) == ("valid", ["expired_later"])


def test_revoked_later_is_still_valid_and_told(desk):
    key = desk.key()
    signed = desk.sign(small_pdf(), key)
    desk.revoke(key, at=hours(5))
    report = desk.verify(signed, key, at=hours(6))
    assert (report.state, codes(report)) == ("valid", ["revoked_later"])
    assert report.signatures[0].revocation == "revoked_later"
    assert "05/10/2026" in report.signatures[0].findings[0].vi


@pytest.mark.parametrize("level", ["B-T", "B-LT"])
def test_revoked_before_is_invalid_whatever_old_answer_the_file_keeps(desk, level):
    key = desk.key()
    old = desk.evidence(key, at=hours(1))  # taken while the key was good
    desk.revoke(key, at=hours(1))
    from motcua.signing import pades
    from motcua.signing.trial import stamp

    signed = pades.sign_pdf(
        small_pdf(), key, field="A", at=hours(1), level=level, roots=desk.roots, evidence=old,
        stamps=lambda request: stamp(desk.authority, request, at=hours(1.2)),
    )  # fmt: skip
    report = desk.verify(signed, key, at=hours(2))
    assert (report.state, report.signatures[0].state, codes(report)) == (
        "invalid",
        "revoked",
        ["revoked_before"],
    )


def test_signed_after_the_certificate_expired(desk):
    key = desk.key(days=2)
    report = desk.verify(desk.sign(small_pdf(), key, at=hours(72)), key, at=hours(73))
    assert (report.state, report.signatures[0].state) == ("invalid", "expired")


def test_without_a_time_stamp_the_present_decides(desk):
    key = desk.key(days=2)
    signed = desk.sign(small_pdf(), key, level="B-B")
    report = desk.verify(signed, key)
    assert (report.state, codes(report)) == ("valid", ["time_claimed"])
    assert not report.signatures[0].time_proven and report.signatures[0].signed_at == AT
    assert desk.verify(signed, key, at=hours(72)).state == "unknown"
    desk.revoke(key, at=hours(3))
    assert "revoked_unproven" in codes(desk.verify(signed, key, at=hours(4)))


def test_when_the_authority_is_down_it_is_unknown_never_valid(desk, paper):
    report = desk.verify(paper[0], evidence=NOTHING)
    assert report.state == "unknown"
    assert set(codes(report)) == {"timestamp_untrusted", "revocation_unknown"}
    stale = desk.evidence(paper[1], at=hours(-24))  # answers of yesterday say nothing of today
    assert desk.verify(paper[0], evidence=stale).state == "unknown"


def test_evidence_of_somebody_else_counts_for_nothing(desk, paper, tmp_path):
    foreign = Desk(tmp_path, "public")
    other = foreign.evidence(foreign.key(HANH))
    assert desk.verify(paper[0], evidence=other).state == "unknown"
    report = verify(paper[0], foreign.roots, desk.evidence(paper[1]), at=hours(1))
    assert (report.state, report.signatures[0].root) == ("unknown", "")
    assert "untrusted" in codes(report)
    assert questions(paper[0], foreign.roots, at=hours(1)) == []  # no address of a stranger is asked
    assert len(questions(paper[0], desk.roots, at=hours(1))) == 3  # signer, stamp, authority


def test_one_byte_changed_anywhere_is_never_valid(desk, paper):
    signed, key = paper
    told = desk.evidence(key)
    start, end = signed.index(b"/Contents <") + 10, signed.index(b">", signed.index(b"/Contents <"))
    for place in (20, *range(100, start, start // 12), *range(end + 1, len(signed), 700), len(signed) - 20):
        changed = bytearray(signed)
        changed[place] ^= 1
        report = verify(bytes(changed), desk.roots, told, at=hours(1))
        assert report.state == "invalid", place


def test_an_altered_content_is_told(desk, paper):
    signed = paper[0].replace(b"BT ET", b"BT  T")
    assert "altered" in codes(desk.verify(signed, paper[1]))


def appended(signed, change):
    """The file with a revision behind it."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_content_laid_over_after_signing_is_a_finding(desk, paper):
    from pyhanko.pdf_utils import generic

    def cover(writer):
        content = writer.add_object(generic.StreamObject(stream_data=b"1 1 1 rg 0 0 595 842 re f"))
        writer.add_stream_to_page(0, content)

    report = desk.verify(appended(paper[0], cover), paper[1])
    assert (report.state, codes(report)) == ("invalid", ["changed_after"])


def test_a_signature_over_only_a_part_is_a_finding(desk, paper):
    import re

    signed, key = paper
    first, second, third, fourth = map(
        int, re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", signed).groups()
    )
    shorter = b"/ByteRange [%d %d %d %d" % (first, second, third, fourth - 7)
    longer = b"/ByteRange [%d %d %d %d" % (first, second, third, fourth)
    report = desk.verify(signed.replace(longer, shorter.ljust(len(longer))), key)
    assert report.state == "invalid"
    behind = desk.verify(signed + b"\n% more\n" + b"x" * 50, key)
    assert (behind.state, [each.code for each in behind.findings]) == ("invalid", ["trailing"])


def test_a_certificate_with_a_wrong_usage(desk):
    from cryptography.hazmat.primitives import serialization

    from motcua.signing import pades
    from motcua.signing.keys import SoftwareKey
    from motcua.signing.trial import stamp

    der = serialization.Encoding.DER
    key = SoftwareKey.__new__(
        SoftwareKey
    )  # the key of the authority itself, which may sign certificates only
    key.private = desk.authority.key("issuing")
    key.certificate, key.chain = desk.authority.issuing.public_bytes(der), ()
    signed = pades.sign_pdf(
        small_pdf(), key, field="A", at=AT, stamps=lambda request: stamp(desk.authority, request, at=AT)
    )
    report = desk.verify(signed, at=hours(1))
    assert report.state == "invalid" and "wrong_usage" in codes(report)


def script(writer):
    from pyhanko.pdf_utils.generic import DictionaryObject, pdf_name, pdf_string

    names = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert(1)")}
    writer.root[pdf_name("/OpenAction")] = DictionaryObject(names)


def test_a_pdf_with_a_script_is_told_even_when_well_signed(desk):
    key = desk.key(SEAL)
    report = desk.verify(desk.sign(small_pdf(extra=script), key), key)
    assert (report.state, report.signatures[0].state) == ("invalid", "valid")
    assert "JavaScript" in report.findings[0].vi


def encrypted():
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(small_pdf())))
    writer.encrypt("secret", "secret")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def many_pages():
    return small_pdf().replace(b"/Count 1", b"/Count 5000")


def bomb():
    import zlib

    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.generic import pdf_name

    packed = zlib.compress(zlib.compress(bytes(60_000_000)))

    def swell(writer):
        stream = generic.StreamObject(stream_data=b"x")
        stream._data, stream._encoded_data = None, packed
        two = generic.ArrayObject([pdf_name("/FlateDecode")] * 2)
        stream[pdf_name("/Filter")] = two
        writer.root[pdf_name("/Metadata")] = writer.add_object(stream)

    return small_pdf(extra=swell)


def endless(widths=b"[0 0 0]"):
    table = b"1 0 obj\n<</Type /XRef /Size 9 /Root 2 0 R /W %b /Index [0 99999999999] /Length 0>>\nstream\n\nendstream"
    return b"%%PDF-1.7\n%b\nendobj\nstartxref\n9\n%%%%EOF\n" % (table % widths)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda: b"", "not_pdf"),
        (lambda: b"PK\x03\x04", "not_pdf"),
        (lambda: b"%PDF-1.7\n1 0 obj", "broken"),
        (lambda: small_pdf()[:-200], "broken"),
        (lambda: small_pdf() + b" " * 5000, "broken"),
        (lambda: small_pdf(), "unsigned"),
        (bomb, "unsigned"),
        (endless, "broken"),
        (lambda: endless(b"[1 2 1]"), "broken"),
        (encrypted, "encrypted"),
        (many_pages, "too_many_pages"),
    ],
)
def test_what_cannot_be_checked_is_a_sentence(desk, content, code):
    report = desk.verify(content(), evidence=NOTHING)
    assert report.state == "invalid"
    assert code in [each.code for each in report.findings]
    assert all(each.vi and each.en for each in report.findings)


def test_every_sentence_is_there_in_two_languages():
    for code, (does, vi, en) in SENTENCES.items():
        assert does in ("bad", "doubt", "note"), code
        assert vi.endswith(".") and en.endswith(".") and vi != en, code


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(cut=st.integers(0, 20_000), junk=st.binary(max_size=40), seed=st.integers(0, 20_000))
def test_no_bytes_make_it_fail(desk, paper, cut, junk, seed):
    signed = paper[0]
    place = seed % len(signed)
    broken = signed[:place] + junk + signed[place + cut % 200 :]
    report = verify(broken, desk.roots, NOTHING, at=hours(1))
    assert report.state in ("invalid", "unknown")
    questions(broken, desk.roots, at=hours(1))


def test_within_a_running_event_loop_it_is_the_same(desk):
    """An asynchronous server has one: signing and checking go on beside it. (So has a worker after a browser.)"""

    async def all_of_it():
        key = desk.key()
        return desk.verify(desk.sign(small_pdf(), key, level="B-LT"), key)

    with ThreadPoolExecutor(1) as fresh:
        assert fresh.submit(asyncio.run, all_of_it()).result().state == "valid"
