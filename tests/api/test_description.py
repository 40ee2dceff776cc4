"""The description of the API says all of it: who may call, what may come back, how to repeat safely."""

import inspect
import json
import re

import pytest

from motcua.dossiers import actions
from motcua.foundation.api import SCOPES
from tests.support import routes

pytestmark = pytest.mark.django_db
WRITES = ("post", "put", "patch", "delete")
# No act of a person at the API: what the system sets right by itself, and a counter that works without network.
APART = {
    "discard_abandoned",  # the platform itself, at night
    "erase",  # the platform itself, after a decision of the room `retention`
    "sign", "seal",  # with a key and its PIN, which are a person's own: on pages, by the room `issuing`
    "release", "end_help", "follow_person", "follow_version", "recount", "lend_serials", "return_serials",
    "note_version_seen",  # that she read it on the page of her draft
    "Passing", "pass_on", "pass_on_numbering", "passing_to",  # of a reorganisation of government, the operator's
    "settle_difference",  # of the registry of persons, which no program reads or writes
    "put_scan",  # of the scanning desk, where a person looked at the scan
}  # fmt: skip


@pytest.fixture(scope="module")
def api():
    from motcua.config.api import api

    return api


@pytest.fixture(scope="module")
def description(api):
    return json.loads(json.dumps(api.get_openapi_schema()))


def operations(description):
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def test_it_is_served_without_a_token(client, description):
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json() == description
    assert description["openapi"] == "3.1.0"


def test_every_operation_needs_a_token_with_a_scope_or_says_why_not(api):
    assert routes.unguarded_operations(api) == []


def test_the_scope_of_every_operation_is_told(api, description):
    told = {name: operation.get("security") for name, operation in operations(description)}
    for name, operation in routes.operations(api):
        method, path = name.split(" ", 1)
        path = path.replace("{id:", "{").replace("{int:", "{")
        scopes = [auth.scope for auth in operation.auth_callbacks]
        assert told[f"{method.lower()} /api/v1{path}"] == ([{"bearer": scopes}] if scopes else None)
        assert set(scopes) <= set(SCOPES)
    assert description["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


def test_every_operation_has_a_name_words_and_every_answer(description):
    names = [operation["operationId"] for _, operation in operations(description)]
    assert len(names) == len(set(names)) > 35
    for name, operation in operations(description):
        assert operation["summary"], name
        codes = set(operation["responses"])
        assert {"404", "422", "429", "503"} <= codes, name
        assert any(code.startswith("2") for code in codes), name
        assert not operation.get("security") or {"401", "403"} <= codes, name


def test_a_declaration_that_is_only_listed_is_refused_as_described(description):
    assert "409" in description["paths"]["/api/v1/procedures/{slug}/declaration"]["get"]["responses"]


def test_the_reference_names_every_operation_verb_and_schema(description):
    from motcua.config import api_reference
    from motcua.dossiers.api import moving

    page = api_reference.page(description)
    for method, path, operation in api_reference.operations(description):
        row = next(line for line in page.splitlines() if line.startswith(f"| `{method} {path}` |"))
        assert operation["summary"] in row
        for status in operation["responses"]:
            assert status in row.rpartition("|")[0].rpartition("|")[2], row
    for verb in moving.VERBS:
        assert f"\n| `{verb}` |" in page
    for name in re.findall(r"\]\(#([a-z]+)\)", page):
        assert f"\n### {name}\n" in page.lower()


def test_refusals_are_problems(description):
    for response in description["components"]["responses"].values():
        assert list(response["content"]) == ["application/problem+json"]
    assert "Retry-After" in description["components"]["responses"]["TooManyRequests"]["headers"]


def test_every_write_can_be_repeated_safely(description):
    key = {"$ref": "#/components/parameters/IdempotencyKey"}
    for name, operation in operations(description):
        scopes = [scope for need in operation.get("security") or [] for scope in need["bearer"]]
        writes = any(scope.endswith(":write") for scope in scopes)
        assert (key in operation["parameters"]) is writes, name
        assert not writes or name.split()[0] in WRITES


def test_every_reference_leads_somewhere(description):
    def refs(data):
        if isinstance(data, dict):
            yield from ([data["$ref"]] if isinstance(data.get("$ref"), str) else [])
            for value in data.values():
                yield from refs(value)
        elif isinstance(data, list):
            for value in data:
                yield from refs(value)

    for ref in set(refs(description)):
        found = description
        for part in ref.removeprefix("#/").split("/"):
            found = found[part]


def test_every_action_of_a_dossier_is_open_to_programs():
    from motcua.dossiers.api import declaring, desk, helping, moving, reusing

    called = {action.inside.__name__ for action in moving.VERBS.values()}
    source = "".join(inspect.getsource(module) for module in (declaring, desk, helping, reusing))
    called |= {name for name in actions.__all__ if re.search(rf"\bactions\.{name}\b", source)}
    assert set(actions.__all__) - called == APART


def test_every_move_can_carry_what_its_action_asks():
    from motcua.dossiers.api import moving

    for verb, action in moving.VERBS.items():
        assert set(moving.wanted_by(action)) <= set(moving.MoveIn.model_fields), verb
