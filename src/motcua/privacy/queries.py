"""Every read of this room: who looked at a person's data, her requests, what waits for an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from motcua.accounts import queries as accounts
from motcua.agencies import queries as agencies
from motcua.catalogue.rules.view import value_at
from motcua.dossiers import queries as dossiers
from motcua.foundation.access import offices_of, who_saw_any
from motcua.foundation.actors import Actor
from motcua.foundation.models import AccessEntry, AccessSubject
from motcua.foundation.packs import store
from motcua.people import queries as people
from motcua.privacy import rules
from motcua.privacy.errors import LookNotFound, RequestNotFound
from motcua.privacy.models import DataRequest
from motcua.privacy.words import PURPOSES, SUBJECTS

ANSWER_DAYS = "data-request-answer"
LOOKS_SHOWN = 50
OWN_MOST = 500  # dossiers of one person whose looks are told on one page


def public_ids() -> Iterator[str]:
    """Every request, for the journal: each must have its chain."""
    return DataRequest.objects.values_list("public_id", flat=True).iterator()


def answer_days(on: date) -> int | None:
    """Days to answer a request sent on a day."""
    version = store.current("values", ANSWER_DAYS)
    return value_at(version.body.get("values") or {}, on) if version else None


# What rooms above hold ------------------------------------------------------------------------------------------------

_parts: dict[str, Callable[[Actor], Any]] = {}


def register_part(name: str, held_of: Callable[[Actor], Any]) -> None:
    """A room above says at start-up what it holds of a person: it becomes `name` in the document she takes along."""
    _parts[name] = held_of


def parts_of(actor: Actor) -> dict[str, Any]:
    """What the rooms above hold of the person behind `actor`, by name."""
    return {name: held_of(actor) for name, held_of in sorted(_parts.items())}


# Who looked --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Look:
    """One look by somebody else: when, from which offices, for what, at which of her dossiers or records."""

    id: int
    at: datetime
    offices: tuple[str, ...]
    why: str
    about: tuple[str, ...]


def subjects_of(actor: Actor) -> dict[str, str]:
    """The names in the log of all that is a person's own → how she knows it: dossiers by code, her record, account."""
    found = {row.subject: row.code or row.reference for row in dossiers.mine(actor, limit=OWN_MOST)}
    account = accounts.account_by_id(actor.account_id)
    if account is not None:
        found[f"account:{account.public_id}"] = str(SUBJECTS["account"])
    known = people.party_by_id(actor.party_id) if actor.party_id else None
    if known is not None:
        found[known.subject] = str(SUBJECTS["party"])
    return found


def looks(actor: Actor, language: str, *, limit: int = LOOKS_SHOWN, before: int | None = None) -> list[Look]:
    """Who looked at anything of hers, newest first; nobody's own name. Her own looks are left out."""
    mine = subjects_of(actor)
    rows = who_saw_any(mine, but=actor.key, limit=limit, before=before)
    return _told(rows, mine, language)


def _told(rows: list[AccessEntry], mine: dict[str, str], language: str) -> list[Look]:
    about: dict[int, list[str]] = {}
    named = AccessSubject.objects.filter(entry__in=rows, subject__in=list(mine))
    for entry, subject in named.values_list("entry", "subject"):
        about.setdefault(entry, []).append(mine[subject])
    names = agencies.names({office for row in rows for office in offices_of(row)}, language)
    return [
        Look(
            row.pk,
            row.at,
            tuple(names[office] for office in offices_of(row) if office in names),
            why_of(row.purpose),
            tuple(sorted(about.get(row.pk, ()))),
        )
        for row in rows
    ]


def why_of(purpose: str) -> str:
    """What a purpose of the log is called."""
    known: dict[str, Any] = {**PURPOSES, **dossiers.PURPOSES}
    return str(known[rules.purpose_key(purpose, dossiers.PURPOSES)])


def own_look(actor: Actor, entry: int) -> tuple[AccessEntry, list[str]]:
    """A look at something of hers, with the subjects of hers that it names. Raises LookNotFound."""
    mine = subjects_of(actor)
    row = AccessEntry.objects.filter(pk=entry).exclude(actor=actor.key).first()
    named = set(row.subjects.values_list("subject", flat=True)) & set(mine) if row else set()
    if row is None or not named:
        raise LookNotFound()
    return row, sorted(named)


# Requests ----------------------------------------------------------------------------------------------------------


def mine(actor: Actor, *, limit: int = 50) -> list[DataRequest]:
    """What this account asked for, newest first."""
    rows = DataRequest.objects.filter(account=actor.account_id).select_related("agency", "dossier")
    return list(rows.defer(*_HEAVY).order_by("-pk")[:limit])


_HEAVY = ("dossier__answers", "dossier__answers_sealed", "dossier__outcome_reason")


def answers_for(actor: Actor) -> frozenset[int]:
    """The agencies whose requests `actor` answers: those she leads or administers, and those below."""
    return agencies.below(actor.agencies(*rules.HANDLERS))


def waiting(actor: Actor, *, limit: int = 100) -> list[DataRequest]:
    """What waits for an answer, soonest due first, then what was answered last."""
    rows = _to_answer(actor).select_related("agency", "dossier").defer(*_HEAVY)
    still = list(rows.filter(state=rules.State.SENT).order_by("due_on", "pk")[:limit])
    return still + list(rows.filter(state=rules.State.ANSWERED).order_by("-pk")[:20])


def _to_answer(actor: Actor) -> QuerySet[DataRequest]:
    return DataRequest.objects.filter(agency__in=sorted(answers_for(actor)))


def request_to_answer(actor: Actor, public_id: str) -> DataRequest:
    """One request for whoever answers it. Raises RequestNotFound."""
    rows = _to_answer(actor).select_related("agency", "dossier", "account")
    row = rows.filter(public_id=public_id).first() if public_id.isalnum() else None
    if row is None:
        raise RequestNotFound()
    return row


def complained_about(ids: list[int]) -> set[int]:
    """Those of these dossiers (primary keys) about a look at which a complaint is still open."""
    rows = DataRequest.objects.filter(dossier__in=ids, state=rules.State.SENT)
    return set(rows.values_list("dossier", flat=True))


def look_told(actor: Actor, entry: int, language: str) -> Look:
    """One look at something of hers as her page tells it. Raises LookNotFound."""
    row, _named = own_look(actor, entry)
    return _told([row], subjects_of(actor), language)[0]


def reader_of(row: DataRequest) -> str:
    """For whoever answers a complaint: the name of the account that looked; "" for a program, or none."""
    number = row.looked_by.removeprefix("account:")
    account = accounts.account_by_id(int(number)) if number.isdigit() else None
    return account.display_name if account else ""
