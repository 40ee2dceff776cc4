"""A large archive in a short time: dossiers of the small city copied with everything that hangs on them.

The work at hand stays the same whatever the size: so many open dossiers at the desk, so many a day, a few of the
citizen's own. What grows is the archive, at the same pace into the past. The rows that say who may see each dossier
are those of the rule, so the rebuild checks hold for copies too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from motcua.dossiers import queries, rules
from motcua.dossiers.models import ClockEvent, Dossier, DossierGrant, FeeLine, Letter, Paper, StepRun
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.kernel.identifiers import dossier_code, public_id, tracking_reference
from motcua.people.models import Party
from tests.dossiers import factories as make
from tests.support.city import CENTRE, City

CHILDREN = (ClockEvent, StepRun, Letter, Paper, FeeLine)
BATCH = 1000
PARTIES_EACH = 10  # dossiers of one person in the archive
MOMENTS = (
    "started_at",
    "submitted_at",
    "received_at",
    "transferred_at",
    "resolved_at",
    "returned_at",
    "closed_at",
)


@dataclass(frozen=True)
class Template:
    """A dossier brought to its state by the real actions, and the rows that hang on it."""

    dossier: Dossier
    children: tuple[tuple[type, list[dict[str, Any]]], ...]

    @classmethod
    def of(cls, dossier: str) -> Template:
        row = Dossier.objects.get(public_id=dossier)
        return cls(
            row,
            tuple((model, [_columns(r) for r in model.objects.filter(dossier=row)]) for model in CHILDREN),
        )


def _columns(row: Any) -> dict[str, Any]:
    names = [
        f.attname for f in row._meta.concrete_fields if f.attname not in ("id", "dossier_id", "public_id")
    ]
    return {name: getattr(row, name) for name in names}


@dataclass
class Archive:
    """Templates and how far the copying got."""

    city: City
    returned: Template
    in_process: Template
    at: datetime
    per_week: int
    copied: int = 0
    serial: int = 10_000

    @classmethod
    def begin(
        cls, city: City, *, at: datetime = make.AT, per_week: int = 100, open_now: int = 200, own: int = 20
    ) -> Archive:
        """The templates, what is open at the desk, and what the citizen filed herself."""
        returned, in_process = make.returned(city, at=at), make.in_process(city, at=at)
        archive = cls(city, Template.of(returned), Template.of(in_process), at, per_week)
        citizen = city.accounts["citizen"].pk
        archive._copy(
            archive.in_process, open_now // 2, days_ago=lambda n: 0, assigned=city.accounts["processor"].pk
        )
        archive._copy(archive.in_process, open_now - open_now // 2, days_ago=lambda n: 0)
        archive._copy(archive.returned, own, days_ago=lambda n: 7, filer=citizen)
        return archive

    def grow(self, to: int) -> None:
        """Go on into the past until so many closed dossiers are there; then let the database learn what it holds.

        In whole weeks, so that due dates fall on the days they fell on.
        """
        self._copy(
            self.returned, to - self.copied, days_ago=lambda n: 7 * (1 + (self.copied + n) // self.per_week)
        )
        self.copied = to
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _copy(self, template: Template, count: int, *, days_ago: Any, **more: Any) -> None:
        for first in range(0, count, BATCH):
            numbers = range(first, min(first + BATCH, count))
            parties = self._parties(len(numbers))
            rows = [self._row(template, days_ago(n), parties[n % len(parties)], **more) for n in numbers]
            Dossier.objects.bulk_create(rows)
            ago = [timedelta(days=days_ago(n)) for n in numbers]
            for model, children in template.children:
                pairs = zip(rows, ago, strict=True)
                copies = [_child(model, child, row, shift) for row, shift in pairs for child in children]
                model.objects.bulk_create(copies, batch_size=BATCH)
            DossierGrant.objects.bulk_create([g for row in rows for g in _grants(row)], batch_size=BATCH)

    def _parties(self, dossiers: int) -> list[Party]:
        rows = [
            Party(full_name="Nguyễn Văn Lưu Trữ", created_at=self.at, updated_at=self.at)
            for _ in range(max(1, dossiers // PARTIES_EACH))
        ]
        return Party.objects.bulk_create(rows)

    def _row(
        self,
        template: Template,
        days_ago: int,
        party: Party,
        *,
        filer: int | None = None,
        assigned: int | None = None,
    ) -> Dossier:
        shift = timedelta(days=days_ago)
        columns = _columns(template.dossier)
        moments = {name: columns[name] - shift for name in (*MOMENTS, "due_at") if columns[name]}
        days = {name: columns[name] - shift for name in ("due_on", "first_due_on") if columns[name]}
        self.serial += 1
        code = dossier_code(self.city.office(CENTRE).dossier_code, local_date(self.at - shift), self.serial)
        return Dossier(
            **{
                **columns, **moments, **days, "public_id": public_id(), "reference": tracking_reference(), "code": code,
                "filer_id": filer, "assigned_to_id": assigned, "applicant_id": party.pk,
                "channel": "online" if filer else "counter",
            }
        )  # fmt: skip


def _child(model: type, columns: dict[str, Any], dossier: Dossier, shift: timedelta) -> Any:
    moved = {k: v - shift if isinstance(v, datetime) else v for k, v in columns.items()}
    return model(dossier=dossier, **moved)


def _grants(dossier: Dossier) -> list[DossierGrant]:
    return [
        DossierGrant(
            dossier=dossier, holder=r.holder, role=r.role, reason=r.reason, todo=r.todo, sort_key=r.sort_key
        )
        for r in rules.rights(queries.standing_of(dossier, helper=None))
    ]


def a_line_each(dossiers: list[Dossier], at: datetime) -> None:
    """A journal chain for dossiers that a test will act on: copies have none of their own."""
    for dossier in dossiers:
        act = new_act(system("tests"), at=at, purpose="copied")
        record(act, "dossier.copied", dossier.subject)
