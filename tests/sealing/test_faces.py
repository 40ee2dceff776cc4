"""What everybody and the applicant get: the page, roots as open data, the proof of a dossier; and the commands."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client

from motcua.config import cli
from motcua.sealing import actions, queries
from tests.foundation.factories import AT, an_act, do
from tests.sealing.verifier import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
PAGE = "/niem-phong/"


@pytest.fixture
def sealed():
    for day in range(2):
        do(an_act(), thing="a")
        actions.all_sealed(AT + timedelta(days=day))


def test_the_page_before_and_after_the_first_seal(django_assert_num_queries):
    assert "Chưa có niêm phong nào" in Client().get(PAGE).content.decode()
    do(an_act(), thing="a")
    actions.all_sealed(AT)
    do(an_act(), thing="a")
    actions.all_sealed(AT + timedelta(days=1))
    client = Client()
    client.get(PAGE)
    with django_assert_num_queries(3):
        said = client.get(PAGE).content.decode()
    for words in ("Đã niêm phong <strong>2</strong> dòng", "05/10/2026", queries.keys()[0]["kid"]):
        assert words in said
    assert "thing:a" not in said
    assert "The sealed journal" in client.get(PAGE, headers={"accept-language": "en"}).content.decode()


def test_a_range_of_roots_the_keys_and_the_verifier_are_files(sealed, tmp_path):
    client, desk = Client(), Desk(tmp_path)
    answer = client.get(f"{PAGE}goc.json", {"tu": "05/10/2026", "den": "2026-10-05"})
    assert answer["Content-Disposition"].startswith("attachment")
    roots = answer.json()
    assert (len(roots["days"]), len(roots["seals"])) == (1, 1)
    keys = desk.put("keys.json", client.get(f"{PAGE}khoa.json").json())
    code, said = desk.run("roots", desk.put("r.json", roots), "--keys", keys, trust="nobody")
    assert (code, "1 seals, 1 days" in said) == (0, True)
    assert client.get(f"{PAGE}verify_journal.py").content == queries.VERIFIER.read_bytes()
    for first, last in (("2026-10-05", "2026-11-05"), ("2026-10-05", "2026-10-04"), ("x", ""), ("", "")):
        refused = client.get(f"{PAGE}goc.json", {"tu": first, "den": last})
        assert (refused.status_code, "Khoảng ngày chưa đúng" in refused.content.decode()) == (422, True)
    nothing = client.get(f"{PAGE}goc.json", {"tu": "2020-10-05", "den": "2020-10-05"}).json()
    assert (nothing["seals"], nothing["days"]) == ([], [])


def test_the_api_gives_seals_days_and_keys_in_parts(sealed):
    client = Client()
    first = client.get("/api/v1/seals", {"limit": 1}).json()
    second = client.get("/api/v1/seals", {"first": first["next"], "limit": 5}).json()
    assert [each["number"] for each in first["items"] + second["items"]] == [1, 2]
    assert (first["items"][0]["lines"], second["next"]) == (1, None)
    assert client.get("/api/v1/seals/days").json()["items"][0]["on"] == "2026-10-05"
    assert client.get("/api/v1/seals/keys").json() == {"keys": queries.keys()}
    assert client.get("/api/v1/seals", {"first": 0}).status_code == 422


def test_the_commands(sealed, capsys, tmp_path):
    def run(*arguments):
        code = cli.main(["journal", *arguments])
        return code, capsys.readouterr()

    do(an_act(), thing="b")
    code, told = run("verify", "--json")
    assert (code, json.loads(told.out)["waiting_lines"], json.loads(told.out)["seals"]) == (0, 1, 2)
    assert run("proof", "thing:b", "--line", "1", "--short")[0] == 1
    code, told = run("seal", "--json")
    assert (code, json.loads(told.out)["lines"], json.loads(told.out)["last_seal"]) == (0, 1, 3)
    desk = Desk(tmp_path)
    roots = desk.put("roots.json", run("roots")[1].out)
    assert desk.run("lines", desk.put("lines.jsonl", run("lines")[1].out), "--roots", roots)[0] == 0
    assert desk.run("proof", desk.put("proof.json", run("proof", "thing:b")[1].out))[0] == 0
    assert run("proof", "thing:b", "--line", "1", "--short")[1].out.startswith("MCP1:")
    assert run("proof", "thing:b", "--short")[0] == 2 and run("proof", "thing:none")[0] == 1
    assert run("verify", "--roots", roots)[0] == 0 and run("verify", "--subject", "thing:b")[0] == 0
    assert run("verify", "--roots", desk.put("no.json", "{}"))[0] == 2
    code, told = desk.run("roots", desk.put("no.json", '{"format": "motcua-roots", "version": 1}'))
    assert (code, "not in the right form" in told) == (2, True)
