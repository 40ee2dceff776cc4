"""The house's own pages: health, language, and the sentences of last resort."""

import errno

import pytest
from django.core.exceptions import SuspiciousOperation
from django.core.files.base import ContentFile
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from motcua.config import urls as house
from motcua.foundation.doors import public

pytestmark = pytest.mark.django_db

handler400, handler403 = house.handler400, house.handler403
handler404, handler500 = house.handler404, house.handler500


@public("a test")
def broken(request):
    raise RuntimeError("planted")


@public("a test")
def full(request):
    raise OSError(errno.ENOSPC, "planted")


@public("a test")
def locked(request):
    raise OperationalError("database is locked")


@public("a test")
def forged(request):
    raise SuspiciousOperation("planted")


@public("a test")
def form(request):
    return HttpResponse("taken")


urlpatterns = [
    path("broken", broken),
    path("full", full),
    path("locked", locked),
    path("forged", forged),
    path("form", form),
    path("api/v1/broken", broken),
    *house.urlpatterns,
]


def test_health_says_ok(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert "no-store" in answer.headers["Cache-Control"]


def test_health_says_when_the_database_is_away(client, monkeypatch):
    from django.db import connection

    def away():
        raise OperationalError("planted")

    monkeypatch.setattr(connection, "cursor", away)
    assert client.get("/healthz").status_code == 503


def test_language_is_remembered_and_leads_back(client):
    answer = client.post("/language", {"language": "en", "next": "/healthz"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/healthz")
    assert answer.cookies["django_language"].value == "en"


def test_language_never_leads_elsewhere(client):
    answer = client.post("/language", {"language": "en", "next": "https://elsewhere.example/"})
    assert "elsewhere" not in answer.headers["Location"]


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "Không tìm thấy trang này"), ("en", "This page was not found")]
)
def test_an_unknown_address_is_told(client, language, words):
    answer = client.get("/no/such/page", headers={"Accept-Language": language})
    assert answer.status_code == 404
    assert words in answer.content.decode()


@pytest.mark.urls(__name__)
def test_our_fault_is_told_with_its_id(client):
    client.raise_request_exception = False
    answer = client.get("/broken")
    assert answer.status_code == 500
    text = answer.content.decode()
    assert "chưa được ghi nhận" in text
    assert answer.headers["X-Request-ID"] in text
    assert "planted" not in text


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("path", "words"), [("/full", "tạm hết chỗ lưu"), ("/locked", "đang bận")])
def test_a_full_disk_and_a_busy_database_are_told_as_such(client, path, words):
    client.raise_request_exception = False
    answer = client.get(path)
    assert answer.status_code == 503
    assert words in answer.content.decode()
    assert "chưa được ghi nhận" in answer.content.decode()


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("path", ["/form", "/api/v1/form"])
def test_a_giant_request_is_refused_before_it_is_read(settings, path):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"upload_request_mb": 1})
    answer = Client().post(path, {"file": ContentFile(b"x" * 1_200_000, name="big.bin")})
    assert answer.status_code == 413
    assert "nhiều nhất 1 MB" in (answer.json()["detail"] if "api" in path else answer.content.decode())


@pytest.mark.urls(__name__)
def test_machines_get_a_problem(client):
    client.raise_request_exception = False
    answer = client.get("/api/v1/broken")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 500


@pytest.mark.urls(__name__)
def test_a_request_that_cannot_be_read_is_told(client):
    answer = client.get("/forged")
    assert answer.status_code == 400
    assert "Chưa có gì thay đổi" in answer.content.decode()


@pytest.mark.urls(__name__)
def test_a_form_that_was_open_too_long_is_told():
    answer = Client(enforce_csrf_checks=True).post("/form", {})
    assert answer.status_code == 403
    assert "chưa có gì được gửi" in answer.content.decode()
