"""The page that verifies without us, as a person uses it: opened from the disk, without a network, files chosen."""

import io
import re

import pytest

from motcua.kernel import merkle
from motcua.sealing import rules as seals
from motcua.sealing.signer import jws
from motcua.signing.fields import fill_field, put_field
from motcua.signing.rules import attached_record
from motcua.standing import rules
from tests.sealing.verifier import alone
from tests.signing.desk import AGENCY, AT, HANH, SEAL, Desk, hours, small_pdf

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def with_more(content, change):
    """The file with one revision more that nobody signed."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def wrong_pdf():
    """A page whose content will be corrected before it is signed."""
    from pyhanko.pdf_utils import generic

    def said(writer):
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT (wrong) Tj ET"))

    return small_pdf(extra=said)


def over_the_page(writer):
    from pyhanko.pdf_utils import generic

    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT (other) Tj ET"))
    writer.update_container(page)


def a_stamp_on_it(writer):
    """An annotation over the content, as a viewer draws it, and no signature."""
    from pyhanko.pdf_utils import generic

    page = writer.root["/Pages"]["/Kids"][0].get_object()
    box = generic.ArrayObject(map(generic.NumberObject, (0, 0, 300, 300)))
    drawn = {"/Type": "/Annot", "/Subtype": "/Stamp"}
    names = {generic.NameObject(key): generic.NameObject(value) for key, value in drawn.items()}
    page["/Annots"].append(
        writer.add_object(generic.DictionaryObject({**names, generic.NameObject("/Rect"): box}))
    )
    writer.update_container(page["/Annots"])


def another_page(writer):
    pages = writer.root["/Pages"]
    pages["/Kids"].append(pages["/Kids"].raw_get(0))
    writer.update_container(pages)


def rolled_back(content, first):
    """The signed file under a new table of all its objects that leads past the signed revision: the page's content is
    what it was before it was corrected and signed."""
    places = {int(each[1]): each.start(1) for each in re.finditer(rb"(?<=\n)(\d+) 0 obj", content)}
    old = {int(each[1]): each.start(1) for each in re.finditer(rb"(?<=\n)(\d+) 0 obj", content[: len(first)])}
    changed = next(number for number, at in old.items() if b"wrong" in content[at : at + 80])
    places[changed] = old[changed]
    rows = "".join(f"{number} 1\n{at:010} 00000 n \n" for number, at in sorted(places.items()))
    root = re.findall(rb"/Root (\d+) 0 R", content)[0].decode()
    before = re.findall(rb"startxref\s+(\d+)", first)[0].decode()
    trailer = f"trailer\n<< /Size {max(places) + 1} /Root {root} 0 R /Prev {before} >>\n"
    return content + f"xref\n{rows}{trailer}startxref\n{len(content)}\n%%EOF\n".encode()


def corrected(writer):
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"]._data = page["/Contents"]._encoded_data = b"BT (right) Tj ET"
    writer.update_container(page["/Contents"])


def test_nobody_leads_past_what_was_signed(opened, authority):
    first = wrong_pdf()
    good = authority.sign(with_more(first, corrected), authority.key(), level="B-LT")
    page = opened()
    assert page.one(good)["state"] == "valid"
    told = page.one(rolled_back(good, first))
    assert told["state"] == "invalid" and told["signatures"][0]["findings"][-1] == "changed_after"


def test_a_number_between_signature_and_seal_is_vouched_for_and_an_archive_stamp_is_read(opened, authority):
    blank = put_field(small_pdf(), "so", box=(60, 700, 200, 720), page=0, told="Số")
    key, seal = authority.key(), authority.key(SEAL)
    numbered = fill_field(authority.sign(blank, key, level="B-LT"), "so", "07/GPXD")
    sealed = authority.sign(numbered, seal, at=hours(0.1), level="B-LTA", field="ConDau")
    page = opened()
    told = page.one(sealed)
    assert [each["state"] for each in told["signatures"]] == ["valid"] * 3 and told["state"] == "valid"
    assert "form_filled" in told["signatures"][0]["findings"] and told["signatures"][2]["stamp"]
    assert "form_changed" in page.one(numbered)["signatures"][0]["findings"]
    again = page.one(fill_field(sealed, "so", "08/GPXD"))
    assert again["state"] == "invalid" and "changed_after" in again["signatures"][1]["findings"]


def test_signatures_as_our_own_verifier_judges_them(opened, authority):
    signer, seal, gone = authority.key(days=30), authority.key(), authority.key()
    good = authority.decided(signer, seal)
    revoked = authority.sign(small_pdf(), gone, level="B-LT", look=None)
    authority.revoke(gone, at=hours(-1))
    lists = [authority.authority.crl(at=hours(2), issuer=each) for each in ("issuing", "root")]
    page = opened()
    told = page.one(good)
    assert (told["state"], [each["state"] for each in told["signatures"]]) == ("valid", ["valid", "valid"])
    first = told["signatures"][0]
    assert (first["signer"], first["agency"], first["proven"]) == (HANH.name, AGENCY, True)
    assert first["at"] == "2026-10-05T03:00:00.000Z"
    # one byte
    place = good.index(b"BT ET")
    changed = page.one(good[:place] + b"BT  T" + good[place + 5 :])
    assert changed["state"] == "invalid" and "altered" in changed["signatures"][0]["findings"]
    # behind the last signature: something else, nothing but white space, a page
    assert "trailing" in page.one(good + b"\n%PDF-1.7")["findings"]
    for change in (over_the_page, a_stamp_on_it, another_page):
        added = with_more(good, change)
        told = page.one(added)
        assert told["state"] == "invalid" and "changed_after" in told["signatures"][1]["findings"], change
        assert authority.verify(added, signer, seal).state == "invalid"
    # expired by now, valid then; a time when nothing was known any more
    later = page.one(good, at="2027-11-01T10:00:00")
    assert (later["state"], "expired_later" in later["signatures"][0]["findings"]) == ("valid", True)
    # the same certificate revoked before signing, as a list baked in says against the answer in the file
    assert page.one(revoked)["state"] == "valid"
    told = opened(*lists).one(revoked)
    assert (told["state"], "revoked" in told["signatures"][0]["findings"]) == ("invalid", True)


def test_what_is_not_known_is_never_valid(opened, authority, tmp_path):
    bare = authority.sign(small_pdf(), authority.key())  # B-T: nothing inside says whether it was revoked
    page = opened()
    told = page.one(bare)
    assert told["state"] == "unknown" and "revocation_unknown" in told["signatures"][0]["findings"]
    stranger = Desk(tmp_path / "other", "public")
    other = page.one(stranger.sign(small_pdf(), stranger.key(), level="B-LT"))
    assert other["state"] == "unknown" and "untrusted" in other["signatures"][0]["findings"]
    assert page.one(small_pdf())["findings"] == ["unsigned"]
    for broken in (b"%PDF-1.7", b"%PDF-1.7\nstartxref\n0\n%%EOF", bare[: len(bare) // 2]):
        assert page.one(broken)["state"] == "invalid"
    from pyhanko.pdf_utils import generic

    def runs(writer):
        script = {generic.NameObject("/S"): generic.NameObject("/JavaScript")}
        writer.root["/OpenAction"] = generic.DictionaryObject(script)

    armed = authority.sign(small_pdf(extra=runs), authority.key(), level="B-LT")
    assert "script" in page.one(armed)["findings"]


def test_the_list_and_the_proof_are_read_beside_the_paper(opened, authority, key):
    good = authority.decided(authority.key(), authority.key())
    page = opened()
    digest = alone.sha256(good).hex()
    line = {
        "version": 1, "chain": "paper:7", "seq": 1, "previous": "", "verb": "paper.made", "actor": "system:worker",
        "act_id": "a", "purpose": "papers", "channel": "task", "at": "2026-10-05T03:00:00+00:00",
        "recorded_at": "2026-10-05T03:00:00+00:00", "facts": {"sha256": digest, "kind": "giấy"}, "personal": {},
    }  # fmt: skip
    own = alone.line_hash(line)
    leaves = own + b"\x07" * 64
    held = [leaves[at : at + 32] for at in (0, 32, 64)]
    body = seals.seal_body(number=1, previous=seals.START, at=AT, total=3, leaves=leaves)
    [path] = merkle.paths(held, [0])
    told = {"hash": own.hex(), "seal": 1, "place": 0, "line": line, "path": [step.hex() for step in path]}
    proof = {
        "format": "motcua-proof", "version": 1, "subject": "paper:7", "whole": True, "lines": [told],
        "seals": [{"jws": jws(body, key)}], "keys": [key.public],
    }  # fmt: skip
    page.check({"paper.pdf": good, "bang-chung.json": proof})
    assert "Bằng chứng đúng, và nói về tệp này" in page.page.inner_text("#out")
    page.check({"paper.pdf": authority.decided(authority.key(), authority.key()), "bang-chung.json": proof})
    assert "không nói về tệp này" in page.page.inner_text("#out")
    line["facts"]["kind"] = "khác"
    page.check({"bang-chung.json": proof})
    assert "KHÔNG ĐÚNG" in page.page.inner_text("#out")
    entry = rules.Entry(
        4, "replaced", "H1", "15/GKS", "a", "A", "P", "21/QĐ", AT.date(), "mistake", (digest,), "16/GKS"
    )
    listed = jws(rules.body_of([entry], issuer="x", number=4, at=AT, simulated=True), key, with_key=True)
    [report] = page.check({"paper.pdf": good, "thu-hoi.jws": listed.encode()})
    assert report["state"] == "invalid" and report["findings"] == ["replaced"]
    assert "21/QĐ" in page.page.inner_text("#out") and attached_record(good) is None
