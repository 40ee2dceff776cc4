"""The seven forms of the one-stop mechanism and the handover list: complete, in both languages, with known fields."""

from __future__ import annotations

import re

import pytest

from tests.packs.read import NATIONAL, document, names

FORMS = {
    "receipt": "01",
    "supplement-request": "02",
    "refusal": "03",
    "apology": "04",
    "stop-notice": "05",
    "control-slip": "06",
    "register": "07",
    "handover-list": None,
}
# What rules 1.4 say that each form carries, as fields; the layouts of 2025 were not seen.
CARRIED = {
    "receipt": {
        "agency.name",
        "dossier.code",
        "dossier.qr",
        "submitted_by.name",
        "owner.name",
        "received_at",
        "due_at",
    },
    "supplement-request": {"letter.number", "items", "reason", "guiding_officer.name"},
    "refusal": {"owner.name", "reason"},
    "apology": {"letter.number", "original_due_on", "new_due_on", "competent.name", "reason", "recipients"},
    "stop-notice": {"reason", "dossier.stage", "payment.settlement"},
    "control-slip": {"dossier.code", "submitted_by.name", "owner.name", "papers"},
}
COLUMNS = {
    "receipt": {"originals", "certified_copies", "copies"},
    "control-slip": {"given_by", "given_to", "given_at", "outcome"},
    "register": {"code", "owner_name", "received_at", "due_at", "outcome", "returned_at", "signature"},
    "handover-list": {"code", "owner_name", "has_fee", "by_post"},
}


def _both(text: dict) -> bool:
    return bool(text["vi"].strip() and text["en"].strip())


def test_the_seven_forms_and_the_handover_list_are_there():
    assert {name: document("letters", name)["form_no"] for name in names("letters")} == FORMS


@pytest.mark.parametrize("name", FORMS)
def test_a_letter_is_complete_in_both_languages(name):
    letter = document("letters", name)
    assert letter["id"] == name
    assert letter["paper"] in ("A4", "A5")
    columns = letter.get("table", {}).get("columns", [])
    texts = [letter["title"], letter["intro"], letter["closing"]]
    texts += [row["label"] for row in [*letter["rows"], *columns, *letter["signatures"]]]
    assert all(_both(text) for text in texts)
    assert letter["signatures"]


@pytest.mark.parametrize("name", FORMS)
def test_a_letter_says_that_its_layout_was_not_seen(name):
    assert document("letters", name)["unverified"]
    assert document("letters", name)["basis"]


@pytest.mark.parametrize("name", FORMS)
def test_a_letter_carries_what_the_rules_name(name):
    letter = document("letters", name)
    assert CARRIED.get(name, set()) <= {row["field"] for row in letter["rows"]}
    columns = {column["field"] for column in letter.get("table", {}).get("columns", [])}
    assert COLUMNS.get(name, set()) <= columns


@pytest.mark.parametrize("name", FORMS)
def test_every_field_is_explained_to_who_fills_the_letter(name):
    """The comment on top of the receipt lists all names; a renderer must not have to guess."""
    head = (NATIONAL / "letters" / "receipt.yaml").read_text(encoding="utf-8").split("id: receipt")[0]
    groups = re.findall(r"([a-z_]+)\.[a-z_]+((?:, \.[a-z_]+)*)", head)
    explained = set(re.findall(r"[a-z_]+(?:\.[a-z_]+)?", head))
    explained |= {f"{group}{part}" for group, parts in groups for part in re.findall(r"\.[a-z_]+", parts)}
    assert {row["field"] for row in document("letters", name)["rows"]} <= explained


def test_no_letter_has_gaps_in_its_sentences():
    """A missing value leaves out a row; it never spoils a sentence."""
    for name in FORMS:
        letter = document("letters", name)
        assert "{" not in str([letter["intro"], letter["closing"], letter["title"]]).replace("{'vi'", "")
