"""Files that mean harm, and a disk that is full: each is refused in a sentence, nothing of it is kept."""

import errno
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError

from motcua.files.models import StoredFile
from motcua.files.storage import Folder
from tests.dossiers import factories as make
from tests.files.factories import PDF, bomb_picture, damaged, office, picture, plain_zip
from tests.hostile.conftest import kept as kept_files
from tests.portal.pages import again, send, text

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MB = 1024 * 1024
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


class Endless(io.RawIOBase):
    """A body of so many bytes that lies nowhere; counts what was read of it."""

    def __init__(self, size):
        self.left, self.read_bytes = size, 0

    def readable(self):
        return True

    def read(self, size=-1):
        size = min(self.left, size if size and size > 0 else 64 * 1024)
        self.left -= size
        self.read_bytes += size
        return b"x" * size


def swollen_docx(megabytes=100):
    """A Word document of a hundred kilobytes that unpacks to a hundred megabytes."""
    return office(parts={"word/document.xml": b"\0" * (megabytes * MB)})


@pytest.mark.parametrize("path", ["/api/v1/files", "/ho-so/00000000000000000000000000/khai/giay-to/"])
def test_two_hundred_megabytes_are_refused_before_anything_is_kept(city, at, untouched, path):
    body = Endless(200 * MB)
    told = {}

    def start(status, headers, *_):
        told.update(status=status, headers=dict(headers))

    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": str(200 * MB),
        "HTTP_ACCEPT_LANGUAGE": "vi",
        "wsgi.input": body,
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    with untouched():
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        try:
            answer = b"".join(WSGIHandler()(environ, start)).decode()
        finally:
            for signal in (request_started, request_finished):
                signal.connect(close_old_connections)
    assert told["status"].startswith("413")
    assert "nhiều nhất 60 MB" in answer


HOSTILE = {
    "an empty one": ("trong.pdf", b"", 422, "rỗng"),
    "a page in the guise of a PDF": ("don.pdf", b"<html><script>alert(1)</script>", 422, "không phải loại"),
    "a drawing with a script": ("anh.svg", SVG, 422, "không phải loại"),
    "a program": ("don.docx", b"MZ\x90\0" + b"\0" * 400, 422, "không phải loại"),
    "a picture of 400 million pixels": ("anh.png", bomb_picture(), 422, "quá lớn"),
    "half a picture": ("anh.jpg", picture(size=(800, 600))[:900], 422, "hỏng"),
    "a PDF with a zip behind it": ("don.pdf", PDF + plain_zip(**{"a.exe": b"MZ"}), 422, "bất thường"),
    "a document with a macro": (
        "don.docx",
        office(parts={"word/document.xml": "<w/>", "word/vbaProject.bin": "x"}),
        422,
        "bất thường",
    ),
    "a document that climbs out": ("don.docx", office(parts={"../../etc/passwd": "x"}), 422, "bất thường"),
    "a zip damaged within": ("don.docx", damaged(office(), "[Content_Types].xml"), 422, "hỏng"),
    "a zip cut short": ("don.docx", office()[:60], 422, "hỏng"),
    "a file with nothing but a name": ("\u202egpj.exe", b"MZ" + b"\0" * 90, 422, "không phải loại"),
}


@pytest.mark.sqlite  # judged before anything is kept
def test_a_hostile_file_is_refused_by_the_api(machine, untouched, subtests):
    citizen = machine("citizen")
    for what, (name, content, status, sentence) in HOSTILE.items():
        with subtests.test(what), untouched():
            answer = citizen.file(content, name)
            assert answer.status_code == status
            assert sentence in answer.json()["title"]
            assert answer.json()["detail"]


@pytest.mark.sqlite  # judged before anything is kept
def test_a_hostile_file_is_refused_beside_its_field(city, at, browse, untouched, subtests):
    draft = make.draft(city, at=at, birth_proof="paper")
    client, path = browse("citizen"), f"/ho-so/{draft}/khai/giay-to/"
    for what, (name, content, _status, sentence) in HOSTILE.items():
        with subtests.test(what), untouched():
            upload = {"paper-birth-notice": SimpleUploadedFile(name, content)}
            answer = again(send(client, path, paper="birth-notice", **upload))
            assert sentence in text(answer)


@pytest.mark.sqlite  # judged before anything is kept
def test_a_document_that_would_swell_is_refused_without_being_unpacked(machine, untouched):
    bomb = swollen_docx()
    assert len(bomb) < MB
    citizen = machine("citizen")
    with untouched():
        answer = citizen.file(bomb, "don.docx")
    assert answer.status_code == 422
    assert "nén quá mức" in answer.json()["title"]


def test_a_file_above_the_limit_of_one_file(machine, settings, untouched):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"upload_file_mb": 1})
    citizen = machine("citizen", language="en")
    with untouched():
        answer = citizen.file(PDF + b" " * (2 * MB), "don.pdf")
    assert answer.status_code == 413
    assert "1 MB" in answer.json()["title"]


NAMES = {
    "../../../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\windows\\system32.pdf": "system32.pdf",
    "/etc/cron.d/x": "x.pdf",
    "C:\\a\\b.pdf": "b.pdf",
    "don\r\nSet-Cookie: a=b.pdf": "_don.pdf",
    "\u202egpj.exe": "gpj.pdf",
    ".htaccess": "htaccess.pdf",
    "<script>alert(1)</script>.pdf": "script_.pdf",
    '"; rm -rf /; ".pdf': "; _.pdf",
    "a" * 300 + ".pdf": "a" * 120 + ".pdf",
    "Đơn đề nghị.pdf": "Đơn đề nghị.pdf",
}


def test_a_name_that_climbs_or_lies_becomes_a_plain_name(machine, store, subtests):
    citizen = machine("citizen")
    for given, kept in NAMES.items():
        with subtests.test(given):
            answer = citizen.file(PDF, given)
            assert answer.status_code == 201
            assert citizen.get(f"/files/{answer.json()['file']}").json()["name"] == kept
            content = citizen.get(f"/files/{answer.json()['file']}/content")
            assert "\n" not in content.headers["Content-Disposition"]
            assert content.headers["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in content.headers["Content-Security-Policy"]
    assert {name.rpartition("/")[2] for name in kept_files(store)} == {StoredFile.objects.first().sha256}


def full(*_args, **_kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_that_is_full_while_the_file_arrives(machine, monkeypatch, untouched):
    citizen = machine("citizen")
    monkeypatch.setattr(TemporaryUploadedFile, "__init__", full)
    with untouched():
        answer = citizen.file(PDF + b" " * (2 * MB), "don.pdf")
    assert answer.status_code == 503
    assert "tạm hết chỗ lưu" in answer.json()["title"]
    assert answer.headers["Retry-After"]


def test_a_disk_that_is_full_while_the_file_is_kept(machine, monkeypatch, untouched):
    citizen = machine("citizen")
    with monkeypatch.context() as patch, untouched():
        patch.setattr("motcua.files.storage.os.fsync", full)
        answer = citizen.file(PDF, "don.pdf")
    assert (answer.status_code, answer.json()["code"]) == (503, "files.store_full")


def test_a_disk_below_its_reserve_takes_no_file_but_still_takes_acts(machine, settings, untouched):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"disk_reserve_mb": 10**9})
    citizen = machine("citizen")
    with untouched():
        assert citizen.file(PDF, "don.pdf").json()["code"] == "files.store_full"
    assert citizen.post("/dossiers", {"procedure": "birth-registration"}).status_code == 201


def test_a_disk_that_is_full_while_an_act_is_saved(machine, browse, city, at, monkeypatch, untouched):
    """SQLite says “database or disk is full”, PostgreSQL “could not extend file: No space left on device”."""
    draft, citizen, client = make.draft(city, at=at), machine("citizen"), browse("citizen")
    client.raise_request_exception = False

    def fails(*_args, **_kwargs):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("motcua.dossiers.actions.base.record", fails)
    monkeypatch.setattr("motcua.dossiers.actions.declare.record", fails)
    with untouched():
        refused = citizen.call("patch", f"/dossiers/{draft}/answers", {"answers": {}})
        page = client.post(f"/ho-so/{draft}/khai/muc/child/", {"child_name": "An", "_asked": ["child_name"]})
    assert refused.status_code == 503
    assert json.loads(refused.content)["status"] == 503
    assert page.status_code == 503
    assert "chưa" in text(page)


def test_a_content_that_was_changed_on_the_disk_is_not_given_out(machine, store):
    citizen = machine("citizen")
    file = citizen.file(PDF, "don.pdf").json()["file"]
    path = Folder(store / "files", 0)._path(StoredFile.objects.get().sha256)
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    answer = citizen.get(f"/files/{file}/content")
    assert (answer.status_code, answer.json()["code"]) == (503, "files.store_broken")
