"""The board of procedures: how far each has come. A page costs a handful of queries, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import FULL
from motcua.catalogue.rules import LISTED as ONLY_LISTED
from motcua.dossiers import queries as dossiers
from motcua.editing.document import listed_key
from motcua.editing.models import Draft, VersionProof
from motcua.editing.queries import OPEN_STATES
from motcua.editing.rules import board as rules
from motcua.editing.rules.board import CONFIGURED, FAULTY, LISTED, PROVED, UNPROVED, USED, Asked
from motcua.foundation.packs import store
from motcua.foundation.time import local_date
from motcua.kernel.text import fold

PAGE = 50
BLOCK = 500
Place = tuple[str, int]


@dataclass(frozen=True)
class Row:
    """One procedure of the board, as finished values."""

    id: int
    slug: str
    code: str
    name_vi: str
    name_en: str
    sector: str
    level: str
    executed_by: str
    stage: str
    own_form: bool | None  # None while it has no content
    steps: int
    number: int
    since: date | None
    unverified: int
    proof: str  # ok | faulty | unproved, "" while there is nothing to prove
    proved_on: date | None
    findings: int
    used: int
    draft: str
    next: str
    place: Place


def _since(at: datetime) -> datetime:
    return at - timedelta(days=rules.USED_DAYS)


def _told(at: datetime) -> QuerySet[Any]:
    """Every procedure with its stage and the state of its proof, told by the database."""
    received = dossiers.received_since(_since(at)).filter(procedure=OuterRef("pk"))
    proof = VersionProof.objects.filter(version=OuterRef("version_id"))
    rows = catalogue.standing().annotate(proof_ok=Subquery(proof.values("ok")[:1]), received=Exists(received))
    rows = rows.annotate(
        proof_state=Case(
            When(coverage=ONLY_LISTED, then=Value("")),
            When(proof_ok=True, then=Value("ok")),
            When(proof_ok=False, then=Value(FAULTY)),
            default=Value(UNPROVED),
        )
    )
    return rows.annotate(
        stage=Case(
            When(received=True, then=Value(USED)),
            When(proof_state="ok", then=Value(PROVED)),
            When(coverage=ONLY_LISTED, then=Value(LISTED)),
            default=Value(CONFIGURED),
        )
    )


def _narrowed(rows: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    if asked.sector:
        rows = rows.filter(sector__key=asked.sector)
    if asked.level:
        levels = [asked.level, "both"] if asked.level in ("commune", "province") else [asked.level]
        rows = rows.filter(level__in=levels)
    for word in fold(asked.text).split()[:8]:
        rows = rows.filter(folded__contains=word)
    return rows


def counts(asked: Asked, at: datetime) -> dict[str, int]:
    """How many procedures stand at each stage and, of those with content, at each state of the proof, within the
    sector, level and words asked for; `all` is their sum. One query."""
    rows = _narrowed(_told(at), asked).order_by().values("stage", "proof_state").annotate(found=Count("pk"))
    told = dict.fromkeys((*rules.STAGES, "ok", FAULTY, UNPROVED, "all", "used_unproved"), 0)
    for row in rows:
        told[row["stage"]] += row["found"]
        told["all"] += row["found"]
        if row["proof_state"]:
            told[row["proof_state"]] += row["found"]
        if row["stage"] == USED and row["proof_state"] != "ok":
            told["used_unproved"] += row["found"]
    return told


def page(asked: Asked, at: datetime, *, after: Place | None = None, limit: int = PAGE) -> list[Row]:
    """Procedures by name, a page at a time; `after` is the place of the last row of the page before. Five queries."""
    rows = _narrowed(_told(at), asked)
    if asked.stage:
        rows = rows.filter(stage=asked.stage)
    if asked.proof:
        rows = rows.filter(proof_state=asked.proof)
    if after:
        rows = rows.filter(Q(sort_name__gt=after[0]) | Q(sort_name=after[0], pk__gt=after[1]))
    return _rows(list(rows.order_by("sort_name", "pk")[:limit]), at)


def one(procedure_id: int, at: datetime) -> Row:
    """The row of one procedure."""
    (row,) = _rows(list(_told(at).filter(pk=procedure_id)), at)
    return row


def every(asked: Asked, at: datetime) -> Iterator[Row]:
    """All rows, block by block, for files."""
    after = None
    while block := page(asked, at, after=after, limit=BLOCK):
        yield from block
        after = block[-1].place


def _rows(found: list[Any], at: datetime) -> list[Row]:
    versions = {row.pk: store.version(row.version_id) for row in found if row.version_id}
    store.warm(versions.values())
    proofs = {
        proof.version_id: proof
        for proof in VersionProof.objects.filter(version__in=[v.pk for v in versions.values()]).defer(
            "unproved"
        )
    }
    keys = {row.pk: _draft_key(row) for row in found}
    open_drafts = Draft.objects.filter(key__in=keys.values(), state__in=OPEN_STATES)
    drafts = dict(open_drafts.values_list("key", "public_id"))
    used = _used([row.pk for row in found if row.received], at)
    made = []
    for row in found:
        version = versions.get(row.pk)
        body = version.body if version else {}
        proof = proofs.get(row.version_id)
        draft = drafts.get(keys[row.pk], "")
        made.append(
            Row(
                row.pk, row.slug, row.code or "", row.short_name_vi, row.name_en,
                row.sector.name_vi if row.sector else "", row.level, row.executed_by, row.stage,
                row.coverage == FULL if version else None, len(body.get("steps") or ()),
                version.number if version else 0,
                local_date(version.valid_from) if version and version.valid_from else None, rules.marks(body),
                row.proof_state, proof.day if proof else None, len(proof.findings) if proof else 0,
                used.get(row.pk, 0), draft, rules.next_of(row.stage, row.proof_state, bool(draft)),
                (row.sort_name, row.pk),
            )
        )  # fmt: skip
    return made


def _draft_key(row: Any) -> str:
    """The id under which a procedure is drafted: its own, or the one that its name gives while it is only listed."""
    return row.slug if row.version_id else listed_key(row.short_name_vi, row.code or row.slug)


def _used(ids: list[int], at: datetime) -> dict[int, int]:
    if not ids:
        return {}
    rows = dossiers.received_since(_since(at)).filter(procedure__in=ids)
    return dict(rows.values_list("procedure").annotate(found=Count("pk")))


def used_by_agency(procedure_id: int, at: datetime) -> list[tuple[int, int]]:
    """(agency, dossiers received within the days that count as use) of a procedure, the most first."""
    rows = dossiers.received_since(_since(at)).filter(procedure=procedure_id, competent_agency__isnull=False)
    told = rows.values("competent_agency").annotate(found=Count("pk")).order_by("-found", "competent_agency")
    return [(row["competent_agency"], row["found"]) for row in told]


def proof_of(version_id: int | None) -> VersionProof | None:
    """What the prover said of a published version, None while it has not looked."""
    return VersionProof.objects.filter(version=version_id).first() if version_id else None


def waiting_for_proof(at: datetime) -> list[store.Version]:
    """The procedures in force that nobody has proved, then those whose proof is older than `rules.PROOF_DAYS`."""
    old = local_date(at) - timedelta(days=rules.PROOF_DAYS)
    days = dict(VersionProof.objects.order_by("day").values_list("version", "day"))
    found = store.current_all("procedures", at)
    never = [version for version in found if version.pk not in days]
    stale = [version for version in found if version.pk in days and days[version.pk] < old]
    return never + sorted(stale, key=lambda version: (days[version.pk], version.key))


__all__ = [
    "BLOCK", "PAGE", "Asked", "Row", "counts", "every", "one", "page", "proof_of", "used_by_agency",
    "waiting_for_proof",
]  # fmt: skip
