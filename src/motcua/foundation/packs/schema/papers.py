"""What the layouts of papers look like, and what stands on the result of a procedure."""

from __future__ import annotations

from motcua.foundation.packs.schema.common import ABOUT
from motcua.foundation.packs.shapes import BOTH_LANGUAGES, SLUG, Many, OneOf, Record, Text, Truth

SIZES = ("A4", "A5")
LAYOUT_MAX = 20_000
# A layout sees the record of its paper and nothing else: no package from the network, no file of another folder.
_TYPST = r"(?s)(?!.*#?import\s+\"@)(?!.*\"[^\"\n]*(?:\.\./|/)[^\"\n]*\.typ\").*"
LAYOUT = Record(
    {
        "id": SLUG,
        "title": BOTH_LANGUAGES,
        "lays_out": Many(
            Record({"kind": SLUG, "size": OneOf(SIZES)}, {"across": Truth()}),
            unique="kind",
        ),
        "source": Text(),
        "layout": Text(
            LAYOUT_MAX,
            _TYPST,
            (
                "bố cục không được gọi gói từ mạng hay tệp ở thư mục khác",
                "a layout imports no package from the network and no file of another folder",
            ),
        ),
    },
    {**ABOUT, "uses": Many(SLUG)},
)

_FIELD = Text(
    60,
    r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*",
    (
        "tên mục viết như dossier.code hay child_full_name",
        "a field is written like dossier.code or child_full_name",
    ),
)
# Named after its procedure. A row is a question of the declaration, or a name of the context of letters.
RESULT = Record(
    {
        "id": SLUG,
        "title": BOTH_LANGUAGES,
        "layout": SLUG,  # a kind of paper that some layout is for
        "basis": Text(),
        "rows": Many(Record({"field": _FIELD, "label": BOTH_LANGUAGES}), 1, unique="field"),
        "signatures": Many(Record({"role": Text(40), "label": BOTH_LANGUAGES}), 1),
    },
    {
        **ABOUT,
        "intro": BOTH_LANGUAGES,
        "closing": BOTH_LANGUAGES,
        # the abbreviation in its number: 15/GP-UBND
        "symbol": Text(20, r"[A-ZĐ][A-Za-zĐđ]*(?:-[A-ZĐ][A-Za-zĐđ]*)*"),
        # another system keeps the register and gives the number; the competent person signs the paper here
        "signed_here": Record({"law": Text()}),
    },
)
