"""Files as people and attackers hand them in. Each is made here, none lies in the repository."""

import io
import zipfile
from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from PIL import Image

from motcua.files import actions
from motcua.foundation.actors import Actor, system
from motcua.foundation.acts import new_act

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    '{kind}.main+xml"/></Types>'
)
WORD, SHEET = "wordprocessingml.document", "spreadsheetml.sheet"


def act(*, at=AT, act_id=None, account=None):
    actor = Actor(key=f"account:{account}", kind="account", account_id=account) if account else system("test")
    return new_act(actor, at=at, purpose="test", act_id=act_id)


def account():
    """An account to hand files in with."""
    model = get_user_model()
    count = model.objects.count()
    given = {"display_name": "Hoa", "kind": "citizen", "created_at": AT}
    fields = {field.name for field in model._meta.get_fields()}
    return model.objects.create(
        **{model.USERNAME_FIELD: f"hoa{count}"}, **{k: v for k, v in given.items() if k in fields}
    )


def upload(content=PDF, name="don.pdf"):
    return actions.from_bytes(content, name)


def picture(kind="JPEG", size=(60, 40), *, orientation=None, place=False, mode="RGB", **given):
    """A picture: red left, blue right; with EXIF as telephones write it."""
    image = Image.new(mode, size, "blue" if mode == "RGB" else 0)
    image.paste("red" if mode == "RGB" else 1, (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    if place:
        exif[0x010F] = "Secret Phone"
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (20.0, 57.0, 3.0)
    out = io.BytesIO()
    image.save(out, kind, exif=exif.tobytes() if orientation or place else b"", **given)
    return out.getvalue()


def office(kind=WORD, parts=None, types=None, **given):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types if types is not None else TYPES.format(kind=kind))
        for name, content in (parts or {"word/document.xml": "<w:document/>"}).items():
            archive.writestr(name, content)
    return out.getvalue()


def plain_zip(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def bomb_picture():
    """A PNG of some kilobytes that says it has 400 million pixels."""
    import struct
    import zlib

    def part(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(b"\0" * 1000))
        + part(b"IEND", b"")
    )


def damaged(archive: bytes, entry: str) -> bytes:
    """The archive with the packed bytes of one entry overwritten: its lists are whole, its content is not."""
    body = bytearray(archive)
    begin = body.index(entry.encode()) + len(entry)
    body[begin : begin + 20] = b"\xff" * 20
    return bytes(body)
