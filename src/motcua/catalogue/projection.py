"""Bringing the tables to what the published documents say. Runs within the transaction of a publication."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from motcua.catalogue.models import Procedure, Sector
from motcua.catalogue.rules import LISTED, coverage_of
from motcua.foundation.packs import store
from motcua.kernel.text import fold, slug, sort_key_vi

FIELDS = (
    "slug", "code", "coverage", "name_vi", "short_name_vi", "name_en", "sector", "level", "status", "executed_by",
    "version", "folded", "sort_name", "changed_at",
)  # fmt: skip


def folded(*parts: str | None) -> str:
    """What a procedure is found by in the database."""
    return " ".join(fold(part) for part in parts if part)[:4000]


def sort_name(name: str) -> str:
    return sort_key_vi(name[:60])[:200]


class Sectors:
    """Sectors by their Vietnamese name; a new one is made when it is first met."""

    def __init__(self) -> None:
        self._by_name = {s.name_vi: s for s in Sector.objects.all()}
        self._keys = {s.key for s in self._by_name.values()}

    def of(self, name: str) -> Sector | None:
        name = name.strip()[:200]
        if not name:
            return None
        if name not in self._by_name:
            self._by_name[name] = Sector.objects.create(key=self._key(name), name_vi=name)
        return self._by_name[name]

    def _key(self, name: str) -> str:
        stem = slug(name)[:110] or "sector"
        key, number = stem, 1
        while key in self._keys:
            number += 1
            key = f"{stem}-{number}"
        self._keys.add(key)
        return key


def follow_sectors(document: dict) -> None:
    """Names and order of the sectors as the pack has them; none is taken away."""
    known = {s.name_vi: s for s in Sector.objects.all()}
    keys = {s.key for s in known.values()}
    fresh, changed = [], []
    for order, row in enumerate(document.get("sectors") or (), 1):
        name = str(row.get("name_vi") or "")[:200]
        english = str(row.get("name_en") or "")[:200]
        found = known.get(name)
        if found is None and name:
            key = str(row.get("key") or slug(name))[:120]
            if key not in keys:
                keys.add(key)
                fresh.append(Sector(key=key, name_vi=name, name_en=english, order=order))
        elif found is not None and (found.name_en, found.order) != (english, order):
            found.name_en, found.order = english, order
            changed.append(found)
    Sector.objects.bulk_create(fresh)
    Sector.objects.bulk_update(changed, ["name_en", "order"], batch_size=200)


def follow_procedures(versions: Iterable[store.Version], at: datetime) -> int:
    """Rows for versions in force at `at`; a listed procedure of the same code becomes a full one. How many."""
    wanted = [v for v in versions if v.in_force(at) and not v.withdrawn]
    store.warm(wanted)
    codes = [v.body["code"] for v in wanted if v.body.get("code")]
    rows = list(Procedure.objects.filter(Q(slug__in=[v.key for v in wanted]) | Q(code__in=codes)))
    by_slug = {row.slug: row for row in rows}
    by_code = {row.code: row for row in rows if row.code}
    sectors, fresh, changed = Sectors(), [], []
    for version in wanted:
        listed = by_code.get(version.body.get("code"))
        row = by_slug.get(version.key) or (listed if listed and listed.coverage == LISTED else None)
        if row is not None and listed is not None and listed.pk != row.pk:
            listed.code = None  # the code has moved on; a code belongs to one procedure
            Procedure.objects.filter(pk=listed.pk).update(code=None)
        _fill(row or Procedure(), version, sectors, at, fresh if row is None else changed)
    Procedure.objects.bulk_create(fresh, batch_size=200)
    Procedure.objects.bulk_update(changed, FIELDS, batch_size=50)
    return len(fresh) + len(changed)


def _fill(
    row: Procedure, version: store.Version, sectors: Sectors, at: datetime, into: list[Procedure]
) -> None:
    body = version.body
    name = str(body.get("name_vi") or version.key)
    short = str(body.get("short_name_vi") or name)[:300]
    row.slug, row.code, row.coverage = version.key, body.get("code") or None, coverage_of(body)
    row.name_vi, row.short_name_vi, row.name_en = name, short, str(body.get("name_en") or "")[:300]
    row.sector = sectors.of(str(body.get("field_vi") or ""))
    row.level, row.status = str(body.get("level") or "")[:30], str(body.get("status") or "active")
    row.executed_by = str(body.get("responsible_agency_type") or "")
    row.version_id = version.pk
    row.folded, row.sort_name, row.changed_at = folded(name, short, row.code), sort_name(short), at
    into.append(row)


def end_procedures(versions: Iterable[store.Version], at: datetime) -> int:
    """A document withdrawn without a successor ends its procedure, from the day of which it says so on; dossiers on the
    way keep their version. How many."""
    over = [v.pk for v in versions if v.withdrawn and not v.in_force(at)]
    going = Procedure.objects.filter(version__in=over).exclude(status=Procedure.Status.WITHDRAWN)
    return going.update(status=Procedure.Status.WITHDRAWN)


def catch_up(at: datetime) -> int:
    """Follow versions whose day, or whose last day, has come since they were published. How many rows changed."""
    held = dict(Procedure.objects.exclude(version=None).values_list("slug", "version_id"))
    late = [v for v in store.current_all("procedures", at) if held.get(v.key) != v.pk]
    changed = follow_procedures(late, at) if late else 0
    lasts = [v for key in held for v in store.history("procedures", key)[:1]]
    return changed + end_procedures(lasts, at)
