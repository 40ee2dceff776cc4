"""Once only over the API: what the city holds for a declaration, and what the applicant says to it."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from pydantic import Field

from motcua.dossiers import actions, queries
from motcua.dossiers.api.shapes import MoveOut
from motcua.dossiers.api.shared import READ, WRITE, opened, router
from motcua.foundation.api import In, Out, PublicId, Text, act_of, answers, read_answers
from motcua.foundation.time import local_date, now
from motcua.registers import queries as registers

DECLARE = "declare"
MOST = 50


class Offered(Out):
    """A paper that the city can answer itself. `basis` law: it is looked up at submission unless refused; consent: with
    the words of `text` agreed to. `state` is the digitisation state it will have (3: from a result, 2: from a paper of
    another dossier, 1: kept by the applicant)."""

    paper: str
    kind: str
    source: str
    basis: Literal["consent", "law"]
    text: str
    state: int
    refused: bool


class Offers(Out):
    items: list[Offered]


class SaidIn(In):
    """`agreed` false: the applicant brings these papers herself, they are asked for again."""

    papers: list[Text(80, 1)] = Field(min_length=1, max_length=MOST)
    agreed: bool

    model_config = {"json_schema_extra": {"examples": [{"papers": ["identity-copy"], "agreed": True}]}}


class TakenBackIn(In):
    papers: list[Text(80, 1)] = Field(min_length=1, max_length=MOST)

    model_config = {"json_schema_extra": {"examples": [{"papers": ["identity-copy"]}]}}


@router.get(
    "/{id:dossier}/reuse",
    auth=READ,
    response=read_answers(Offers),
    summary="The papers that the city can answer itself",
)
def offered(request: HttpRequest, dossier: PublicId) -> dict:
    """For the proven applicant in her own matter; empty for everybody else who may see the dossier."""
    actor, row = opened(request, dossier, "reuse")
    view, given, at = queries.declared_view_of(row), queries.answers_of(row), now()
    day = queries.judged_on(row, local_date(at))
    needs = queries.papers_needed(view, given, day, channel=row.channel)
    found = queries.offers_for(actor, row, needs, given, at)
    refused = registers.refused_keys(row.public_id) if found else set()
    return {
        "items": [
            {
                "paper": key,
                "kind": each.kind.id,
                "source": each.source.say(actor.language),
                "basis": each.basis,
                "text": each.words.say(actor.language),
                "state": each.digitised,
                "refused": key in refused,
            }
            for key, each in found.items()
        ]
    }


@router.post(
    "/{id:dossier}/reuse", auth=WRITE, response=answers(MoveOut), summary="Agree to re-use papers, or refuse"
)
def say(request: HttpRequest, dossier: PublicId, body: SaidIn) -> dict:
    """By the applicant. Kept with the words, their version, the time and the channel."""
    do = actions.reuse_papers if body.agreed else actions.refuse_reuse
    return do(act_of(request, DECLARE), dossier=dossier, papers=body.papers)


@router.post(
    "/{id:dossier}/reuse/withdrawal", auth=WRITE, response=answers(MoveOut), summary="Take an agreement back"
)
def take_back(request: HttpRequest, dossier: PublicId, body: TakenBackIn) -> dict:
    """The papers leave the dossier. What was already decided stands."""
    return actions.withdraw_reuse(act_of(request, DECLARE), dossier=dossier, papers=body.papers)
