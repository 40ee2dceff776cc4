"""Every answer carries an id, safe headers, and one line in the log that names nobody."""

import json
import logging

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from motcua.config import middleware

REQUEST = RequestFactory()


def test_every_page_has_the_headers(client, db):
    headers = client.get("/healthz").headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "object-src 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "camera=(self)" in headers["Permissions-Policy"]


def test_a_view_may_be_stricter():
    def view(request):
        return HttpResponse(headers={"Content-Security-Policy": "sandbox"})

    assert middleware.security_headers(view)(REQUEST.get("/")).headers["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(
    ("given", "kept"), [("abcdef-12345678", True), ("short", False), ("<script>alert(1)", False)]
)
def test_the_request_id_of_a_proxy_is_kept_when_it_is_one(given, kept):
    answer = middleware.request_log(lambda request: HttpResponse())
    answered = answer(REQUEST.get("/", headers={"X-Request-ID": given})).headers["X-Request-ID"]
    assert (answered == given) is kept
    assert len(answered) >= 8


def test_the_log_line_names_the_route_not_the_address(client, db, caplog):
    with caplog.at_level(logging.INFO, logger="motcua.request"):
        client.get("/healthz?ten=Nguyen+Van+A")
    line = json.dumps(
        [record.msg for record in caplog.records if record.name == "motcua.request"], default=str
    )
    assert '"route": "healthz"' in line
    assert "Nguyen" not in line


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),
        ("10.0.0.5", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.5", "1.1.1.1, 198.51.100.7, 10.0.0.6", "198.51.100.7"),
        ("10.0.0.5", "", "10.0.0.5"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, peer, forwarded, seen):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"trusted_proxies": ("10.0.0.0/8",)})
    found = {}

    def view(request):
        found.update(address=request.META["REMOTE_ADDR"], https=request.META.get("HTTP_X_FORWARDED_PROTO"))
        return HttpResponse()

    request = REQUEST.get(
        "/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded, HTTP_X_FORWARDED_PROTO="https"
    )
    middleware.caller_address(view)(request)
    assert found == {"address": seen, "https": "https" if peer.startswith("10.") else None}


def test_a_character_that_nothing_keeps_is_refused_everywhere(client, db):
    assert client.get("/healthz%00").status_code == 404
    assert client.get("/healthz", {"ma": "a\x00b"}).status_code == 400
    answer = client.post("/language", {"language": "e\x00n", "next": "/"})
    assert answer.status_code == 400
    assert "Chưa có gì thay đổi" in answer.content.decode()
    client.cookies["motcua_session"] = "\x00" * 32
    assert client.get("/healthz").status_code == 200


def test_a_machine_hears_which_methods_an_address_takes(client, db):
    answer = client.delete("/api/v1/procedures", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "GET" in answer.json()["detail"]
