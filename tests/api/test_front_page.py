"""What people and programs find at /api/v1/ itself, and the documents beside it."""

import pytest

from motcua.config.paths import CHECKOUT
from motcua.foundation.api import SCOPES
from tests.portal.pages import text

pytestmark = pytest.mark.django_db
HOME = "/api/v1/"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def page(client, language="vi"):
    return client.get(HOME, headers={"Accept": BROWSER, "Accept-Language": language})


@pytest.mark.parametrize("accept", ["application/json", "*/*", None, "application/json, text/html;q=0.5"])
def test_a_program_gets_json(client, accept):
    answer = client.get(HOME, headers={"Accept": accept} if accept else {})
    assert answer.headers["Content-Type"] == "application/json"
    told = answer.json()
    assert told["scopes"] == dict(SCOPES)
    assert client.get(told["openapi"]).json()["openapi"] == "3.1.0"
    assert client.get(told["resources"]["procedures"]).status_code == 200
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ["Dành cho lập trình viên", "Lấy khóa truy cập", "không cần khóa", "Tiến độ theo mã tra cứu"]),
        ("en", ["For developers", "Get a token", "no token needed", "Progress by tracking reference"]),
    ],
)
def test_a_browser_gets_a_page_in_its_language(client, language, words):
    answer = page(client, language)
    said = text(answer)
    assert answer.headers["Content-Type"].startswith("text/html")
    for word in [*words, "motcua token create", "dossiers:write", "/api/v1/me", "http://testserver/api/v1/"]:
        assert word in said


def test_the_page_says_what_every_resource_is_for():
    from motcua.config import machine_pages

    assert set(machine_pages.scopes_of()) == set(machine_pages.RESOURCES)
    assert machine_pages.scopes_of()["dossiers"] == ["dossiers:read", "dossiers:write", "files:read"]
    assert machine_pages.scopes_of()["tracking"] == []


def test_what_the_page_links_to_is_there(client):
    body = page(client).content.decode()
    for name, file in (
        ("use-the-api.md", "how-to/use-the-api.md"),
        ("reference.md", "reference/api.md"),
        ("openapi.json", ""),
    ):
        assert f'href="{HOME}{name}"' in body
        answer = client.get(HOME + name)
        assert answer.status_code == 200
        if file:
            assert answer.content.decode() == (CHECKOUT / "docs" / file).read_text("utf-8")
            assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_the_portal_leads_there(client):
    assert f'<a href="{HOME}">Dành cho lập trình viên</a>' in client.get("/").content.decode()
    assert client.get("/api/v1").headers["Location"] == HOME


@pytest.mark.parametrize("address", [HOME, HOME + "reference.md"])
def test_there_is_nothing_to_send_here(client, address):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post(address, {"a": "b"})
    assert (answer.status_code, answer.json()["code"]) == (405, "wrong_method")
    assert "GET" in answer.headers["Allow"]
    assert client.head(address).status_code == 200


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_is_for_everybody(visit, look, lang):
    shown = visit(HOME, width=320, lang=lang)
    look(shown, f"api-{lang}")
    shown.get_by_role("link", name="OpenAPI").click()
    assert shown.url.endswith("/openapi.json")
