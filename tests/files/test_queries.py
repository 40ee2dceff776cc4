"""Giving files out: safely, or not at all."""

import pytest

from motcua.files import actions, queries
from motcua.files.errors import FileNotFound
from motcua.foundation.actors import ANONYMOUS, Actor
from tests.files.factories import PDF, account, act, office, picture, upload

pytestmark = pytest.mark.django_db


def served(content, name, **given):
    kept = actions.keep(act(), upload(content, name))
    return queries.file_response(queries.stored(kept["file"]), **given)


def test_a_pdf_is_shown_and_gives_a_page_no_power():
    response = served(PDF, "Đơn.pdf")
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(PDF))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Content-Disposition"] == "inline; filename*=utf-8''%C4%90%C6%A1n.pdf"
    assert "no-store" in response["Cache-Control"]


def test_a_picture_is_shown_in_a_sandbox():
    response = served(picture(), "anh.jpg")
    assert response["Content-Disposition"].startswith("inline")
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_document_is_only_handed_over():
    response = served(office(), "đơn.docx")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Frame-Options"] == "DENY"


def test_anything_may_be_handed_over():
    assert served(PDF, "a.pdf", download=True)["Content-Disposition"] == 'attachment; filename="a.pdf"'


def test_a_name_cannot_break_the_header():
    response = served(PDF, 'a"\r\nX: y.pdf')
    assert "\n" not in response["Content-Disposition"]


def test_only_the_keeper_may_attach():
    keeper = account().pk
    kept = actions.keep(act(account=keeper), upload())
    mine, other = (Actor(key=f"account:{pk}", kind="account", account_id=pk) for pk in (keeper, keeper + 1))
    assert queries.kept_by(mine, kept["file"]).public_id == kept["file"]
    for stranger in (other, ANONYMOUS):
        with pytest.raises(FileNotFound):
            queries.kept_by(stranger, kept["file"])
