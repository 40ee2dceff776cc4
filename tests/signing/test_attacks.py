"""Files that somebody made to be believed: added looks, borrowed stamps, forged chains, lists that have forgotten."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import AuthorityInformationAccessOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name as name
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from motcua.signing import fields, jws, network, pades
from motcua.signing.keys import SoftwareKey
from motcua.signing.rules import Evidence, data_questions, questions, verify, verify_data
from motcua.signing.rules.der import written
from motcua.signing.trial import Person, open_authority, stamp
from motcua.signing.trial import authority as trial
from tests.signing.desk import AT, DER, HANH, SEAL, Desk, codes, hours, serial_of, small_pdf

pytestmark = pytest.mark.kernel
PAGE = (0, 0, 595, 842)


def numbers(values):
    return generic.ArrayObject([generic.NumberObject(each) for each in values])


def drawing(writer, box, content):
    look = generic.StreamObject(
        {name("/Type"): name("/XObject"), name("/Subtype"): name("/Form"), name("/BBox"): numbers(box)},
        stream_data=content,
    )
    return generic.DictionaryObject({name("/N"): writer.add_object(look)})


def added(content, change):
    """The file with one revision more."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def cover(writer):
    """An empty place for a signature that lies white over the whole page."""
    page = writer.find_page_for_modification(0)[0]
    field = generic.DictionaryObject(
        {
            name("/Type"): name("/Annot"), name("/Subtype"): name("/Widget"), name("/FT"): name("/Sig"),
            name("/T"): pdf_string("Che"), name("/F"): generic.NumberObject(4), name("/Rect"): numbers(PAGE),
            name("/P"): page, name("/AP"): drawing(writer, PAGE, b"1 1 1 rg 0 0 595 842 re f"),
        }
    )  # fmt: skip
    placed = writer.add_object(field)
    writer.register_annotation(page, placed)
    writer.root["/AcroForm"]["/Fields"].append(placed)
    writer.update_container(writer.root["/AcroForm"]["/Fields"])


def redraw(which):
    def change(writer):
        found = [each.get_object() for each in writer.root["/AcroForm"]["/Fields"]]
        field = next(each for each in found if each["/T"] == which)
        field[name("/AP")] = drawing(writer, (0, 0, 200, 20), b"1 0 0 rg 0 0 200 20 re f")
        writer.update_container(field)

    return change


def nested(writer):
    """A form whose one field stands below another."""
    leaf = generic.DictionaryObject(
        {
            name("/FT"): name("/Tx"), name("/T"): pdf_string("so"), name("/Type"): name("/Annot"),
            name("/Subtype"): name("/Widget"), name("/Rect"): numbers((10, 10, 200, 30)),
        }
    )  # fmt: skip
    below = generic.ArrayObject([writer.add_object(leaf)])
    above = writer.add_object(
        generic.DictionaryObject({name("/T"): pdf_string("giay"), name("/Kids"): below})
    )
    leaf[name("/Parent")] = above
    form = generic.DictionaryObject({name("/Fields"): generic.ArrayObject([above])})
    writer.root[name("/AcroForm")] = writer.add_object(form)


def fill_nested(writer):
    leaf = writer.root["/AcroForm"]["/Fields"][0].get_object()["/Kids"][0].get_object()
    leaf[name("/V")] = pdf_string("đã sửa")
    writer.update_container(leaf)


def test_an_empty_place_for_a_signature_covers_nothing_unseen(desk):
    key = desk.key()
    covered = added(desk.sign(small_pdf(), key), cover)
    assert codes(desk.verify(covered, key)) == ["form_changed"]
    # nor one that a stamp fills, which no name stands for
    from pyhanko.sign.signers import PdfTimeStamper

    writer = IncrementalPdfFileWriter(io.BytesIO(covered))
    stamps = pades._timestamper(lambda request: stamp(desk.authority, request, at=hours(0.5)))
    with ThreadPoolExecutor(1) as fresh:  # an event loop of a browser may run in this one
        stamper = PdfTimeStamper(stamps, field_name="Che")
        stamped = fresh.submit(stamper.timestamp_pdf, writer, "sha256", None).result()
    report = desk.verify(stamped.getvalue(), key)
    assert (report.state, codes(report)) == ("invalid", ["form_changed"])


def test_what_a_field_looks_like_is_part_of_what_was_signed(desk):
    key = desk.key()
    paper = fields.put_field(small_pdf(), "so-van-ban", box=(100, 700, 300, 720), page=0, told="Số")
    first = fields.fill_field(desk.sign(paper, key), "so-van-ban", "07/GP-UBND")
    sealed = desk.sign(first, key, field="CoQuan", at=hours(0.1))
    assert desk.verify(sealed, key).state == "valid"
    redrawn = desk.verify(added(sealed, redraw("so-van-ban")), key)
    assert [each.findings[0].code for each in redrawn.signatures] == ["form_changed", "form_changed"]
    signature = desk.verify(added(sealed, redraw("NguoiKy")), key)
    assert signature.state == "invalid"


def test_a_field_below_another_is_a_field(desk):
    key = desk.key()
    signed = desk.sign(small_pdf(extra=nested), key)
    assert desk.verify(signed, key).state == "valid"
    report = desk.verify(added(signed, fill_nested), key)
    assert (report.state, codes(report)) == ("invalid", ["form_changed"])


def _changed(signature, signer):
    """The DER of a signature of which only the signer was changed; to encode all of it anew takes a minute."""
    kept = {
        name: signature["content"][name] for name in ("version", "digest_algorithms", "encap_content_info")
    }
    held = {"certificates": signature["content"]["certificates"], "signer_infos": [written(signer)]}
    return cms.ContentInfo(
        {"content_type": "signed_data", "content": cms.SignedData({**kept, **held})}
    ).dump()


def test_a_stamp_of_a_stranger_dates_nothing(desk, tmp_path):
    """Signed after the theft was told; anybody can put one more stamp into what no signature covers."""
    key, stranger = desk.key(), Desk(tmp_path)
    late = desk.sign(small_pdf(), key, at=hours(24))
    desk.revoke(key, at=hours(5))
    assert codes(desk.verify(late, key, at=hours(30))) == ["revoked_before"]
    start = late.index(b"/Contents <") + 11
    end = late.index(b">", start)
    signature = cms.ContentInfo.load(bytes.fromhex(late[start:end].decode()))
    signer = signature["content"]["signer_infos"][0]
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(32)}
    asked = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "cert_req": True}).dump()
    early = tsp.TimeStampResp.load(stamp(stranger.authority, asked, at=hours(1)))["time_stamp_token"]
    honest = signer["unsigned_attrs"][0]["values"][0]
    kind = "signature_time_stamp_token"
    signer["unsigned_attrs"] = cms.CMSAttributes(
        [cms.CMSAttribute({"type": kind, "values": [each]}) for each in (early, honest)]
    )
    made = _changed(signature, signer).hex().encode().ljust(end - start, b"0")
    assert len(made) == end - start
    report = desk.verify(late[:start] + made + late[end:], key, at=hours(30))
    assert (report.state, codes(report)) == ("invalid", ["revoked_before"])
    assert report.signatures[0].signed_at == hours(24)


@pytest.mark.parametrize(
    ("reason", "level", "state"),
    [
        ("key_compromise", "B-T", "unknown"),
        ("key_compromise", "B-LT", "unknown"),
        ("superseded", "B-T", "valid"),
    ],
)
def test_who_has_the_key_of_a_stamping_authority_stamps_any_time(tmp_path, reason, level, state):
    desk = Desk(tmp_path)
    key = desk.key()
    signed = desk.sign(small_pdf(), key, at=hours(1), level=level)
    stolen = desk.authority.certificate("tsa").serial_number
    desk.authority.revoke(stolen, at=hours(10), reason=reason)
    assert desk.verify(signed, key, at=hours(48)).state == state


def test_an_archive_stamp_from_before_the_theft_keeps_the_time(tmp_path):
    desk = Desk(tmp_path)
    key = desk.key()
    signed = desk.sign(small_pdf(), key, at=hours(1), level="B-LTA")
    lists = Evidence((), (desk.authority.crl(at=hours(9), issuer="root"), desk.authority.crl(at=hours(9))))
    assert desk.verify(signed, evidence=lists, at=hours(9)).state == "valid"


def test_a_later_signature_is_not_judged_by_an_earlier_archive_stamp(tmp_path):
    desk = Desk(tmp_path)
    key = desk.key(days=900)
    first = desk.sign(small_pdf(), key, at=hours(1), level="B-LTA")
    _renew_stamping(desk, begins=hours(100))
    both = desk.sign(first, key, at=hours(200), level="B-T", field="B")
    report = desk.verify(both, key, at=hours(201))
    assert [each.state for each in report.signatures][-1] == "valid"


def _renew_stamping(desk, *, begins):
    """The authority's stamping key is another from then on."""
    fresh, folder = trial.new_key("ec"), desk.authority.folder
    subject = Person("MÔ PHỎNG - TSA 2", "Một Cửa").subject()
    made = trial._certificate(
        desk.authority, "issuing", subject, fresh.public_key(), begins, hours(9000), trial._for_service("tsa")
    )
    (folder / "tsa.crt").write_bytes(trial._pem(made))
    (folder / "issued" / f"{made.serial_number:x}.crt").write_bytes(trial._pem(made))
    (folder / "tsa.key").write_bytes(
        fresh.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    desk.authority = open_authority(folder.parent, "government", at=AT)


def test_a_list_made_after_the_certificate_had_expired_does_not_say_that_it_was_good(tmp_path, monkeypatch):
    """Authorities may take expired rows off their lists (RFC 5280, 3.3), but for those who say that they do not."""
    desk = Desk(tmp_path)
    key = desk.key(days=30)
    signed = desk.sign(small_pdf(), key)
    lists = (desk.authority.crl(at=hours(24 * 60), issuer="root"), desk.authority.crl(at=hours(24 * 60)))
    assert codes(desk.verify(signed, evidence=Evidence((), lists), at=hours(24 * 60))) == ["expired_later"]
    forgets = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    monkeypatch.setattr(trial, "_kept_since", lambda certificate: forgets)
    lists = (desk.authority.crl(at=hours(24 * 60), issuer="root"), desk.authority.crl(at=hours(24 * 60)))
    report = desk.verify(signed, evidence=Evidence((), lists), at=hours(24 * 60))
    assert (report.state, codes(report)) == ("unknown", ["revocation_unknown"])
    # before it expired the same list is believed, and a row that is there always
    lists = (desk.authority.crl(at=hours(9), issuer="root"), desk.authority.crl(at=hours(9)))
    assert desk.verify(signed, evidence=Evidence((), lists), at=hours(9)).state == "valid"
    desk.authority.revoke(serial_of(key), at=hours(-1), reason="key_compromise")
    lists = (desk.authority.crl(at=hours(24 * 60), issuer="root"), desk.authority.crl(at=hours(24 * 60)))
    report = desk.verify(signed, evidence=Evidence((), lists), at=hours(24 * 60))
    assert codes(report) == ["revoked_before"]


@pytest.fixture
def forger(desk):
    """A key whose certificate only says that our authority issued it, and where to ask about it."""
    above, key = desk.authority.issuing, ec.generate_private_key(ec.SECP256R1())
    own = above.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    asked = x509.AccessDescription(
        AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier("http://127.0.0.1:6379/x")
    )
    builder = x509.CertificateBuilder(above.subject, HANH.subject()).public_key(key.public_key())
    builder = builder.serial_number(666).not_valid_before(AT - timedelta(days=1))
    builder = builder.not_valid_after(AT + timedelta(days=100))
    for extension in (
        x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own),
        x509.AuthorityInformationAccess([asked]),
    ):
        builder = builder.add_extension(extension, critical=False)
    return door_of(key, builder.sign(key, hashes.SHA256()), (above.public_bytes(DER),))


def door_of(key, certificate, chain):
    door = SoftwareKey.__new__(SoftwareKey)
    door.private, door.certificate, door.chain, door.at_once = key, certificate.public_bytes(DER), chain, 1
    return door


def test_a_certificate_that_only_names_our_authority_is_nobody_s_and_nobody_is_asked_about_it(desk, forger):
    signed = pades.sign_pdf(small_pdf(), forger, field="A", at=AT, level="B-B")
    assert questions(signed, desk.roots, at=hours(1)) == []
    report = desk.verify(signed, desk.key())
    assert report.state != "valid" and report.signatures[0].root == ""
    data = jws.signed(b'{"a":1}', forger, "ES256", at=AT)
    assert data_questions(data, desk.roots) == []
    [one] = verify_data(data, desk.roots, desk.evidence(desk.key()), at=hours(1)).signatures
    assert (one.state, one.root) == ("unknown", "")


@pytest.mark.parametrize("service", ["tsa", "ocsp", "issuing"])
def test_a_key_for_another_purpose_signs_no_paper(desk, service):
    authority = desk.authority
    chain = (authority.issuing.public_bytes(DER),)
    door = door_of(authority.key(service), authority.certificate(service), chain)
    signed = pades.sign_pdf(
        small_pdf(), door, field="A", at=AT, level="B-T", stamps=lambda asked: stamp(authority, asked, at=AT)
    )
    report = desk.verify(signed)
    assert report.state == "invalid" and "wrong_usage" in codes(report)


def test_nothing_hides_in_the_place_of_a_signature(desk):
    key = desk.key()
    signed = bytearray(desk.sign(small_pdf(), key))
    last = signed.index(b">", signed.index(b"/Contents <")) - 1
    assert signed[last] == ord("0")
    signed[last] = ord("f")
    report = desk.verify(bytes(signed), key)
    assert (report.state, codes(report)) == ("invalid", ["altered"])


def test_a_program_named_from_elsewhere_is_a_program(desk):
    def launch(writer):
        elsewhere = writer.add_object(name("/Launch"))
        writer.root[name("/OpenAction")] = generic.DictionaryObject(
            {name("/S"): elsewhere, name("/F"): pdf_string("calc.exe")}
        )

    key = desk.key()
    report = desk.verify(desk.sign(small_pdf(extra=launch), key), key)
    assert (report.state, report.findings[0].code) == ("invalid", "script")


def test_an_authority_that_sends_us_elsewhere_is_not_followed(desk):
    """What a certificate names is asked; where that leads on, a stranger may have chosen."""
    import threading
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    came = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_POST(self):
            came.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/inside")
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *given):
            return None

    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        with pytest.raises(OSError):
            network.fetch(f"http://127.0.0.1:{server.server_port}/ocsp", b"?", network.OCSP_TYPE)
        server.shutdown()
    assert came == ["/ocsp"]


def test_an_old_good_answer_in_the_file_does_not_outweigh_a_new_list(tmp_path):
    """The authority above is silent today, and what the file keeps of it is wanted; not what it keeps of the signer."""
    desk = Desk(tmp_path)
    key = desk.key()
    old = desk.evidence(key, at=hours(1))
    desk.revoke(key, at=hours(1))
    signed = pades.sign_pdf(
        small_pdf(), key, field="A", at=hours(1), level="B-LT", roots=desk.roots, evidence=old,
        stamps=lambda asked: stamp(desk.authority, asked, at=hours(1.2)),
    )  # fmt: skip
    today = Evidence((), (desk.authority.crl(at=hours(2)),))
    report = desk.verify(signed, evidence=today, at=hours(2))
    assert (report.state, codes(report)) == ("invalid", ["revoked_before"])


@pytest.mark.parametrize(
    ("was", "now"), [(b"/Filter /FlateDecode", b"/Fimter /FlateDecode"), (b"/Type /XRef", b"/Type /XReg")]
)
def test_a_seal_that_a_damaged_table_makes_disappear_is_missed(tmp_path, was, now):
    desk = Desk(tmp_path)
    key, seal = desk.key(), desk.key(SEAL)
    paper, evidence = desk.decided(key, seal), desk.evidence(key, seal, at=hours(1))
    assert verify(paper, desk.roots, evidence, at=hours(1)).state == "valid"
    last = [match.start() for match in re.finditer(rb"/ByteRange\s*\[", paper)][-1]
    at = paper.index(was, last)
    broken = paper[:at] + now + paper[at + len(was) :]
    report = verify(broken, desk.roots, evidence, at=hours(1))
    assert report.state == "invalid"
    assert "signature_hidden" in {each.code for each in report.findings} or len(report.signatures) != 1
