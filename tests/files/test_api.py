"""Files over the API: a token hands in, and reads back only what its account handed in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.files.models import StoredFile
from tests.files.factories import PDF, account

pytestmark = pytest.mark.django_db
URL = "/api/v1/files"


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch, settings):
    settings.MOTCUA = settings.MOTCUA.model_copy(
        update={"var": tmp_path, "disk_reserve_mb": 0, "upload_file_mb": 1}
    )


@pytest.fixture(autouse=True)
def tokens(monkeypatch):
    import motcua.config.api  # noqa: F401  it registers the true source, which must not come after ours

    one, two = account().pk, account().pk
    both = frozenset({"files:read", "files:write"})
    known = {
        "one": (one, "one", both),
        "two": (two, "two", both),
        "blind": (one, "one", frozenset({"files:write"})),
    }
    monkeypatch.setattr("motcua.foundation.api.tokens._token_source", known.get)


def send(client, content=PDF, name="Đơn.pdf", token="one", **headers):
    file = SimpleUploadedFile(name, content)
    return client.post(URL, {"file": file}, headers={"Authorization": f"Bearer {token}", **headers})


def read(client, path, token="one"):
    return client.get(f"{URL}/{path}", headers={"Authorization": f"Bearer {token}"})


def test_a_file_handed_in_comes_back(client):
    kept = send(client)
    assert kept.status_code == 201
    file = kept.json()["file"]
    assert read(client, file).json()["name"] == "Đơn.pdf"
    content = read(client, f"{file}/content")
    assert content.getvalue() == PDF
    assert content["Content-Disposition"].startswith("attachment")


def test_the_same_key_keeps_it_once(client):
    key = {"Idempotency-Key": "form-0001"}
    first, again = send(client, **key), send(client, **key)
    assert again.json() == {**first.json(), "replayed": True}
    assert StoredFile.objects.count() == 1
    assert send(client, PDF + b"\n", **key).status_code == 409


def test_nobody_else_reads_it(client):
    file = send(client).json()["file"]
    assert read(client, file, "two").status_code == 404
    assert read(client, f"{file}/content", "two").status_code == 404
    assert read(client, file, "blind").status_code == 403
    assert read(client, file, "none").status_code == 401
    assert client.get(f"{URL}/{file}").status_code == 401


@pytest.mark.parametrize(
    ("content", "name", "status", "code"),
    [
        (b"", "a.pdf", 422, "files.empty"),
        (b"MZ" + b"\0" * 100, "a.pdf", 422, "files.kind_not_accepted"),
        (PDF + b" " * 2_000_000, "a.pdf", 413, "files.too_large"),
    ],
)
def test_a_refusal_is_a_problem(client, content, name, status, code):
    answer = send(client, content, name)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize("path", ["x", "%00", "0" * 26, "0" * 26 + "/content"])
def test_what_is_not_there(client, path):
    assert read(client, path).status_code == 404


def test_without_a_file_it_is_a_schema_problem(client):
    answer = client.post(URL, {}, headers={"Authorization": "Bearer one"})
    assert answer.status_code == 422
