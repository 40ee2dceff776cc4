"""The same document as the YAML of a pack, both ways, for every procedure that the house ships."""

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.editing.document import normal, procedure_of
from motcua.editing.inheriting import body_of, document_of
from motcua.editing.yamls import Unreadable, document_from, files_of, text_of, zip_of
from motcua.foundation.packs import documents_of
from motcua.foundation.packs.assemble import assemble
from motcua.foundation.packs.reader import read_data
from tests.catalogue.factories import PACKS
from tests.files.factories import damaged, office


@lru_cache(maxsize=1)
def shipped():
    """(every other document by kind and id, every published body) as the store would hold them."""
    documents = assemble(documents_of(["national", "quang-ninh-ha-long"], PACKS))
    beside: dict = {}
    for one in documents:
        beside.setdefault(one["kind"], {})[one["key"]] = one["body"]
    return beside, [one["body"] for one in documents if one["kind"] == "procedures"]


@pytest.mark.slow
def test_every_shipped_procedure_comes_back_from_its_document():
    beside, bodies = shipped()
    assert len(bodies) > 150
    for body in bodies:
        document = document_of(body, beside)
        file = PACKS / "national" / "procedures" / f"{document['id']}.yaml"
        assert procedure_of(document) == read_data(file.read_text("utf-8"))
        assert body_of(document, beside) == body


@pytest.mark.slow
def test_every_shipped_procedure_is_the_same_after_yaml_and_back():
    beside, bodies = shipped()
    for body in bodies:
        document = normal(document_of(body, beside))
        files = files_of(document)
        for name, text in files.items():
            assert read_data(text) == (
                procedure_of(document) if "procedures/" in name else document["declaration"]
            )
        assert document_from((name, text.encode()) for name, text in files.items()) == document
    assert document_from([("x.zip", zip_of(files, "national"))]) == document


TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30),
    st.sampled_from(
        ("no", "on", "07:30", "06652", "2026-07-01", "null", "~", "1e5", "1.5", "- a", "a: b", "#", "'")
    ),
)
NUMBERS = st.integers(-(10**12), 10**12) | st.floats(-1e9, 1e9).map(lambda found: round(found, 6))
VALUES = st.recursive(
    TEXTS | NUMBERS | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=40)
@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4))
def test_whatever_a_document_holds_is_read_back(body):
    assert read_data(text_of(body)) == body


@pytest.mark.parametrize(
    ("uploads", "says"),
    [
        ([("a.yaml", b"id: [")], "a.yaml, dòng"),
        ([("a.yaml", b"- 1")], "nhóm khóa"),
        ([], "đúng một tệp"),
        ([("a.yaml", b"id: a"), ("b.yaml", b"id: f\nsections: []")], "không phải của thủ tục này"),
        ([("a.yaml", b"id: a\noverrides: national/procedures/a")], "overrides"),
        ([("a.zip", b"PK\x03\x04nonsense")], "gói nén hỏng"),
        ([("a.zip", damaged(office(parts={"a.yaml": "name: x"}), "a.yaml"))], "gói nén hỏng"),
    ],
)
def test_what_is_no_procedure_is_told(uploads, says):
    with pytest.raises(Unreadable, match=says):
        document_from(uploads)
