"""Files that mean no good, or are no form: each is refused with a sentence that says what to do."""

import io
import zipfile

import pytest

from motcua.editing import errors
from motcua.editing.docx import opening
from tests.editing.docx_forms import read
from tests.files.factories import damaged
from tests.support.paper_forms import Paper, birth

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def changed(part: str, body: bytes, *, more: dict[str, bytes] | None = None) -> bytes:
    """The birth form with one part written anew, and parts beside."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(birth())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, body if entry.filename == part else old.read(entry))
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def encrypted() -> bytes:
    return OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 200


def entity() -> bytes:
    body = (
        b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        b"<w:p><w:r><w:t>&x;: ......</w:t></w:r></w:p></w:body></w:document>"
    )
    return changed("word/document.xml", body)


def macro() -> bytes:
    return changed("", b"", more={"word/vbaProject.bin": b"x"})


def bomb() -> bytes:
    return changed("", b"", more={"word/media/a.xml": b"0" * 40_000_000})


def sheet() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "<Types>spreadsheetml.sheet.main+xml</Types>")
    return out.getvalue()


CASES = [
    (lambda: OLE, errors.OldWord),
    (encrypted, errors.FormLocked),
    (lambda: b"%PDF-1.7\n%%EOF", errors.NotAForm),
    (lambda: b"{\\rtf1 Ho va ten: ....}", errors.NotAForm),
    (lambda: b"", errors.NotAForm),
    (lambda: damaged(birth(), "[Content_Types].xml"), errors.FormBroken),
    (lambda: damaged(birth(), "word/document.xml"), errors.FormBroken),
    (sheet, errors.NotAForm),
    (lambda: birth()[:4000], errors.FormBroken),
    (lambda: changed("word/document.xml", b"<w:document"), errors.FormBroken),
    (entity, errors.FormHostile),
    (macro, errors.FormHostile),
    (bomb, errors.FormHostile),
    (lambda: Paper("TỜ KHAI TRỐNG").bytes(), errors.NothingAsked),
]


@pytest.mark.parametrize(
    ("made", "refusal"), CASES, ids=[case[1].__name__ + str(n) for n, case in enumerate(CASES)]
)
def test_what_is_no_form_is_refused_with_a_way_out(made, refusal):
    with pytest.raises(refusal) as told:
        read(made(), "tệp.docx")
    assert "tệp.docx" in told.value.sentence and told.value.way_out


def test_a_file_beyond_the_limit_is_not_read_to_its_end():
    class Endless(io.RawIOBase):
        read_bytes = 0

        def seek(self, *_args):
            return 0

        def read(self, size=-1):
            assert 0 < size <= opening.FORM_MB * opening.MB + 1
            self.read_bytes += size
            return b"PK\x03\x04".ljust(size, b"\0")

    from motcua.editing.docx import Vocabulary, read_form

    source = Endless()
    with pytest.raises(errors.FormTooLarge):
        read_form(source, "to.docx", Vocabulary())
    assert source.read_bytes <= opening.FORM_MB * opening.MB + 1


def test_a_part_that_unpacks_beyond_its_limit_is_refused(monkeypatch):
    monkeypatch.setattr(opening, "XML_MAX", 1000)
    with pytest.raises(errors.FormTooLarge):
        read(birth())


def test_thousands_of_lines_are_refused():
    line = b"<w:p><w:r><w:t>a: ....</w:t></w:r></w:p>"
    head = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    body = head + line * (opening.LINES_MAX + 1) + b"</w:body></w:document>"
    with pytest.raises(errors.FormTooLarge):
        read(changed("word/document.xml", body))


def test_links_to_the_outside_are_never_followed():
    body = birth()
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        rels = archive.read("word/_rels/document.xml.rels").decode()
    outside = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" '
        'Target="http://127.0.0.1:9/notes.xml" TargetMode="External"/></Relationships>'
    )
    raw = changed("word/_rels/document.xml.rels", rels.replace("</Relationships>", outside).encode())
    assert read(raw).title == "Tờ khai đăng ký khai sinh"
