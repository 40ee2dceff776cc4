"""Signing: levels, the look on the page, what other programs say of it, and what is refused."""

import shutil
import subprocess

import pytest

from motcua.signing import pades
from motcua.signing.appearance import drawn_seal, person_look, plain_look, seal_look, written_time
from motcua.signing.keys import KeyProblem, SoftwareKey
from motcua.signing.rules import Evidence
from motcua.signing.rules.aside import aside
from motcua.signing.trial import stamp
from tests.signing.desk import AGENCY, AT, HANH, SEAL, codes, hours, small_pdf

pytestmark = [pytest.mark.kernel, pytest.mark.slow]


def told(*command):
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=False).stdout


@pytest.fixture(scope="module")
def decision(desk):
    """A decision with a personal signature and the agency's seal, B-LT, by certificates that last for long."""
    keys = [desk.key(person, at=AT, days=365 * 12) for person in (HANH, SEAL)]
    return desk.decided(*keys)


def test_person_then_seal_and_the_first_signature_stays_valid(desk, decision):
    report = desk.verify(decision, evidence=Evidence())  # B-LT: the file keeps what proves it
    assert report.state == "valid"
    person, seal = report.signatures
    assert (person.signer, person.title, person.agency, person.kind) == (
        HANH.name,
        HANH.title,
        AGENCY,
        "person",
    )
    assert (seal.signer, seal.kind, seal.root, seal.trial) == (AGENCY, "seal", "government", True)
    assert [each.level for each in report.signatures] == ["B-LT", "B-LT"]
    assert person.signed_at == AT and person.time_proven and "Dấu thời gian" in person.stamped_by
    assert {each.revocation for each in report.signatures} == {"good"}
    assert codes(report) == codes(report, 1) == []


def test_pdfsig_calls_both_valid_and_trusts_the_trial_root(desk, decision, tmp_path):
    if not all(shutil.which(name) for name in ("pdfsig", "certutil")):
        pytest.skip("no pdfsig or certutil here: apt install poppler-utils libnss3-tools")
    (tmp_path / "paper.pdf").write_bytes(decision)
    base = f"sql:{tmp_path}"
    told("certutil", "-N", "-d", base, "--empty-password")
    told(
        "certutil",
        "-A",
        "-d",
        base,
        "-n",
        "trial",
        "-t",
        "CT,CT,CT",
        "-i",
        desk.authority.folder / "root.crt",
    )
    said = told("pdfsig", "-no-ocsp", "-nssdir", base, tmp_path / "paper.pdf")
    assert said.count("Signature is Valid.") == 2
    assert said.count("Certificate is Trusted.") == 2
    assert said.count("ETSI.CAdES.detached") == 2


def test_the_page_shows_who_and_when_in_our_own_font(decision, tmp_path):
    if not shutil.which("pdftotext"):
        pytest.skip("no poppler-utils here: apt install poppler-utils")
    (tmp_path / "paper.pdf").write_bytes(decision)
    words = told("pdftotext", "-layout", tmp_path / "paper.pdf", "-")
    for line in (
        "Người ký: Nguyễn Thị Hạnh",
        f"Cơ quan: {AGENCY}",
        "Thời gian ký: 05-10-2026 10:00:00 +07:00",
    ):
        assert line in words
    fonts = told("pdffonts", tmp_path / "paper.pdf").splitlines()[2:]
    assert fonts and all("Tinos" in each and " yes yes yes" in each for each in fonts)
    pictures = told("pdfimages", "-list", tmp_path / "paper.pdf")
    assert " smask " in pictures  # the seal is there, transparent


def test_the_seal_lies_over_the_left_third_in_real_size():
    person = person_look("A", at=AT, x=300, y=100)
    left, low, right, high = seal_look(AGENCY, over=person).box
    assert right - left == pytest.approx(36 / 25.4 * 72) == high - low
    width = person.box[2] - person.box[0]
    assert (left + right) / 2 == pytest.approx(person.box[0] + width / 6)  # the middle of the left third
    assert drawn_seal(AGENCY).startswith(b"\x89PNG")
    assert written_time(AT) == "05-10-2026 10:00:00 +07:00"


def test_levels_say_what_is_there(desk):
    key = desk.key()
    for level in pades.LEVELS:
        signed = desk.sign(small_pdf(), key, level=level)
        report = desk.verify(signed, key)
        assert (report.signatures[0].level, report.state) == (level, "valid"), level
    assert report.signatures[0].time_proven
    # the archive stamp covers what stands behind the signature too
    report = desk.verify(signed.replace(b"/Type /VRI", b"/Type /VRJ"), key)
    assert (report.state, report.findings[0].code) == ("invalid", "archive_broken")


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b"/Type /DocTimeStamp", b"/Type /DocTi-eStamp"),
        (b"/Type /DocTimeStamp", b"/Type /Sig         "),
        (b"/Type /DocTimeStamp", b"/Uype /DocTimeStamp"),
        (b"/SubFilter /ETSI.RFC3161", b"/SubFilter /ETSI.RFC3162"),
        (b"/SubFilter /ETSI.RFC3161", b"/SubFilten /ETSI.RFC3161"),
        (b"/SubFilter /ETSI.CAdES.detached", b"/SubFilter /ETSI.CAdES.detachee"),
    ],
)
def test_a_signature_of_a_strange_kind_is_not_passed_over(desk, was, becomes):
    key = desk.key()
    signed = desk.sign(small_pdf(), key, level="B-LTA")
    assert was in signed
    report = desk.verify(signed.replace(was, becomes), key)
    assert report.state == "invalid"
    assert "signature_unreadable" in {each.code for one in report.signatures for each in one.findings}


def test_text_alone_stands_where_asked(desk):
    look = plain_look("Số: 15/QĐ-UBND", written_time(AT), x=380, y=780)
    assert desk.verify(desk.sign(small_pdf(2), key := desk.key(), look=look), key).state == "valid"


def test_a_revoked_or_expired_key_does_not_sign_what_must_last(desk):
    revoked = desk.key()
    desk.revoke(revoked, at=AT)
    with pytest.raises(pades.NotSignable) as refused:
        desk.sign(small_pdf(), revoked, at=hours(1), level="B-LT")
    assert refused.value.code == "certificate"
    with pytest.raises(pades.NotSignable):
        desk.sign(small_pdf(), desk.key(days=2), at=hours(72), level="B-LT")


def test_time_stamps_that_nothing_proves_do_not_last(desk):
    key = desk.key()
    told = desk.evidence(key)
    with pytest.raises(pades.NotSignable) as refused:
        pades.sign_pdf(
            small_pdf(), key, field="A", at=AT, level="B-LT", roots=desk.roots,
            evidence=Evidence(told.ocsps[:1], told.crls),  # of the signer, not of who gives the stamps
            stamps=lambda request: stamp(desk.authority, request, at=AT),
        )  # fmt: skip
    assert refused.value.code == "certificate"


@pytest.mark.parametrize("level", ["B-T", "B-LT"])
def test_a_file_that_its_first_signer_locked_takes_no_other_signature(desk, tmp_path, level):
    import io

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf

    (tmp_path / "key.p12").write_bytes(desk.authority.issue_pkcs12(HANH, at=AT, password="x"))
    signer = SimpleSigner.load_pkcs12(str(tmp_path / "key.p12"), passphrase=b"x")
    meta = PdfSignatureMetadata(field_name="A", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    locked = aside(sign_pdf)(IncrementalPdfFileWriter(io.BytesIO(small_pdf())), meta, signer).getvalue()
    with pytest.raises(pades.NotSignable) as refused:
        desk.sign(locked, desk.key(), field="B", level=level)
    assert refused.value.code == "locked"


def test_no_stamp_no_signature(desk):
    def down(request):
        raise ConnectionRefusedError("the time stamps are down")

    with pytest.raises(OSError, match="down"):
        desk.sign(small_pdf(), desk.key(), stamps=down)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", b"GIF89a"])
def test_what_is_no_pdf_is_not_signed(desk, content):
    with pytest.raises(pades.NotSignable, match="unreadable"):
        desk.sign(content, desk.key())


def test_a_wrong_password_is_told(desk):
    content = desk.authority.issue_pkcs12(HANH, at=AT, password="đúng")
    with pytest.raises(KeyProblem, match="wrong_password"):
        SoftwareKey(content, "sai")
