"""Files that somebody made to be believed by the page that verifies without us."""

import io
import re
from hashlib import sha256

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name as name
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers import PdfTimeStamper

from motcua.sealing.signer import jws
from motcua.signing import pades
from motcua.signing.rules.aside import aside
from motcua.signing.trial import authority as trial
from motcua.signing.trial import stamp
from motcua.standing import rules
from tests.signing.desk import AT, DER, Desk, hours, serial_of, small_pdf
from tests.signing.test_attacks import _renew_stamping, added, door_of, drawing, numbers, redraw

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGE, NOTHING = (0, 0, 595, 842), (0, 0, 0, 0)
LATER = "2026-10-07T10:00:00"
WHITE = b"1 1 1 rg 0 0 595 842 re f"


@pytest.fixture
def page(opened):
    return opened()


@pytest.fixture(scope="module")
def signed(authority):
    return authority.sign(small_pdf(), authority.key(), level="B-LT")


def told(report, number=0):
    return [each for each in report["signatures"][number]["findings"] if each != "trial"]


@aside
def stamped(desk, content, *, at, **given):
    """The file with a document time stamp of `at` more."""
    stamps = pades._timestamper(lambda request: stamp(desk.authority, request, at=at))
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    return PdfTimeStamper(stamps, **given).timestamp_pdf(writer, "sha256", None).getvalue()


def placed(where=("Fields", "Annots"), *, inline=False, subtype="/Widget", box=PAGE, value=None):
    """A look over the page that calls itself a signature."""

    def change(writer):
        page = writer.find_page_for_modification(0)[0]
        field = generic.DictionaryObject(
            {
                name("/Type"): name("/Annot"), name("/Subtype"): name(subtype), name("/FT"): name("/Sig"),
                name("/T"): pdf_string("Che"), name("/F"): generic.NumberObject(4), name("/Rect"): numbers(box),
                name("/AP"): drawing(writer, PAGE, WHITE),
            }
        )  # fmt: skip
        if value is not None:
            field[name("/V")] = value(writer)
        own = field if inline else writer.add_object(field)
        fields = writer.root["/AcroForm"]["/Fields"]
        for key, into in (("Fields", fields), ("Annots", page.get_object()["/Annots"])):
            if key in where:
                into.append(own)
                writer.update_container(into)

    return change


def the_same(writer):
    return writer.root["/AcroForm"]["/Fields"][0].raw_get("/V")


def anything(writer):
    return generic.NumberObject(0)


@pytest.mark.parametrize(
    "change",
    [
        placed(("Annots",), subtype="/Stamp", value=anything),
        placed(("Annots",), value=anything),
        placed(inline=True, value=anything),
        placed(("Fields",), inline=True, value=the_same),
        placed(),
        placed(box=NOTHING),
        placed(value=the_same),
        placed(("Annots",), value=the_same),
        redraw("NguoiKy"),
    ],
)
def test_nothing_lies_over_what_was_signed(page, signed, change):
    assert page.one(signed)["state"] == "valid"
    assert page.one(added(signed, change))["state"] == "invalid"


def test_a_signature_behind_another_may_be_seen_and_a_stamp_may_not(page, authority, signed):
    assert page.one(stamped(authority, signed, at=hours(0.5)))["state"] == "valid"
    report = page.one(stamped(authority, added(signed, placed()), at=hours(0.5), field_name="Che"))
    assert report["state"] == "invalid" and told(report) == ["changed_after"]
    assert page.one(authority.decided(authority.key(), authority.key()))["state"] == "valid"


def appended(content, rows, body=b""):
    """The file with a section more, as it is written: `rows` of its table, at which `{at}` is where `body` begins."""
    at = len(content) + 1
    size = re.findall(rb"/Size (\d+)", content)[-1].decode()
    root = re.findall(rb"/Root (\d+ \d+ R)", content)[-1].decode()
    before = re.findall(rb"startxref\s+(\d+)", content)[-1].decode()
    more = f"xref\n{rows.format(at=at)}trailer\n<< /Size {size} /Root {root} /Prev {before} >>\nstartxref\n"
    return content + b"\n" + body + more.encode() + f"{at + len(body)}\n%%EOF\n".encode()


def test_one_table_says_one_thing_of_an_object(page, signed):
    number = next(int(each[1]) for each in re.finditer(rb"(\d+) 0 obj\s[^>]*>>\s*stream\s+BT ET", signed))
    old = re.search(rb"(?<=\n)%d 0 obj" % number, signed).start()
    body = b"%d 0 obj\n<</Length 8>>\nstream\n(x) Tj  \nendstream\nendobj\n" % number
    one = f"{number} 1\n{old:010} 00000 n \n"
    assert page.one(appended(signed, one))["state"] == "valid"
    twice = page.one(appended(signed, one + f"{number} 1\n{{at:010}} 00000 n \n", body))
    assert (twice["state"], twice["findings"]) == ("invalid", ["not_pdf"])
    # another generation in the row, in the row and the object
    for rows, more in (
        (f"{number} 1\n{old:010} 00001 n \n", b""),
        (f"{number} 1\n{{at:010}} 00001 n \n", body.replace(b" 0 obj", b" 1 obj")),
    ):
        assert page.one(appended(signed, rows, more))["state"] == "invalid"


def test_what_was_signed_as_missing_stays_missing(page, authority):
    def leads_nowhere(writer):
        own = writer.root["/Pages"]["/Kids"][0].get_object()
        own[name("/Contents")] = generic.ArrayObject(
            [own.raw_get("/Contents"), generic.IndirectObject(900, 0, writer)]
        )

    made = authority.sign(small_pdf(extra=leads_nowhere), authority.key(), level="B-LT")
    assert page.one(made)["state"] == "valid"
    body = b"900 0 obj\n<</Length 25>>\nstream\n" + WHITE + b"\nendstream\nendobj\n"
    report = page.one(appended(made, "900 1\n{at:010} 00000 n \n", body))
    assert report["state"] == "invalid" and told(report) == ["changed_after"]


@pytest.mark.parametrize("through", ["DSS", "Info", "Metadata"])
def test_what_the_page_shows_is_no_evidence(page, authority, through):
    def names_it(writer):
        shown = writer.root["/Pages"]["/Kids"][0].get_object().raw_get("/Contents")
        if through == "DSS":
            writer.root[name("/DSS")] = generic.DictionaryObject({name("/Old"): shown})
        elif through == "Metadata":
            writer.root[name("/Metadata")] = shown
        else:
            writer._info = shown

    made = authority.sign(small_pdf(extra=names_it), authority.key())
    if through == "Info":
        assert b"/Info" in made

    def replaced(writer):
        content = writer.root["/Pages"]["/Kids"][0].get_object()["/Contents"]
        content._data = content._encoded_data = WHITE
        writer.update_container(content)

    assert "changed_after" not in told(page.one(made))
    assert told(page.one(added(made, replaced)))[-1] == "changed_after"


def test_long_names_do_not_pass_for_each_other(page, authority):
    def named(word):
        return lambda writer: writer.root.__setitem__(name("/" + "x" * 250 + word), generic.NumberObject(1))

    report = page.one(authority.sign(small_pdf(extra=named("a")), authority.key()))
    assert (report["state"], report["findings"]) == ("invalid", ["not_pdf"])


def as_if(content, old, new):
    """The signed file as if its signer had written it so: read up to its types, its digest does not hold."""
    assert content.count(old) >= 1 and len(old) == len(new)
    return content.replace(old, new)


def test_a_signature_is_of_the_type_that_it_says(page, authority, signed):
    archived = authority.sign(small_pdf(), authority.key(), level="B-LTA")
    assert page.one(archived)["state"] == "valid"
    assert told(page.one(as_if(archived, b"/Type /DocTimeStamp", b"/Type /Sig         ")), 1) == [
        "unreadable"
    ]
    assert told(page.one(as_if(signed, b"/Type /Sig", b"/Type /Foo"))) == ["unreadable"]


def test_a_certified_file_takes_no_further_signature(page, authority):
    @aside
    def certified(level):
        key = authority.key()
        signer = signers.SimpleSigner(
            signing_cert=_asn1(key.certificate),
            signing_key=_asn1_key(key.private),
            cert_registry=_registry(key.chain),
        )
        told = signers.PdfSignatureMetadata(
            field_name="A", certify=True, docmdp_permissions=level, subfilter=fields.SigSeedSubFilter.PADES
        )
        return signers.sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(small_pdf())),
            told,
            signer=signer,
            timestamper=pades._timestamper(lambda asked: stamp(authority.authority, asked, at=AT)),
        ).getvalue()

    def signed_again(content):
        return authority.sign(content, authority.key(), at=hours(0.1), field="B", level="B-LT")

    open_to_more = certified(fields.MDPPerm.FILL_FORMS)
    assert "changed_after" not in told(page.one(signed_again(open_to_more)))
    closed = certified(fields.MDPPerm.NO_CHANGES)
    assert "changed_after" not in told(page.one(closed))
    assert "changed_after" not in told(page.one(stamped(authority, closed, at=hours(0.1))))
    # no honest tool signs behind it: it is told another level, which is then put back
    [level] = set(re.findall(rb"/P 1\b", closed))
    again = signed_again(closed.replace(level, b"/P 2")).replace(b"/P 2", level)
    assert again.startswith(closed)
    assert "changed_after" in told(page.one(again))


def _asn1(der):
    from asn1crypto import x509

    return x509.Certificate.load(der)


def _asn1_key(private):
    from asn1crypto import keys
    from cryptography.hazmat.primitives import serialization

    der = private.private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return keys.PrivateKeyInfo.load(der)


def _registry(chain):
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    return SimpleCertificateStore.from_certs([_asn1(each) for each in chain])


def test_a_list_from_after_the_end_of_a_certificate_may_have_forgotten_it(opened, tmp_path, monkeypatch):
    desk = Desk(tmp_path / "own")
    key = desk.key(days=30)
    made = desk.sign(small_pdf(), key)
    day = hours(24 * 60)

    def lists():
        return [desk.authority.crl(at=day, issuer=each) for each in ("root", "issuing")]

    def asked():
        return opened(*lists(), roots=desk.roots).one(made, at="2026-12-04T10:00:00")

    assert asked()["state"] == "valid"
    forgets = trial.x509.UnrecognizedExtension(trial.x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    monkeypatch.setattr(trial, "_kept_since", lambda certificate: forgets)
    report = asked()
    assert report["state"] == "unknown" and "revocation_unknown" in told(report)
    desk.authority.revoke(serial_of(key), at=hours(-1), reason="key_compromise")
    assert "revoked" in told(asked())


@pytest.mark.parametrize("service", ["tsa", "ocsp", "issuing"])
def test_a_key_for_another_purpose_signs_no_paper(page, authority, service):
    own = authority.authority
    door = door_of(own.key(service), own.certificate(service), (own.issuing.public_bytes(DER),))
    made = pades.sign_pdf(
        small_pdf(), door, field="A", at=AT, level="B-T", stamps=lambda asked: stamp(own, asked, at=AT)
    )
    report = page.one(made)
    assert report["state"] == "invalid" and "wrong_usage" in told(report)


@pytest.mark.parametrize(
    ("reason", "level", "state"),
    [
        ("key_compromise", "B-LT", "unknown"),
        ("unspecified", "B-LT", "unknown"),
        ("superseded", "B-LT", "valid"),
        ("key_compromise", "B-LTA", "unknown"),
    ],
)
def test_who_has_the_key_of_a_stamping_authority_stamps_any_time(opened, tmp_path, reason, level, state):
    desk = Desk(tmp_path / "own")
    made = desk.sign(small_pdf(), desk.key(), level=level)
    desk.authority.revoke(desk.authority.certificate("tsa").serial_number, at=hours(10), reason=reason)
    lists = [desk.authority.crl(at=hours(40), issuer=each) for each in ("root", "issuing")]
    assert opened(*lists, roots=desk.roots).one(made, at=LATER)["state"] == state


def test_an_archive_stamp_of_another_from_before_the_theft_keeps_the_time(opened, tmp_path):
    desk = Desk(tmp_path / "own")
    made, stolen = desk.sign(small_pdf(), desk.key(), level="B-LT"), desk.authority.certificate("tsa")
    _renew_stamping(desk, begins=hours(-1))
    kept = stamped(desk, made, at=hours(5))
    late = stamped(desk, made, at=hours(20))
    desk.authority.revoke(stolen.serial_number, at=hours(10), reason="key_compromise")
    lists = [desk.authority.crl(at=hours(40), issuer=each) for each in ("root", "issuing")]
    page = opened(*lists, roots=desk.roots)
    assert page.one(kept, at=LATER)["state"] == "valid"
    assert "stamp_untrusted" in told(page.one(late, at=LATER))


def test_a_program_named_from_elsewhere_is_a_program(page, authority):
    def launch(writer):
        elsewhere = writer.add_object(name("/Launch"))
        writer.root[name("/OpenAction")] = generic.DictionaryObject(
            {name("/S"): elsewhere, name("/F"): pdf_string("calc.exe")}
        )

    report = page.one(authority.sign(small_pdf(extra=launch), authority.key(), level="B-LT"))
    assert (report["state"], report["findings"]) == ("invalid", ["script"])


def test_a_withdrawn_file_with_something_behind_its_end_is_withdrawn(page, authority, key, signed):
    digest = sha256(signed).hexdigest()
    parts = rules.signed_parts(signed)
    assert len(parts) == 1
    longer = [signed + b"\n", added(signed, lambda writer: None)]
    longer.append(authority.sign(signed, authority.key(), at=hours(0.1), field="B", level="B-LTA"))

    def listed(signed_parts):
        entry = rules.Entry(
            4, "withdrawn", "H1", "15/GKS", "a", "A", "P", "21/QĐ", AT.date(), "mistake", (digest,), "", signed_parts
        )  # fmt: skip
        body = rules.body_of([entry], issuer="x", number=4, at=AT, simulated=True)
        if not signed_parts:  # as lists were before
            del body["entries"][0]["signed"]
        return jws(body, key, with_key=True).encode(), entry

    content, entry = listed(parts)
    assert rules.read_list(content, [key.public["kid"]]).entries == (entry,)
    for each in longer:
        assert rules.entry_for([entry], sha256(each).hexdigest(), None, rules.signed_parts(each)) == entry
        assert page.one(each)["state"] == "valid"
        [report] = page.check({"paper.pdf": each, "thu-hoi.jws": content})
        assert (report["state"], report["findings"]) == ("invalid", ["withdrawn"])
    old, before = listed(())
    assert rules.read_list(old, [key.public["kid"]]).entries == (before,)
    [report] = page.check({"paper.pdf": longer[0], "thu-hoi.jws": old})
    assert (report["state"], report["findings"]) == ("valid", ["uncompared"])
    assert rules.is_uncompared([before], None) and not rules.is_uncompared([entry], None)
    [report] = page.check({"paper.pdf": signed, "thu-hoi.jws": old})
    assert report["findings"] == ["withdrawn"]
