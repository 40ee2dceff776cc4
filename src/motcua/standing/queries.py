"""Every read of the standing of results. The list is public; who may rule is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q

from motcua.agencies import queries as agencies
from motcua.dossiers import queries as dossiers
from motcua.dossiers import rules as dossier_rules
from motcua.files import queries as files
from motcua.files.errors import StoreBroken
from motcua.foundation.actors import Actor
from motcua.foundation.time import local_date
from motcua.papers import queries as papers
from motcua.sealing import queries as sealing
from motcua.signing import queries as signing
from motcua.signing.rules import Evidence
from motcua.standing import rules, words
from motcua.standing.models import Edition, Ruling
from motcua.standing.offline_page import offline_page as make_page
from motcua.standing.rules import Entry, Kind, Reason

WORDS = ("sign", "clerk")
PAGE = 50

# The policy --------------------------------------------------------------------------------------------------------


def may_rule(actor: Actor, dossier: Any, at: datetime) -> bool:
    """Whether `actor` signs, or keeps the seal, at the agency that issued the result or at one that took over from it,
    and it is not her own dossier."""
    competent = dossier.competent_agency_id
    if competent is None or not dossiers.at_work(actor, dossier):
        return False
    held = {
        int(holder.split(":")[1])
        for holder in actor.holders
        if holder.startswith("office:") and holder.split(":")[2] in WORDS
    }
    return any(competent == each or competent in agencies.ended_before(each, local_date(at)) for each in held)


def has_result(dossier: Any) -> bool:
    """Whether the dossier has a granted result that could be withdrawn; asks no database."""
    issued = dossier_rules.State(dossier.business_state) in dossier_rules.RESOLVED
    issued &= dossier.delivery_state != dossier_rules.Delivery.TO_SEAL
    return issued and dossier.outcome == "granted" and dossier.resolved_at is not None


# Reads -------------------------------------------------------------------------------------------------------------


def has_rulings(key: str) -> Exists:
    """Whether something was ruled about a dossier, whose key the column `key` holds: a column for its own query, which
    spares one."""
    return Exists(Ruling.objects.filter(dossier=OuterRef(key)))


def ruling_of(dossier: Any) -> Entry | None:
    """The last ruling about the result of a dossier, None while there is none. One query, none where the row was read
    with `has_rulings` and has none."""
    if getattr(dossier, "has_rulings", True) is False:
        return None
    rows = _rows(Ruling.objects.filter(dossier=dossier, result=dossier.result_number).order_by("-number")[:1])
    return next(iter(rows), None)


def rulings_of(dossier: Any) -> list[Entry]:
    """Every ruling about the results of a dossier, the newest first."""
    return _rows(Ruling.objects.filter(dossier=dossier).order_by("-number"))


def notes_of(dossier: Any) -> dict[int, str]:
    """What the agency noted on its rulings, by number; for who may rule."""
    return dict(Ruling.objects.filter(dossier=dossier).values_list("number", "note"))


def ruling_about(sha256: str, record: Mapping[str, Any] | None, signed: Iterable[str] = ()) -> Entry | None:
    """The last ruling about a file, as `rules.entry_for` would find it in the whole list. Two queries at most."""
    code, number = rules.named_in(record)
    named = Q(code=code, result=number) if number else Q(code=code)
    own = Q(files__sha256__in=[sha256, *signed])
    keys = Ruling.objects.filter(own | named if code else own).values("pk")
    rows = _rows(Ruling.objects.filter(pk__in=keys).order_by("-number")[:1])
    return next(iter(rows), None)


def files_of(dossier: Any) -> list[str]:
    """The hashes of the files of a result: the agency's own file, or the one made here; none while there is none."""
    made = papers.file_of(dossier, dossiers.RESULT)
    kept = [each.sha256 for each in (dossier.result_file, made) if each is not None]
    return list(dict.fromkeys(kept))


def signed_parts_of(dossier: Any) -> list[str]:
    """What the signatures in the files of a result cover (`rules.signed_parts`); a file that the store lost says
    nothing, and what is ruled about it is ruled all the same."""
    made = papers.file_of(dossier, dossiers.RESULT)
    found: dict[str, None] = {}
    for each in (dossier.result_file, made):
        if each is not None:
            with suppress(StoreBroken):
                found |= dict.fromkeys(rules.signed_parts(b"".join(files.content(each))))
    return list(found)


def is_uncompared(record: Mapping[str, Any] | None) -> bool:
    """As `rules.is_uncompared`, of our own list. One query at most."""
    if (record or {}).get("kind"):
        return False
    known = Ruling.objects.filter(files__whole=True)
    return known.exclude(pk__in=Ruling.objects.filter(files__whole=False).values("pk")).exists()


def page(text: str = "", before: int | None = None) -> list[Entry]:
    """Rulings for people to read, the newest first: all, or those about a dossier code, a result number or a hash."""
    rows = Ruling.objects.order_by("-number")
    if text:
        rows = rows.filter(Q(code=text) | Q(result=text) | Q(files__sha256=text.lower())).distinct()
    if before:
        rows = rows.filter(number__lt=before)
    return _rows(rows[: PAGE + 1])


def told(entry: Entry) -> dict[str, Any]:
    """A ruling in words, for a page of any room."""
    return {
        "entry": entry,
        "kind": words.KINDS[Kind(entry.kind)],
        "reason": words.REASONS.get(Reason(entry.reason), ""),
        "tone": "wrong" if entry.ended else "good",
    }


def every() -> list[Entry]:
    """The whole list, in its order."""
    return _rows(Ruling.objects.order_by("number"))


def last_number() -> int:
    """The number of the last ruling, 0 while there is none."""
    return Ruling.objects.aggregate(last=Max("number"))["last"] or 0


def edition() -> Edition | None:
    """The list as it was last signed."""
    return Edition.objects.order_by("-pk").first()


def is_current(found: Edition | None, at: datetime) -> bool:
    """Whether an edition says all that is ruled, and was signed within a day."""
    return found is not None and found.number == last_number() and at - found.at < rules.FRESH


def trusted_keys() -> list[str]:
    """The thumbprints of the keys that have signed here: what a list that we published is checked against."""
    known = sealing.keys()
    return [key["kid"] for key in known]


def offline_page(at: datetime) -> bytes:
    """The page that verifies without us, with whom this installation trusts at `at`: roots, lists, keys."""
    roots, evidence = signing.trusted(at=at)
    if settings.MOTCUA.simulation:
        files = signing.trial_roots(at=at)
        lists = tuple(content for name, content in files.items() if name.endswith(".crl"))
        evidence = evidence.with_more(Evidence(crls=lists))
    return make_page(roots, evidence, sealing.keys(), issuer=settings.MOTCUA.base_url, at=at)


def _rows(found: Iterable[Any]) -> list[Entry]:
    names = [name for name in Entry.__dataclass_fields__ if name not in ("sha256", "signed")]
    rows = found.prefetch_related("files") if hasattr(found, "prefetch_related") else found
    return [
        Entry(
            **{name: getattr(row, name) for name in names},
            sha256=tuple(each.sha256 for each in row.files.all() if each.whole),
            signed=tuple(each.sha256 for each in row.files.all() if not each.whole),
        )
        for row in rows
    ]
