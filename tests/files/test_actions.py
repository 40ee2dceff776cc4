"""Taking files in: what is kept, what is refused with a sentence, what is left behind (nothing)."""

import base64
import errno
import io
import os
import shutil
import zipfile
from collections import namedtuple
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import translation
from PIL import Image

from motcua.files import actions, errors, inspection, queries, sealing, storage
from motcua.files.models import StoredFile
from motcua.foundation.errors import ActMismatch
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine
from motcua.foundation.time import now
from tests.files.factories import PDF, SHEET, TYPES, act, bomb_picture, office, picture, plain_zip, upload

pytestmark = pytest.mark.django_db
MB = 1024 * 1024


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    """Every test has a store of its own, so that what it leaves behind can be counted."""
    folder = tmp_path / "files"
    monkeypatch.setattr(storage, "storage", lambda: storage.Folder(folder, 0))
    for module in (actions, queries):
        monkeypatch.setattr(module, "storage", storage.storage)
    monkeypatch.setattr("motcua.files.intake.storage", storage.storage)
    return folder


def left(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def read(public_id):
    return b"".join(queries.open_stored(public_id)[1])


class TestKeeping:
    def test_a_pdf_comes_back_as_it_was(self, store):
        kept = actions.keep(act(), upload(PDF, "Đơn xin.pdf"))
        assert read(kept["file"]) == PDF
        row = queries.stored(kept["file"])
        assert (row.name, row.kind, row.size) == ("Đơn xin.pdf", "pdf", len(PDF))

    def test_on_the_disk_it_is_sealed(self, store):
        actions.keep(act(), upload())
        (path,) = left(store)
        raw = path.read_bytes()
        assert b"Catalog" not in raw
        assert raw.startswith(b"MCF1")
        assert path.stat().st_mode & 0o077 == 0

    def test_a_large_file_is_sealed_in_many_chunks(self, store):
        content = b"%PDF-1.7\n" + os.urandom(3 * sealing.CHUNK + 17) + b"\n%%EOF\n"
        kept = actions.keep(act(), upload(content))
        assert read(kept["file"]) == content

    def test_the_same_content_lies_there_once_and_belongs_to_both(self, store):
        first = actions.keep(act(), upload(PDF, "a.pdf"))
        second = actions.keep(act(), upload(PDF, "b.pdf"))
        assert first["file"] != second["file"]
        assert len(left(store)) == 1
        assert {row.name for row in StoredFile.objects.all()} == {"a.pdf", "b.pdf"}

    def test_sent_twice_it_is_kept_once(self):
        first = actions.keep(act(act_id="form-1"), upload())
        again = actions.keep(act(act_id="form-1"), upload())
        assert again["file"] == first["file"]
        assert again["replayed"]
        assert StoredFile.objects.count() == 1
        with pytest.raises(ActMismatch):
            actions.keep(act(act_id="form-1"), upload(PDF + b"\n"))

    def test_it_is_journaled_without_its_name(self):
        kept = actions.keep(act(), upload(PDF, "Nguyễn Thị Hoa.pdf"))
        line = JournalLine.objects.get(chain=f"file:{kept['file']}")
        assert line.facts == {"sha256": kept["sha256"], "size": len(PDF), "kind": "pdf"}
        assert "Hoa" not in str(StoredFile.objects.values_list("pk", "kind", "sha256"))
        assert verify().good

    def test_word_and_sheet_are_told_apart_inside(self):
        assert actions.keep(act(), upload(office(), "don.docx"))["kind"] == "docx"
        assert actions.keep(act(), upload(office(SHEET), "bang.xlsx"))["kind"] == "xlsx"

    def test_a_wrong_ending_is_put_right(self):
        kept = actions.keep(act(), upload(picture("PNG"), "anh.jpg"))
        assert queries.stored(kept["file"]).name == "anh.png"

    def test_a_drawing_is_taken_only_where_the_paper_asks_for_one(self):
        drawing = b"AC1032" + b"\0" * 100
        with pytest.raises(errors.KindNotAccepted):
            actions.keep(act(), upload(drawing, "nha.dwg"))
        assert actions.keep(act(), upload(drawing, "nha.dwg"), accept=["dwg"])["kind"] == "dwg"


class TestPictures:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_metadata_is_gone(self, kind):
        kept = actions.keep(act(), upload(picture(kind, place=True), "anh"))
        content = read(kept["file"])
        assert b"Secret Phone" not in content
        with Image.open(io.BytesIO(content)) as image:
            assert not dict(image.getexif())
            assert "exif" not in image.info and "xmp" not in image.info

    def test_a_picture_is_turned_upright_before_it_forgets_how_it_was_held(self):
        kept = actions.keep(act(), upload(picture(orientation=6), "anh.jpg"))
        with Image.open(io.BytesIO(read(kept["file"]))) as image:
            assert image.size == (40, 60)
            red, _green, blue = image.getpixel((20, 5))
            assert red > 200 and blue < 60  # the left side is on top now

    def test_an_upright_photo_loses_nothing(self):
        original = picture("JPEG", (64, 64), quality=77)
        kept = actions.keep(act(), upload(original, "anh.jpg"))
        with Image.open(io.BytesIO(original)) as a, Image.open(io.BytesIO(read(kept["file"]))) as b:
            assert a.quantization == b.quantization

    def test_transparency_and_palette_survive(self):
        image = Image.new("P", (8, 8))
        image.putpalette([255, 0, 0, 0, 255, 0] + [0] * 750)
        out = io.BytesIO()
        image.save(out, "PNG", transparency=0)
        kept = actions.keep(act(), upload(out.getvalue(), "dau.png"))
        with Image.open(io.BytesIO(read(kept["file"]))) as found:
            assert found.convert("RGBA").getpixel((0, 0))[3] == 0

    def test_what_hides_behind_the_end_of_a_picture_is_cut_off(self):
        hidden = plain_zip(**{"virus.exe": "MZ"})
        kept = actions.keep(act(), upload(picture() + hidden, "anh.jpg"))
        content = read(kept["file"])
        assert b"virus" not in content
        assert not zipfile.is_zipfile(io.BytesIO(content))

    def test_of_a_photo_with_a_second_picture_inside_the_first_is_kept(self):
        out = io.BytesIO()
        second = Image.new("RGB", (10, 10), "green")
        Image.new("RGB", (10, 10), "red").save(out, "MPO", save_all=True, append_images=[second])
        kept = actions.keep(act(), upload(out.getvalue(), "anh.jpg"))
        with Image.open(io.BytesIO(read(kept["file"]))) as found:
            assert found.format == "JPEG"
            assert found.getpixel((5, 5))[0] > 200

    def test_a_print_shop_photo_in_four_colours_is_taken(self):
        out = io.BytesIO()
        Image.new("CMYK", (10, 10)).save(out, "JPEG")
        assert actions.keep(act(), upload(out.getvalue(), "in.jpg"))["kind"] == "jpeg"


def swollen(**given):
    return office(parts={"word/document.xml": b"\0" * (40 * MB)}, **given)


def many_entries():
    return office(parts={f"word/{n}.xml": "" for n in range(inspection.ENTRIES_MAX + 1)})


def lying_sizes():
    """Two entries that share the same bytes: the sizes add up to more than the file has."""
    raw = bytearray(office(parts={"word/document.xml": os.urandom(5000)}))
    place = raw.rfind(b"PK\x01\x02")
    raw[place + 20 : place + 24] = (10**6).to_bytes(4, "little")
    return bytes(raw)


HOSTILE = [
    ("nothing in it", b"", "rong.pdf", errors.FileEmpty),
    ("too large", PDF + b" " * (2 * MB), "to.pdf", errors.FileTooLarge),
    ("a program called PDF", b"MZ\x90\x00" + b"\0" * 200, "don.pdf", errors.KindNotAccepted),
    ("a Linux program", b"\x7fELF" + b"\0" * 60, "don.jpg", errors.KindNotAccepted),
    ("a page called PDF", b"<!DOCTYPE html><script>alert(1)</script>", "don.pdf", errors.KindNotAccepted),
    ("a page with a mark in front", b"\xef\xbb\xbf\n<html>", "don.png", errors.KindNotAccepted),
    ("a drawing with a script", b"<svg onload='alert(1)'/>", "anh.svg", errors.KindNotAccepted),
    ("plain text", "xin chào".encode(), "don.txt", errors.KindNotAccepted),
    ("a plain archive", plain_zip(a="1"), "don.docx", errors.KindNotAccepted),
    ("a moving picture", b"GIF89a" + b"\0" * 50, "anh.gif", errors.KindNotAccepted),
    ("a telephone's own format", b"\0\0\0\x18ftypheic" + b"\0" * 50, "anh.heic", errors.KindNotAccepted),
    ("PDF behind a page", b"<html></html>" + PDF, "don.pdf", errors.KindNotAccepted),
    ("archive behind a PDF", PDF + plain_zip(a="1"), "don.pdf", errors.FileSuspicious),
    ("page behind a PDF", PDF + b"<script>alert(1)</script>", "don.pdf", errors.FileSuspicious),
    ("a PDF cut short", PDF[:40], "don.pdf", errors.FileBroken),
    ("a picture cut short", picture(size=(400, 400))[:900], "anh.jpg", errors.FileBroken),
    ("a picture in name only", b"\xff\xd8\xff" + b"rubbish" * 50, "anh.jpg", errors.FileBroken),
    ("a picture that swells", bomb_picture(), "anh.png", errors.PictureTooLarge),
    ("a document that swells", swollen(), "don.docx", errors.FileSuspicious),
    ("a document of thousands of parts", many_entries(), "don.docx", errors.FileSuspicious),
    ("a document that lies about sizes", lying_sizes(), "don.docx", errors.FileSuspicious),
    (
        "a document with macros",
        office(types=TYPES.format(kind="x").replace("openxmlformats", "ms-word.document.macroEnabled")),
        "don.docx",
        errors.FileSuspicious,
    ),
    ("a document with a program", office(parts={"word/a.exe": "MZ"}), "don.docx", errors.FileSuspicious),
    ("a document with a way out", office(parts={"../../x.xml": ""}), "don.docx", errors.FileSuspicious),
    ("a broken document", office()[:-30], "don.docx", errors.FileBroken),
]


class TestHostile:
    @pytest.mark.parametrize(
        ("content", "name", "refusal"), [h[1:] for h in HOSTILE], ids=[h[0] for h in HOSTILE]
    )
    def test_it_ends_in_a_sentence_and_leaves_nothing(self, store, content, name, refusal):
        with pytest.raises(refusal) as refused:
            actions.keep(act(), upload(content, name), max_mb=1 if refusal is errors.FileTooLarge else None)
        assert type(refused.value) is refusal
        assert name in refused.value.sentence
        assert refused.value.way_out
        told = refused.value.sentence
        with translation.override("en"):
            assert refused.value.sentence != told
        assert StoredFile.objects.count() == 0
        assert left(store) == []

    def test_a_limit_of_the_paper_never_lifts_that_of_the_house(self, monkeypatch):
        house = settings.MOTCUA.model_copy(update={"upload_file_mb": 1})
        monkeypatch.setattr(settings, "MOTCUA", house)
        with pytest.raises(errors.FileTooLarge) as refused:
            actions.keep(act(), upload(PDF + b" " * (2 * MB)), max_mb=50)
        assert "1 MB" in refused.value.sentence

    def test_an_announced_size_is_not_believed(self):
        class Liar(io.BytesIO):
            size = 10
            name = "to.pdf"

        with pytest.raises(errors.FileTooLarge):
            actions.keep(act(), Liar(PDF + b" " * (2 * MB)), max_mb=1)

    def test_a_nearly_full_disk_refuses_before_a_byte_is_written(self, store, monkeypatch):
        usage = namedtuple("usage", "total used free")
        monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10, 10, 100 * MB))
        monkeypatch.setattr("motcua.files.intake.storage", lambda: storage.Folder(store, 200))
        with pytest.raises(errors.StoreFull):
            actions.keep(act(), upload())
        assert left(store) == []

    @pytest.mark.parametrize(
        ("number", "refusal"), [(errno.ENOSPC, errors.StoreFull), (errno.EIO, errors.StoreBroken)]
    )
    def test_a_disk_that_fails_while_writing_leaves_no_half_file(self, store, monkeypatch, number, refusal):
        def fail(handle):
            raise OSError(number, "no")

        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises(refusal):
            actions.keep(act(), upload())
        assert left(store) == []
        assert StoredFile.objects.count() == 0


class TestDamage:
    def kept(self, store):
        content = b"%PDF-1.7\n" + b"x" * (2 * sealing.CHUNK) + b"\n%%EOF\n"
        kept = actions.keep(act(), upload(content))
        return kept["file"], left(store)[0]

    @pytest.mark.parametrize(
        "damage",
        [
            lambda raw: raw[:100] + bytes([raw[100] ^ 1]) + raw[101:],
            lambda raw: b"XXXX" + raw[4:],
            lambda raw: raw[:20],
            lambda raw: b"",
        ],
    )
    def test_changed_bytes_are_not_served(self, store, damage):
        public_id, path = self.kept(store)
        path.write_bytes(damage(path.read_bytes()))
        with pytest.raises(errors.StoreBroken):
            read(public_id)

    def test_a_cut_tail_and_swapped_chunks_are_noticed(self, store):
        public_id, path = self.kept(store)
        raw = path.read_bytes()
        start, step = 5 + raw[4] + sealing.SALT, sealing.CHUNK + sealing.TAG
        first, second, rest = (
            raw[start : start + step],
            raw[start + step : start + 2 * step],
            raw[start + 2 * step :],
        )
        assert first and second and rest
        for changed in (
            raw[: start + step],
            raw[: start + 2 * step],
            raw[:-1],
            raw[:start] + second + first + rest,
        ):
            path.write_bytes(changed)
            with pytest.raises((sealing.CannotOpen, errors.StoreBroken)):
                read(public_id)

    def test_a_file_does_not_open_at_another_address(self, store):
        public_id, path = self.kept(store)
        other = actions.keep(act(), upload(PDF))
        row = queries.stored(other["file"])
        shutil.copy(path, store / row.sha256[:2] / row.sha256[2:4] / row.sha256)
        with pytest.raises(errors.StoreBroken):
            read(other["file"])

    def test_a_lost_file_is_a_sentence(self, store):
        public_id, path = self.kept(store)
        path.unlink()
        with pytest.raises(errors.StoreBroken):
            read(public_id)

    def test_nobody_knows_an_unknown_file(self):
        with pytest.raises(errors.FileNotFound):
            queries.open_stored("0" * 26)


class TestChangingTheKey:
    def test_files_open_with_the_old_key_and_move_to_the_new_one(self, monkeypatch):
        kept = actions.keep(act(), upload())
        house = settings.MOTCUA
        keys = {**house.data_keys, "next": base64.b64encode(os.urandom(32)).decode()}
        changing = house.model_copy(update={"data_keys": keys, "data_key_active": "next"})
        monkeypatch.setattr(settings, "MOTCUA", changing)
        assert read(kept["file"]) == PDF
        assert (actions.reseal_store(), actions.reseal_store()) == (1, 0)
        done = house.model_copy(update={"data_keys": {"next": keys["next"]}, "data_key_active": "next"})
        monkeypatch.setattr(settings, "MOTCUA", done)
        assert b"".join(queries.content(StoredFile.objects.defer("name").get())) == PDF

    def test_without_its_key_a_file_is_not_readable(self, monkeypatch):
        actions.keep(act(), upload())
        row = StoredFile.objects.get()
        other = {"other": base64.b64encode(os.urandom(32)).decode()}
        house = settings.MOTCUA.model_copy(update={"data_keys": other, "data_key_active": "other"})
        monkeypatch.setattr(settings, "MOTCUA", house)
        with pytest.raises(errors.StoreBroken):
            queries.content(row)


class TestSweeping:
    DAY = 24 * 3600

    def later(self, monkeypatch, days):
        moment = storage.clock() + days * self.DAY
        monkeypatch.setattr(actions, "clock", lambda: moment)
        return act(at=now() + timedelta(days=days))

    def test_a_file_nobody_attached_is_gone_after_some_days(self, store, monkeypatch):
        kept = actions.keep(act(), upload())
        assert actions.discard_unused(act(at=now()))["discarded"] == 0
        assert actions.discard_unused(self.later(monkeypatch, 2))["discarded"] == 1
        with pytest.raises(errors.FileNotFound):
            queries.stored(kept["file"])
        assert actions.sweep_store() == {"laid_aside": 1, "dropped": 0}
        self.later(monkeypatch, 4)
        assert actions.sweep_store() == {"laid_aside": 0, "dropped": 1}
        assert left(store) == []

    def test_a_file_a_room_refers_to_stays(self, monkeypatch):
        kept = actions.keep(act(), upload())
        monkeypatch.setitem(actions._references, "test", lambda ids: [i for i in ids if i == kept["id"]])
        later = self.later(monkeypatch, 2)
        assert actions.discard_unused(later)["discarded"] == 0
        assert actions.sweep_store() == {"laid_aside": 0, "dropped": 0}

    def test_content_that_comes_again_while_it_is_swept_is_not_lost(self, store, monkeypatch):
        actions.keep(act(), upload())
        actions.discard_unused(self.later(monkeypatch, 2))
        actions.sweep_store()
        again = actions.keep(act(), upload())  # its bytes lie aside already
        self.later(monkeypatch, 9)
        actions.sweep_store()
        assert read(again["file"]) == PDF

    def test_what_a_crash_left_half_written_is_swept(self, store, monkeypatch):
        (store / "incoming").mkdir(parents=True)
        (store / "incoming" / "x.part").write_bytes(b"half")
        assert actions.sweep_store()["dropped"] == 0
        self.later(monkeypatch, 2)
        assert actions.sweep_store()["dropped"] == 1

    def test_the_nightly_task_does_both(self, store):
        from motcua.files import tasks

        actions.keep(act(), upload())
        tasks.sweep()
        assert StoredFile.objects.count() == 1
