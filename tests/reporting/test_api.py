"""The API of reports: the same figures for the same readers, and for nobody else."""

from __future__ import annotations

import pytest
from django.test import Client

from motcua.reporting import api
from tests.reporting import life
from tests.reporting.life import CLOSING, LABELS, close

pytestmark = pytest.mark.django_db
QUERY = {"agency": "qn-bai-chay", "period": "2026-10"}


@pytest.fixture
def ask(city, monkeypatch):
    """A program's question: ask("leader", "/ii06a", {...}) -> (status, JSON)."""
    import motcua.config.urls  # noqa: F401  read later, it would put the true source of tokens back

    life.first_period(city)
    monkeypatch.setattr(api, "now", lambda: CLOSING[0])

    def source(token):
        name, _bar, scope = token.partition("|")
        account = city.accounts.get(name)
        return (account.pk, account.display_name, frozenset([scope])) if account else None

    monkeypatch.setattr("motcua.foundation.api.tokens._token_source", source)

    def asked(who, path, query, scope="reports:read"):
        headers = {"Authorization": f"Bearer {who}|{scope}"} if who else {}
        answer = Client().get(f"/api/v1/reporting{path}", query, headers=headers)
        return answer.status_code, answer.json()

    return asked


def test_the_form(ask):
    status, found = ask("leader", "/ii06a", QUERY)
    assert status == 200 and found["closed"] is False and found["good"]
    assert found["content"]["total"]["c3"] == 7
    made = close(LABELS[0], CLOSING[0])
    status, found = ask("leader", "/ii06a", QUERY)
    assert (found["closed"], found["hash"]) == (True, made["hash"])
    assert ask("leader", "/ii06a", {**QUERY, "version": 2})[0] == 404


def test_the_index(ask):
    status, found = ask("head", "/index766", QUERY)
    assert status == 200
    by_key = {part["key"]: part for group in found["groups"] for part in group["components"]}
    progress = by_key["progress"]
    assert (progress["part"], progress["whole"], progress["score"]) == (3, 6, "10.00")
    assert by_key["personal-store"]["score"] is None and by_key["paid-online"]["part"] is None
    assert found["points"] == 100 > found["measured"]


def test_for_whom(ask):
    for path in ("/ii06a", "/index766"):
        assert ask("", path, QUERY)[0] == 401
        assert ask("leader", path, QUERY, scope="dossiers:read")[0] == 403
        for who in ("citizen", "processor", "admin", "other_leader"):
            assert ask(who, path, QUERY)[0] == 404, who
        assert ask("leader", path, {**QUERY, "period": "2026-99"})[0] == 422
        assert ask("leader", path, {"agency": "qn-bai-chay"})[0] == 422
