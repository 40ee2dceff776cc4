"""Moves over the API: one verb, one action; and many of them in one request, each with its own result."""

from __future__ import annotations

import inspect
from typing import Any, Literal

from django.http import HttpRequest
from pydantic import Field

from motcua.accounts import queries as accounts
from motcua.dossiers import actions
from motcua.dossiers.api.shapes import BatchOut, Move, MoveOut
from motcua.dossiers.api.shared import WRITE, router
from motcua.dossiers.errors import NotYours
from motcua.foundation.acts import Act
from motcua.foundation.api import In, PublicId, act_of, answers
from motcua.foundation.api.problems import sentence_of
from motcua.foundation.errors import Invalid, Refusal
from motcua.foundation.middleware import as_problem

PROCESS = "process"
BATCH_MAX = 100

# verb in the API -> action; the state table of the dossier decides what is possible when
VERBS = {
    action.verb.removeprefix("dossiers."): action
    for action in (
        actions.submit,
        actions.discard,
        actions.receive,
        actions.ask_at_door,
        actions.refuse,
        actions.answer,
        actions.answer_at_counter,
        actions.transfer,
        actions.forward,
        actions.take,
        actions.assign,
        actions.advance,
        actions.ask_supplement,
        actions.ask_payment,
        actions.confirm_payment,
        actions.extend,
        actions.draft_result,
        actions.send_back,
        actions.approve,
        actions.take_over_result,
        actions.hand_over,
        actions.record_cash,
        actions.record_refund,
        actions.rate,
        actions.withdraw,
        actions.stop,
        actions.change_version,
    )
}
Verb = Literal[tuple(VERBS)]  # type: ignore[valid-type]


class MoveIn(Move):
    """A verb with what it needs: `reason` and `items` to ask, `outcome` to draft, `stars` to rate …"""

    verb: Verb

    model_config = {"json_schema_extra": {"examples": [{"verb": "receive", "revision": 4}]}}


class BatchItem(MoveIn):
    dossier: PublicId


class BatchIn(In):
    items: list[BatchItem] = Field(min_length=1, max_length=BATCH_MAX)


@router.post(
    "/moves", auth=WRITE, response=answers(BatchOut), summary="Make many moves, each with its own result"
)
def moves(request: HttpRequest, body: BatchIn) -> dict:
    """Each item is an act of its own: what can be done is done, what is refused tells why."""
    act = act_of(request, PROCESS)
    results: list[dict] = []
    for number, item in enumerate(body.items):
        try:
            results.append(
                {"dossier": item.dossier, "done": _move(act.part(str(number)), item.dossier, item)}
            )
        except Refusal as problem:
            results.append({"dossier": item.dossier, "problem": as_problem(problem)})
    good = sum("done" in result for result in results)
    return {"results": results, "done": good, "refused": len(results) - good}


@router.post("/{id:dossier}/moves", auth=WRITE, response=answers(MoveOut), summary="Make a move")
def move(request: HttpRequest, dossier: PublicId, body: MoveIn) -> dict:
    """`GET /dossiers/{dossier}` says in `allowed` which verbs are possible now."""
    return _move(act_of(request, PROCESS), dossier, body)


def wanted_by(action: Any) -> dict[str, inspect.Parameter]:
    """What an action takes besides the act and the dossier."""
    return {
        k: p for k, p in inspect.signature(action.inside).parameters.items() if k not in ("act", "dossier")
    }


def _move(act: Act, dossier: str, body: MoveIn) -> dict:
    """Call the verb's action with what its signature asks for. Raises Invalid for what is missing or not its own."""
    action = VERBS[body.verb]
    wanted = wanted_by(action)
    given = body.model_dump(exclude_none=True, exclude={"verb", "dossier"}, mode="json")
    missing = [name for name, p in wanted.items() if p.default is p.empty and name not in given]
    foreign = [name for name in given if name not in wanted and name != "revision"]
    if missing or foreign:
        raise Invalid(
            [_fault(name, "missing") for name in missing]
            + [_fault(name, "extra_forbidden") for name in foreign]
        )
    if "account" in given:
        given["account"] = _account(given["account"])
    return action(act, dossier=dossier, **{name: value for name, value in given.items() if name in wanted})


def _fault(name: str, code: str) -> dict[str, str]:
    return {"field": name, "code": code, "message": sentence_of(code, {})}


def _account(public_id: str) -> int:
    found = accounts.account(public_id)
    if found is None:
        raise NotYours()
    return found.pk
