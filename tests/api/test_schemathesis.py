"""Every operation under fire: what it answers to right, wrong and absurd requests is what its description says.

Requests are made by schemathesis from the description and sent in process, with the tokens of a citizen and of an
officer who sits at every desk, and without a token. No 5xx, no undocumented status, type, header or body. Each
operation starts from the same city with dossiers in every state; nothing here depends on chance or on the clock.
"""

from __future__ import annotations

import itertools
import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from motcua.foundation.api import reading
from tests.api.conftest import MOMENT, token
from tests.dossiers import factories
from tests.files.factories import PDF
from tests.support import routes
from tests.support.moment import set_clock

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
# how many requests are made for an operation, by who sends them and whether they fit the description
EXAMPLES = {("citizen", "fit"): 4, ("officer", "fit"): 9, ("officer", "wrong"): 6, ("nobody", "fit"): 1}
# Tokens and bodies are judged before any database is asked: PostgreSQL gets what fits, and a third of that.
SHARE = 1
if connection.vendor != "sqlite":
    SHARE, EXAMPLES = (
        3,
        {(who, kind): n for (who, kind), n in EXAMPLES.items() if kind == "fit" and who != "nobody"},
    )
MANY_SIDED = "/dossiers/{dossier}/moves"  # one operation, more than twenty verbs
CARD = "022196001234|101234567|Nguyễn Thị Lan|20081996|Nữ|Số 12, Bãi Cháy, Quảng Ninh|01062024"
RATES = tuple(f"rate_{name}_per_minute" for name in ("api", "track", "search", "code", "assistant"))
ALWAYS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


@lru_cache(maxsize=1)
def schema():
    """The description as schemathesis reads it, answered by our own program in this process."""
    from motcua.config.api import api

    config = SchemathesisConfig()
    read = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema())), config=config)
    read.app = WSGIHandler()
    return read


def names():
    """`POST /dossiers` … of every operation."""
    from motcua.config.api import api

    return sorted(name.replace("{id:", "{").replace("{int:", "{") for name, _ in routes.operations(api))


@dataclass
class Known:
    """Things that are there, to be named by requests that would otherwise only ever find nothing."""

    tokens: dict[str, str | None]
    dossiers: list[str] = field(default_factory=list)
    with_papers: list[str] = field(default_factory=list)
    with_result: list[str] = field(default_factory=list)
    helped: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    papers: list[int] = field(default_factory=list)
    references: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def known(django_db_setup, django_db_blocker, tmp_path_factory):
    """The city, once for the module, in a transaction that is undone at its end."""
    from django.conf import settings as house

    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(
            house,
            "MOTCUA",
            house.MOTCUA.model_copy(
                update={
                    "var": tmp_path_factory.mktemp("store"),
                    "disk_reserve_mb": 0,
                    **dict.fromkeys(RATES, 10**6),
                }
            ),
        )
        set_clock(patch, MOMENT)
        with _one_connection(), transaction.atomic():
            yield _prepared()
            transaction.set_rollback(True)


@contextmanager
def _one_connection():
    """Requests leave the connection open, and with it the transaction they run in, as Django's own test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def _prepared() -> Known:
    from motcua.agencies import actions as agency_actions
    from motcua.dossiers.models import Dossier, Letter, Paper
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.foundation.api import SCOPES
    from tests.support.city import CENTRE, COMMITTEE, FOUNDED_AT, city

    made = city()
    for role in ("clerk", "helper"):
        _appoint(agency_actions, new_act(system("tests"), at=FOUNDED_AT, purpose="test"), made, CENTRE, role)
    for role in ("processor", "head", "signer", "leader"):
        _appoint(
            agency_actions, new_act(system("tests"), at=FOUNDED_AT, purpose="test"), made, COMMITTEE, role
        )
    tokens = {
        "citizen": token(made, "citizen", SCOPES),
        "officer": token(made, "receptionist", SCOPES),
        "nobody": None,
    }
    found = Known(tokens)
    states = ("draft", "submitted", "received", "in_process", "drafted", "ready", "returned")
    for state in states:
        found.dossiers.append(getattr(factories, state)(made))
    found.with_papers.append(_with_paper(made, found))
    found.with_result.append(_with_result(made, found))
    found.helped.append(_helped(made))
    found.letters = list(Letter.objects.values_list("public_id", flat=True))
    found.papers = list(Paper.objects.values_list("pk", flat=True))
    found.references = [
        ref for pair in Dossier.objects.values_list("reference", "code") for ref in pair if ref
    ]
    return found


def _appoint(agency_actions, act, made, code, role):
    account, agency = made.accounts["receptionist"].public_id, made.office(code).public_id
    agency_actions.appoint(act, account=account, agency=agency, role=role)


def _with_paper(made, found) -> str:
    from motcua.dossiers import actions

    dossier = factories.draft(made)
    file = factories.a_file(made)
    found.files += [file, factories.a_file(made, "receptionist")]
    actions.add_paper(made.act("citizen", factories.AT), dossier=dossier, key="other", file=file)
    return dossier


def _with_result(made, found) -> str:
    from motcua.dossiers import actions

    at = factories.AT
    dossier = factories.in_process(made, procedure=factories.publish_ours())
    factories.to_last_step(made, dossier, at)
    file = factories.a_file(made, "processor")
    actions.draft_result(made.act("processor", at), dossier=dossier, file=file)
    actions.approve(made.act("signer", at), dossier=dossier, number="16/GKS")
    return dossier


def _helped(made) -> str:
    from motcua.dossiers import actions
    from tests.support.city import CENTRE

    act = made.act("receptionist", factories.AT)
    done = actions.start_helping(act, procedure="birth-registration", person_name="Bàn Thị Mơ", agency=CENTRE)
    return done["dossier"]


class Deepen:
    """Puts real ids and words of the city into a fitting request, by turns, so that it reaches the room behind."""

    def __init__(self, known: Known) -> None:
        self.turns = {name: itertools.cycle(values) for name, values in self._lists(known).items()}
        self.count = 0

    @staticmethod
    def _lists(known: Known) -> dict[str, list]:
        return {
            "dossier": [*known.dossiers, *known.with_papers, *known.with_result],
            "with_papers": known.with_papers,
            "with_result": known.with_result,
            "helped": known.helped,
            "letter": known.letters,
            "paper": known.papers,
            "file": known.files,
            "code": known.references,
            "agency": ["qn-bai-chay-centre", "qn-ha-lam-centre"],
            "procedure": ["birth-registration", "alcohol-retail-licence", "house-building-permit"],
            "slug": ["birth-registration", "1.001193"],
            "key": ["other"],
        }

    def __call__(self, case: Any) -> None:
        self.count += 1
        if self.count % 4 == 0:
            return  # as it was made
        for name in list(case.path_parameters or {}):
            wanted = self._kind(name, case.path)
            if wanted in self.turns:
                case.path_parameters[name] = next(self.turns[wanted])
        if "qr" in (case.body if isinstance(case.body, dict) else ()):
            case.body["qr"] = CARD if self.count % 2 else CARD[:60] + case.body["qr"]
        elif case.path.endswith("/files"):
            case.body = {"file": PDF}
        elif isinstance(case.body, dict):
            self._body(case.body)

    @staticmethod
    def _kind(name: str, path: str) -> str:
        if name == "code" and "agencies" in path:
            return "agency"
        if name == "dossier":
            kinds = {"{paper}": "with_papers", "/result": "with_result", "/consent/": "helped"}
            return next((kind for part, kind in kinds.items() if part in path), "dossier")
        return name

    def _body(self, body: dict[str, Any]) -> None:
        from motcua.dossiers.api import moving

        if body.get("verb") in moving.VERBS:
            self._fit_verb(body, moving)
        for item in body.get("items") or ():
            if isinstance(item, dict) and "verb" in item:
                self._body(item)
        for name in ("dossier", "agency", "procedure", "file", "key"):
            if body.get(name) is not None:
                body[name] = next(self.turns[name])
        for paper in body.get("papers") or ():
            if isinstance(paper, dict):
                paper["key"] = "other"
        if isinstance(body.get("answers"), dict):
            body["answers"] = {**factories.birth_answers(factories.AT), **body["answers"]}

    def _fit_verb(self, body: dict[str, Any], moving: Any) -> None:
        """Leave only what the verb takes, and add what it needs."""
        wanted = moving.wanted_by(moving.VERBS[body["verb"]])
        for name in set(body) - set(wanted) - {"verb", "dossier", "revision"}:
            del body[name]
        if self.count % 3:
            body.pop("revision", None)
        reason = "Bản chụp bị mờ nên chưa đối chiếu được."
        needs = {
            "items": [{"text": "Chụp lại"}],
            "reason": reason,
            "remark": reason,
            "receipt_number": "BL-1",
            "number": "12/KQ",
            "until": "2026-12-01",
            "stars": 5,
            "papers": [],
            "account": "0" * 26,
            "agency": "qn-ha-lam",
        }
        for name, parameter in wanted.items():
            if parameter.default is parameter.empty and body.get(name) is None:
                body[name] = needs[name]


def wrong_is_refused(context: Any, response: Any, case: Any) -> bool | None:
    """A body that does not fit is refused; but one that fits once its texts are read (NFC, nothing invisible) fits."""
    content = case.operation.definition.raw["requestBody"]["content"]
    asked = content.get("application/json", {}).get("schema", {})
    fits = jsonschema_rs.validator_for({**asked, "components": schema().raw_schema["components"]})
    if isinstance(case.body, dict | list) and fits.is_valid(reading._tidy(case.body)):
        return None
    return checks.negative_data_rejection(context, response, case)


@pytest.mark.parametrize("name", names())
def test_an_operation_answers_as_described(name, known):
    method, path = name.split(" ", 1)
    operation = schema()[f"/api/v1{path}"][method]
    for (who, kind), count in EXAMPLES.items():
        with transaction.atomic():
            _fire(operation, known, who, kind, max(1, (count * 4 if path == MANY_SIDED else count) // SHARE))
            transaction.set_rollback(True)


def _fire(operation: Any, known: Known, who: str, kind: str, count: int) -> None:
    mode = GenerationMode.POSITIVE if kind == "fit" else GenerationMode.NEGATIVE
    deepen = Deepen(known)
    raw = known.tokens[who]
    headers = {"Authorization": f"Bearer {raw}"} if raw else {}
    # unknown query parameters and headers are left alone, as everywhere; a wrong body never is
    judges_body = kind == "wrong" and "requestBody" in operation.definition.raw
    asked = [*ALWAYS, wrong_is_refused] if judges_body else ALWAYS

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=count,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def fire(case: Any) -> None:
        if kind == "fit":
            deepen(case)
        case.call_and_validate(headers=headers, checks=asked)

    try:
        fire()
    except Unsatisfiable:
        assert kind == "wrong", "no request fits the description"  # any text at all may be asked for


def test_every_operation_is_under_fire():
    paths = schema().raw_schema["paths"]
    described = {
        f"{m.upper()} {path.removeprefix('/api/v1')}" for path, methods in paths.items() for m in methods
    }
    assert described == set(names())
