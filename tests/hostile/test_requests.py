"""Requests that are broken on purpose: giant, nested, of the wrong kind, forged, or from elsewhere."""

import json

import pytest
from django.test import Client

from motcua.dossiers import actions
from tests.dossiers import factories as make
from tests.portal.pages import text
from tests.support.city import CENTRE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PARTS = "multipart/form-data"
NEW = json.dumps({"procedure": "birth-registration", "agency": CENTRE})


BODIES = [
    ("", 422),
    ("{", 400),
    ("[]", 422),
    ("null", 422),
    ("5", 422),
    ('"x"', 422),
    ("{'procedure': 1}", 400),
    ('{"procedure": "birth-registration", "sudo": true}', 422),
    ('{"procedure": ["birth-registration"]}', 422),
    ('{"procedure": "birth-registration\\u0000"}', 422),
    ('{"procedure": "birth-registration\\ud800"}', 422),
    ('{"procedure\\ud800": 1}', 422),
    (b'{"procedure": "\xff\xfe"}', 400),
    ("\ufeff" + NEW, 400),
    ("[" * 100_000, 400),
    ('{"procedure":' * 5_000 + "1" + "}" * 5_000, 400),
    ('{"procedure": "x", "a": ' + "[" * 60 + "]" * 60 + "}", 400),
    ('{"procedure": "' + "x" * 200_000 + '"}', 422),
]


def test_a_body_that_is_none_is_told_as_a_problem(machine, untouched, subtests):
    citizen = machine("citizen")
    for body, status in BODIES:
        with subtests.test(str(body[:40])), untouched():
            answer = citizen.call("post", "/dossiers", data=body, content_type="application/json")
            assert answer.status_code == status, answer.content[:300]
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert answer.json()["title"] and answer.json()["detail"]


def test_a_giant_body_is_refused(machine, untouched):
    citizen = machine("citizen")
    with untouched():
        answer = citizen.call("post", "/dossiers", data=" " * (6 * 2**20), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_answers_that_are_an_archive_are_refused(city, at, machine, untouched):
    draft, citizen = make.draft(city, at=at), machine("citizen")
    with untouched():
        answer = citizen.call(
            "patch", f"/dossiers/{draft}/answers", {"answers": {"full_name": "x" * 300_000}}
        )
    assert (answer.status_code, answer.json()["code"]) == (422, "dossiers.declaration_too_long")


def test_the_same_name_twice_in_an_object_is_read_once_and_judged(machine):
    answer = machine("citizen").call(
        "post",
        "/dossiers",
        data='{"procedure": "x", "procedure": "birth-registration"}',
        content_type="application/json",
    )
    assert answer.status_code == 201


KINDS = [
    "text/plain",
    "application/xml",
    "application/x-www-form-urlencoded",
    f"{PARTS}; boundary=x",
    "",
    "x",
]
NO_FILE = b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nabc\r\n--x--\r\n'
BROKEN = [b"", b"--x", b"--x\r\n\r\n--x--", NO_FILE]


def test_a_body_of_another_kind_is_refused(machine, untouched, subtests):
    citizen = machine("citizen")
    for kind in KINDS:
        with subtests.test(kind), untouched():
            answer = citizen.call("post", "/dossiers", data=NEW, content_type=kind)
            assert (answer.status_code, answer.json()["code"]) == (415, "wrong_type")
            assert "application/json" in answer.json()["detail"]


def test_a_broken_sending_of_files_is_told(machine, untouched, subtests):
    citizen = machine("citizen")
    for body in BROKEN:
        with subtests.test(str(body)), untouched():
            answer = citizen.call("post", "/files", data=body, content_type=f"{PARTS}; boundary=x")
            assert answer.status_code in (400, 422)
            assert answer.headers["Content-Type"] == "application/problem+json"


def test_too_many_files_or_fields_at_once(machine, untouched):
    part = b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\n1\r\n'
    body = b"".join(part % n for n in range(6000)) + b"--x--\r\n"
    citizen = machine("citizen")
    with untouched():
        answer = citizen.call("post", "/files", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 400


def test_a_method_that_is_not_taken_names_those_that_are(machine, untouched):
    citizen = machine("citizen")
    with untouched():
        for method in ("put", "patch", "delete", "trace", "options", "head"):
            answer = citizen.call(method, "/dossiers")
            assert answer.status_code == 405, method
            assert "POST" in answer.headers["Allow"]


def test_a_method_cannot_be_smuggled(machine, city, at, untouched):
    draft, citizen = make.draft(city, at=at), machine("citizen")
    with untouched():
        answer = citizen.call(
            "get", f"/dossiers/{draft}?_method=DELETE", HTTP_X_HTTP_METHOD_OVERRIDE="DELETE"
        )
    assert answer.status_code == 200


def test_a_form_without_its_token_is_refused_and_says_so(city, at, browse, untouched):
    draft = make.draft(city, at=at)
    foreign = Client(enforce_csrf_checks=True)
    foreign.cookies = browse("citizen").cookies
    with untouched():
        for path in (
            f"/ho-so/{draft}/khai/xem-lai/",
            f"/ho-so/{draft}/rut/",
            "/account/sign-in/",
            "/language",
        ):
            answer = foreign.post(path, {"act_id": "x" * 20})
            assert answer.status_code == 403, path
            assert "chưa có gì được gửi" in text(answer)


def test_a_form_from_another_site_is_refused(city, at, browse, untouched):
    draft = make.draft(city, at=at)
    client = Client(enforce_csrf_checks=True)
    client.cookies = browse("citizen").cookies
    token = client.get(f"/ho-so/{draft}/khai/").cookies
    with untouched():
        answer = client.post(
            f"/ho-so/{draft}/rut/",
            {"csrfmiddlewaretoken": token["csrftoken"].value if "csrftoken" in token else "x" * 64},
            headers={"Origin": "https://elsewhere.example", "Referer": "https://elsewhere.example/"},
        )
    assert answer.status_code == 403


def test_a_session_opens_no_door_for_machines(city, at, browse, untouched):
    """A page of another site can make a browser send cookies; the API looks at tokens only."""
    draft, client = make.draft(city, at=at), browse("citizen")
    with untouched():
        assert client.get("/api/v1/dossiers").status_code == 401
        answer = client.post(
            f"/api/v1/dossiers/{draft}/moves", {"verb": "submit"}, content_type="application/json"
        )
    assert answer.status_code == 401


PATHS = [
    "/ho-so/%00/",
    "/ho-so/..%2f..%2fetc%2fpasswd/",
    "/ho-so/00000000000000000000000000/",
    "/ho-so/' OR 1=1 --/",
    "/thu-tuc/%3Cscript%3Ealert(1)%3C%2Fscript%3E/",
    "/thu-tuc/" + "a" * 5000 + "/",
    "/counter/ho-so/%F0%9F%98%80/",
    "/counter/ho-so/x/giay/99999999999999999999/",
    "/%c0%ae%c0%ae/",
    "/static/../../../etc/passwd",
    "/static/..%2f..%2fmotcua.sqlite3",
]


def test_an_address_that_leads_out_leads_nowhere(browse):
    for path in PATHS:
        for name in ("citizen", "receptionist"):
            answer = browse(name).get(path)
            assert answer.status_code in (403, 404), path
            body = answer.content.decode()
            assert "<script>alert" not in body
            assert "root:" not in body


def test_a_forged_host_is_refused(browse):
    answer = browse().get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400


def test_a_forged_forwarding_header_is_not_believed(machine, settings):
    """Else whoever guesses codes would have a new address for every guess."""
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"rate_track_per_minute": 2})
    answers = [
        machine().call("get", "/tracking/AAAA-BBBB-CCCC-DDDD", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}")
        for n in range(4)
    ]
    assert [answer.status_code for answer in answers][-1] == 429


def test_the_next_page_after_signing_in_is_one_of_ours(city, at, browse):
    stranger = browse()
    for target in (
        "https://evil.example/",
        "//evil.example/",
        "javascript:alert(1)",
        "/\\evil.example",
        "\x00",
    ):
        answer = stranger.post("/account/sign-in/", {"login_name": "x", "password": "y", "next": target})
        assert "evil.example" not in answer.headers.get("Location", "")
        assert answer.status_code in (200, 302, 400, 422, 429)


def test_nothing_is_said_about_programs_and_versions(browse, machine):
    for answer in (browse().get("/"), machine().get("/procedures"), machine().get("/nothing")):
        told = " ".join(f"{name}: {value}" for name, value in answer.headers.items()).lower()
        assert "django" not in told and "python" not in told and "granian" not in told


def test_every_verb_of_a_stranger_is_refused_alike(city, at, machine, untouched):
    """Whether a dossier exists is nobody else's business: the answer is the same as for one that does not."""
    from motcua.dossiers.api.moving import VERBS

    dossier, stranger = make.received(city, at=at), machine("other_citizen")
    needs = {
        "items": [{"text": "x"}],
        "reason": "Một lý do đủ dài để hiểu",
        "remark": "Một lý do đủ dài để hiểu",
        "receipt_number": "1",
        "number": "1",
        "until": "2026-12-01",
        "stars": 5,
        "papers": [],
        "agency": "qn-ha-lam",
        "account": city.accounts["processor"].public_id,
    }
    from motcua.dossiers.api.moving import wanted_by

    with untouched():
        for verb, action in VERBS.items():
            body = {k: needs[k] for k, p in wanted_by(action).items() if p.default is p.empty}
            told = [
                stranger.post(f"/dossiers/{d}/moves", {"verb": verb, **body}) for d in (dossier, "0" * 26)
            ]
            assert [answer.status_code for answer in told] == [404, 404], verb
            assert len({answer.json()["title"] for answer in told}) == 1
    assert actions
