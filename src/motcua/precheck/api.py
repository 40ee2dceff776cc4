"""The check over the API: the same as on the page. See docs/reference/api.md."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.http import HttpRequest
from ninja import Router, Status

from motcua.foundation.access import seen
from motcua.foundation.api import Out, Problem, PublicId, Token, act_of, answers, read_answers
from motcua.foundation.doors import actor_of
from motcua.foundation.time import now
from motcua.precheck import actions, queries, rules

of_dossiers = Router(tags=["precheck"])
READ, WRITE = Token("dossiers:read"), Token("dossiers:write")


class FindingOut(Out):
    """A finding. `paper` is the key of the paper, `file` the id of what was handed in for it, `page` from 1."""

    kind: Literal[rules.KINDS]  # type: ignore[valid-type]
    severity: Literal[rules.SEVERITIES]  # type: ignore[valid-type]
    code: str
    text: str
    to_do: str
    paper: str
    file: int
    page: int
    field: str
    section: str
    source: str


class Checked(Out):
    """What the check says now. `unread` files nobody has looked at yet: ask for it and come again. `reader` false:
    this machine reads no pictures, so of photographs only their quality is judged."""

    findings: list[FindingOut]
    unread: int
    reader: bool
    at: datetime


class Asked(Out):
    dossier: str
    asked: int


@of_dossiers.get(
    "/{id:dossier}/precheck",
    auth=READ,
    response={**read_answers(Checked), 409: Problem},
    summary="Check a draft before it is filed",
)
def check(request: HttpRequest, dossier: PublicId) -> dict:
    """For whoever files it or helps to, while it can be changed (409 after that). The last answer is kept
    with it, without values: later requests of officers are compared with it."""
    actor, at = actor_of(request), now()
    row = queries.of_filer(actor, dossier)
    seen(actor, at=at, purpose="api", page="api:precheck", subjects=[row.subject])
    found = queries.look_over(actor, row, at)
    actions.keep(row, found, at)
    return {
        "findings": [
            {
                "kind": each.finding.kind.value,
                "text": each.text,
                "to_do": each.to_do,
                **{
                    name: getattr(each.finding, name)
                    for name in ("severity", "code", "paper", "file", "page", "field", "section", "source")
                },
            }
            for each in queries.told_of(found, actor.language)
        ],
        "unread": len(found.unread),
        "reader": found.reader,
        "at": at,
    }


@of_dossiers.post(
    "/{id:dossier}/precheck", auth=WRITE, response=answers(Asked, 202), summary="Have its papers looked at"
)
def ask(request: HttpRequest, dossier: PublicId) -> Status:
    """In the background; then check again. `asked` 0: all were looked at."""
    return Status(202, actions.ask(act_of(request, "declare"), dossier=dossier))
