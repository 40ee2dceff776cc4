"""Tens of thousands of open dossiers in a minute, with the rows that the real actions make.

A few dossiers are brought to their states by the real actions (the templates); the others are copies of them, put in by
the thousand: the dossier with its own code, its clock events, steps, letters, papers, fees, the grant rows that the
rule calls for, and its own chain in the journal with the same verbs, moments and facts. So `motcua policy check`,
`motcua figures check` and `motcua journal verify` hold for them as for any other.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from motcua.agencies import queries as agencies
from motcua.dossiers.models import Dossier, DossierGrant, Serial
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.journal import record_many
from motcua.foundation.models import JournalLine
from motcua.foundation.time import local_date
from motcua.kernel.identifiers import dossier_code, public_id, tracking_reference
from tests.support.scale import BATCH, Template, _columns, _grants

ADDRESSES = ("address", "business_address", "site_address")


@dataclass(frozen=True)
class Wanted:
    """One copy: of which template, at which agency, with which area code declared ("" for none)."""

    template: Template
    agency: int
    area: str
    assigned: int | None = None


def copies(wanted: Iterator[Wanted], tell: Callable[[int], None] = lambda made: None) -> int:
    """Put in everything that `wanted` names; answers how many. `tell` hears how many there are after each batch."""
    serials: dict[tuple[int, Any], int] = {}
    chains: dict[int, list[JournalLine]] = {}
    made = 0
    batch: list[Wanted] = []
    for one in wanted:
        batch.append(one)
        if len(batch) == BATCH:
            made += _put_in(batch, serials, chains)
            tell(made)
            batch = []
    made += _put_in(batch, serials, chains)
    for (agency, day), last in serials.items():
        Serial.objects.update_or_create(agency_id=agency, day=day, defaults={"last": last})
    return made


@transaction.atomic
def _put_in(batch: list[Wanted], serials: dict, chains: dict) -> int:
    rows = [_row(one, serials) for one in batch]
    Dossier.objects.bulk_create(rows, batch_size=BATCH)
    by_model: dict[type, list] = {}
    for one, row in zip(batch, rows, strict=True):
        for model, children in one.template.children:
            by_model.setdefault(model, []).extend(model(dossier=row, **child) for child in children)
    for model, children in by_model.items():
        model.objects.bulk_create(children, batch_size=BATCH)
    DossierGrant.objects.bulk_create([g for row in rows for g in _grants(row)], batch_size=BATCH)
    by_template: dict[int, list[Dossier]] = {}
    for one, row in zip(batch, rows, strict=True):
        key = one.template.dossier.pk
        by_template.setdefault(key, []).append(row)
        if key not in chains:
            lines = JournalLine.objects.filter(chain=one.template.dossier.subject).order_by("seq")
            chains[key] = list(lines)
    for key, copied in by_template.items():
        for line in chains[key]:
            act = new_act(
                system("bench"), at=line.at, purpose="copied", act_id=f"copy/{line.pk}/{copied[0].pk}"
            )
            record_many(act, line.verb, [(row.subject, line.facts) for row in copied])
    return len(rows)


def _row(one: Wanted, serials: dict) -> Dossier:
    columns = _columns(one.template.dossier)
    columns["answers"] = placed(columns["answers"], one.area)
    columns["answers_sealed"] = placed(columns["answers_sealed"] or {}, one.area) or ""
    code = None
    if columns["received_at"] is not None:
        day = local_date(columns["received_at"])
        number = serials[one.agency, day] = serials.get((one.agency, day), _last(one.agency, day)) + 1
        code = dossier_code(agencies.office(one.agency).dossier_code, day, number)
    return Dossier(
        **{
            **columns, "public_id": public_id(), "reference": tracking_reference(), "code": code,
            "received_by_id": one.agency, "competent_agency_id": one.agency, "assigned_to_id": one.assigned,
        }
    )  # fmt: skip


def _last(agency: int, day: Any) -> int:
    return Serial.objects.filter(agency=agency, day=day).values_list("last", flat=True).first() or 0


def placed(answers: dict[str, Any], area: str) -> dict[str, Any]:
    """The answers with another area declared in each address, or with the addresses left out."""
    found = copy.deepcopy(answers)
    for name in ADDRESSES:
        if name in found and area:
            found[name] = {**found[name], "commune_code": area}
        elif name in found:
            del found[name]
    return found
