"""One's own store, facts and agreements over the API. See docs/reference/api.md."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router

from motcua.foundation.access import seen
from motcua.foundation.actors import Actor
from motcua.foundation.api import Out, Token, read_answers
from motcua.foundation.doors import actor_of
from motcua.foundation.time import local_date, now
from motcua.registers import queries

router = Router(tags=["store"])
READ = Token("dossiers:read")


class StoredPaper(Out):
    """A paper of the store. `state` is its digitisation state (0 to 3), `codes` the national codes of its kinds where
    they are known, `kinds` what it can be re-used as, `used` in how many dossiers it was."""

    id: str
    origin: Literal["uploaded", "checked", "result"]
    name: str
    number: str
    kinds: list[str]
    codes: list[str]
    state: int
    procedure: str
    dossier: str
    at: datetime
    valid_to: date | None
    ended_at: datetime | None
    used: int


class StoredPapers(Out):
    items: list[StoredPaper]


class FactOut(Out):
    """A fact: `fact` is its register, `source` the paper of the store that wrote it, `hash` what the journal keeps."""

    id: str
    fact: str
    values: dict[str, Any]
    valid_from: date
    valid_to: date | None
    in_force: bool
    ended_at: datetime | None
    disputed_at: datetime | None
    source: str
    number: str
    file_sha256: str
    hash: str


class Facts(Out):
    items: list[FactOut]


class SaidOut(Out):
    """What was said to a re-use: the words, their version (hash of the pack's document), when and where."""

    id: str
    dossier: str
    paper: str
    kind: str
    state: Literal["given", "refused", "withdrawn"]
    basis: Literal["consent", "law"]
    text: str
    text_version: str
    at: datetime
    channel: str
    withdrawn_at: datetime | None


class Consents(Out):
    items: list[SaidOut]


def _own(request: HttpRequest, page: str) -> tuple[Actor, int]:
    """The caller and the party she is proved to be; the look is logged. Raises NobodyKnown."""
    actor = actor_of(request)
    party = queries.party_of(actor)
    seen(actor, at=now(), purpose="api", page=f"api:{page}", subjects=[f"account:{actor.account_id}"])
    return actor, party


@router.get("/papers", auth=READ, response=read_answers(StoredPapers), summary="The caller's store of papers")
def papers(request: HttpRequest) -> dict:
    """For an account that is proved to be a person (403 for every other), newest first."""
    _actor, party = _own(request, "store")
    return {
        "items": [
            {
                "id": each.id,
                "origin": each.row.origin,
                "name": each.row.name,
                "number": each.row.number,
                "kinds": [kind.id for kind in each.kinds],
                "codes": list(each.codes),
                "state": each.row.digitised,
                "procedure": each.row.procedure,
                "dossier": each.row.dossier,
                "at": each.row.at,
                "valid_to": each.valid_to,
                "ended_at": each.row.ended_at,
                "used": each.used,
            }
            for each in queries.store_of(party, now())
        ]
    }


@router.get(
    "/facts", auth=READ, response=read_answers(Facts), summary="What the registers hold of the caller"
)
def facts(request: HttpRequest) -> dict:
    """For an account that is proved to be a person, newest first; what was ended stays readable."""
    _actor, party = _own(request, "facts")
    at = now()
    return {
        "items": [
            {
                "id": each.id,
                "fact": each.register.id if each.register else each.name.vi,
                "values": {field.id: value for field, value in each.fields},
                "valid_from": each.valid_from,
                "valid_to": each.valid_to,
                "in_force": each.answers_on(local_date(at)),
                "ended_at": each.ended_at,
                "disputed_at": each.disputed_at,
                "source": each.holding.public_id if each.holding.party_id == party else "",
                "number": each.holding.number,
                "file_sha256": each.file_sha256,
                "hash": each.digest,
            }
            for each in queries.facts_of(party, at)
        ]
    }


@router.get("/consents", auth=READ, response=read_answers(Consents), summary="What the caller agreed to")
def consents(request: HttpRequest) -> dict:
    """For an account that is proved to be a person, newest first, with the words as they were shown."""
    actor, party = _own(request, "consents")
    return {
        "items": [
            {
                "id": row.public_id,
                "dossier": row.dossier,
                "paper": row.key,
                "kind": row.kind,
                "state": row.state,
                "basis": row.basis,
                "text": row.words.get(actor.language) or row.words.get("vi", ""),
                "text_version": row.text_version,
                "at": row.at,
                "channel": row.channel,
                "withdrawn_at": row.withdrawn_at,
            }
            for row in queries.consents_of(party)
        ]
    }
