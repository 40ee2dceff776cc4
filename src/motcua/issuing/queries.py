"""Every read of issuing: who may sign what, by which key; what waits for a seal; what was issued."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, Value

from motcua.agencies import queries as agencies
from motcua.agencies import rules as agency_rules
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import NotYours as NotYourMove
from motcua.foundation.actors import Actor
from motcua.foundation.time import TZ, local_date
from motcua.issuing import rules
from motcua.issuing.errors import NoKey, NotSigned
from motcua.issuing.models import Authority, Issued, Key
from motcua.papers import queries as papers

MEANS = "issuing.means"


@dataclass(frozen=True)
class KeyTold:
    """A key as its holder chooses it."""

    id: str
    kind: str
    holder: str
    issuer: str
    valid_to: datetime
    agency_id: int | None = None

    def holds(self, at: datetime) -> bool:
        """Whether its certificate has not run out at this moment."""
        return at <= self.valid_to


@dataclass(frozen=True)
class Means:
    """What somebody can sign with: her decisions, her keys, the seals of the agencies where she is the clerk."""

    authorities: tuple[rules.Given, ...] = ()
    keys: tuple[KeyTold, ...] = ()
    seals: tuple[KeyTold, ...] = ()


def means_of(actor: Actor, at: datetime) -> Means:
    """What `actor` can sign with at `at`; asked once for an actor, by one query, none for who neither signs nor
    seals."""
    if MEANS not in actor.extra:
        signs, offices = bool(actor.agencies("signer")), actor.agencies("clerk")
        asks = actor.account_id is not None and (signs or offices)
        actor.extra[MEANS] = _means(actor.account_id or 0, offices, at) if asks else Means()
    return actor.extra[MEANS]


def _means(account_id: int, offices: Iterable[int], at: datetime) -> Means:
    on = local_date(at)
    keys = Key.objects.filter(withdrawn_at=None, valid_to__gte=at)
    keys = keys.filter(Q(account_id=account_id) | Q(agency_id__in=offices)).order_by()
    decided = Authority.objects.filter(account_id=account_id, ended_at=None, valid_from__lte=on)
    decided = decided.filter(Q(valid_to=None) | Q(valid_to__gte=on)).order_by()
    none = Value("", CharField())
    told = keys.annotate(
        what=Value("key", CharField()), d=none, e=none, f=none, until=F("valid_to")
    ).values_list(
        "what", "public_id", "kind", "holder", "issuer", "d", "e", "f", "agency_id", "added_at", "until"
    )
    more = decided.annotate(what=Value("authority", CharField()), until=F("granted_at")).values_list(
        "what", "public_id", "capacity", "body", "head_title", "own_title", "procedures", "decision_number",
        "agency_id", "granted_at", "until",
    )  # fmt: skip
    rows = sorted(told.union(more, all=True), key=lambda row: (row[9], row[1]), reverse=True)
    mine = [KeyTold(row[1], row[2], row[3], row[4], row[10], row[8]) for row in rows if row[0] == "key"]
    return Means(
        authorities=tuple(
            rules.Given(
                row[1], row[8], account_id, rules.Capacity(row[2]), row[3], row[4], row[5],
                tuple(row[6].split()), on, None, row[7],
            )
            for row in rows
            if row[0] == "authority"
        ),
        keys=tuple(key for key in mine if key.agency_id is None),
        seals=tuple(key for key in mine if key.agency_id is not None),
    )  # fmt: skip


KEPT_FOR = timedelta(minutes=2)


def means_to_keep(means: Means, at: datetime) -> dict[str, Any]:
    """What somebody can sign with as plain data, for her sitting: pages that only show it ask nothing more."""
    return {
        "until": (at + KEPT_FOR).isoformat(),
        "authorities": [[*astuple(each)[:8], each.decision] for each in means.authorities],
        "keys": [
            [*astuple(each)[:4], each.valid_to.isoformat(), each.agency_id]
            for each in (*means.keys, *means.seals)
        ],
    }


def means_kept(kept: Any, at: datetime) -> Means | None:
    """The means that were kept, None where there are none or they are older than two minutes. What is signed is
    decided by rows all the same: an act asks them anew."""
    if not isinstance(kept, dict) or datetime.fromisoformat(kept["until"]) < at:
        return None
    on = local_date(at)
    mine = [KeyTold(a, b, c, d, datetime.fromisoformat(e), f) for a, b, c, d, e, f in kept["keys"]]
    return Means(
        authorities=tuple(
            rules.Given(a, b, c, rules.Capacity(d), e, f, g, tuple(h), on, None, i)
            for a, b, c, d, e, f, g, h, i in kept["authorities"]
        ),
        keys=tuple(key for key in mine if key.agency_id is None),
        seals=tuple(key for key in mine if key.agency_id is not None),
    )


def given(row: Authority) -> rules.Given:
    """A row as the rules read it."""
    return rules.Given(
        row.public_id, row.agency_id, row.account_id, rules.Capacity(row.capacity), row.body, row.head_title,
        row.own_title, tuple(row.procedures.split()), row.valid_from, row.valid_to, row.decision_number,
    )  # fmt: skip


def authority_on(actor: Actor, dossier: Any, at: datetime) -> rules.Given | None:
    """The decision under which `actor` would sign the result of this dossier at `at`; None for none."""
    return rules.authority_for(
        means_of(actor, at).authorities,
        agency_id=dossier.competent_agency_id,
        procedure=dossiers.view_of(dossier).slug,
        on=local_date(at),
    )


def can_sign(actor: Actor, dossier: Any, at: datetime) -> bool:
    """Whether she can sign this result electronically: a form, a decision and a key are there. Two queries an actor."""
    if not means_of(actor, at).keys:
        return False
    return dossiers.form_to_sign(dossier, at) is not None and authority_on(actor, dossier, at) is not None


def signs_electronically(agency_id: int | None, at: datetime) -> bool:
    """Whether somebody signs results of this agency here: there is a decision in force and a seal. One query."""
    on = local_date(at)
    decided = Authority.objects.filter(agency_id=agency_id, ended_at=None, valid_from__lte=on)
    decided = decided.filter(Q(valid_to=None) | Q(valid_to__gte=on))
    seals = Key.objects.filter(agency_id=agency_id, withdrawn_at=None, valid_to__gte=at)
    return agency_id is not None and decided.filter(Exists(seals)).exists()


def is_signed_here(dossier: Any, at: datetime, *, asked: bool = False) -> bool:
    """Whether the paper of a result whose register another system keeps is signed here, electronically: the pack lets
    it be, and somebody of the agency does. Rows read without `signs_here` tell no, unless it is `asked` for."""
    if dossiers.view_of(dossier).owner.issues_result or not dossiers.signed_here(dossier, at):
        return False
    if asked:
        return signs_electronically(dossier.competent_agency_id, at)
    return bool(getattr(dossier, "signs_here", False))


def signs_here(key: str, at: datetime) -> Exists:
    """Whether the agency whose key the column `key` holds signs results electronically at `at`: a column for the query
    of a dossier, which spares one."""
    on = local_date(at)
    decided = Authority.objects.filter(agency_id=OuterRef(key), ended_at=None, valid_from__lte=on)
    decided = decided.filter(Q(valid_to=None) | Q(valid_to__gte=on))
    seals = Key.objects.filter(agency_id=OuterRef("agency_id"), withdrawn_at=None, valid_to__gte=at)
    return Exists(decided.filter(Exists(seals)))


def seals_for(actor: Actor, dossier: Any, at: datetime) -> list[KeyTold]:
    """The seals by which she can seal what this dossier's agency signed."""
    return [key for key in means_of(actor, at).seals if key.agency_id == dossier.competent_agency_id]


# One result on its way ------------------------------------------------------------------------------------------------


def record_to_sign(dossier: Any, at: datetime, *, signer: str, capacity: str) -> tuple[Any, Any, str]:
    """The record and the layout of a result as if signed at `at`, and the abbreviation for its number.

    Raises DossierNotFound where nothing is signed here, NoLayout.
    """
    sheet, symbol = dossiers.sheet_to_sign(dossier, at, signer=signer, capacity=capacity)
    record, layout = papers.record_at(sheet, at, dossier)
    return record, layout, symbol


def brief(actor: Actor, dossier: Any, at: datetime) -> dict[str, Any]:
    """What stands beside the button that signs: in which capacity, by which decision, with which keys."""
    authority = authority_on(actor, dossier, at)
    means = means_of(actor, at)
    return {
        "capacity": rules.capacity_lines(authority) if authority else (),
        "decision": authority.decision if authority else "",
        "keys": [key for key in means.keys if key.holds(at)],
    }


def issued_of(dossier: Any) -> Issued | None:
    """The signed result of a dossier on its way; None for none."""
    rows = Issued.objects.select_related("signed", "agency", "signed_by", "authority")
    return rows.filter(dossier=dossier).first()


def signed_result(dossier: Any) -> Any:
    """The stored file that waits for number and seal. Raises NotSigned."""
    found = issued_of(dossier)
    if found is None:
        raise NotSigned()
    return found.signed


def proposed_symbol(row: Issued) -> str:
    """What may stand behind the number: as the agency numbered the last paper of this kind, else by its name."""
    last = (
        Issued.objects.filter(
            agency_id=row.agency_id, serial__isnull=False, symbol__startswith=row.symbol or " "
        )
        .order_by("-sealed_at")
        .values_list("symbol", flat=True)
        .first()
    )
    return last or rules.symbol_of(row.symbol, row.agency.name_vi)


def key_row(actor: Actor, public_id: str, *, agency_id: int | None = None) -> Key:
    """A key in use: her own, or (`agency_id`) the seal of an agency where she is the clerk. Raises NoKey."""
    rows = Key.objects.filter(public_id=public_id, withdrawn_at=None)
    if agency_id is None:
        rows = rows.filter(account_id=actor.account_id)
    elif actor.has_role("clerk", agency_id=agency_id):
        rows = rows.filter(agency_id=agency_id)
    else:
        raise NotYourMove()
    found = rows.first()
    if found is None:
        raise NoKey()
    return found


# Lists ---------------------------------------------------------------------------------------------------------------


def keys_of(actor: Actor, at: datetime) -> list[Key]:
    """The keys of an account, and the seals of agencies that she serves as clerk or administers; newest first."""
    offices = actor.agencies("clerk") | actor.agencies("administrator")
    rows = Key.objects.filter(Q(account_id=actor.account_id) | Q(agency_id__in=offices), withdrawn_at=None)
    return list(rows.select_related("agency").order_by("-added_at", "-pk")[:200])


def administers(actor: Actor, agency_id: int, at: datetime) -> bool:
    """Whether an administrator decides about this agency: hers, or one below it (see `agencies.rules`)."""
    if actor.kind == "system":
        return True
    office = agencies.office(agency_id)
    if office is None:
        return False
    roots = frozenset(each.id for each in agencies.offices(local_date(at), kind="province"))
    held = actor.agencies("administrator")
    return agency_rules.may_administer(held, office, agencies.ancestors(agency_id), roots)


def authorities_at(actor: Actor, at: datetime, *, limit: int = 200) -> list[Authority]:
    """The decisions of the agencies that `actor` administers, those in use first."""
    rows = Authority.objects.select_related("agency", "account").order_by("ended_at", "-granted_at")[
        : limit * 3
    ]
    return [row for row in rows if administers(actor, row.agency_id, at)][:limit]


def issued_by(agency_ids: Iterable[int], year: int, *, limit: int = 500) -> list[Issued]:
    """The register of what agencies signed in a year, newest first (sổ văn bản đi): with our numbers, with those
    that another system gave, and what still waits for its seal."""
    begins, ends = (datetime(each, 1, 1, tzinfo=TZ) for each in (year, year + 1))
    rows = Issued.objects.select_related("dossier", "signed_by", "sealed_by", "authority", "agency")
    rows = rows.filter(agency_id__in=set(agency_ids), signed_at__gte=begins, signed_at__lt=ends)
    return list(rows.order_by("-signed_at", "-pk")[:limit])


def years(on: date) -> list[int]:
    """The years whose register can be opened: this one and the four before."""
    return [on.year - back for back in range(5)]


def public_ids_of_keys() -> Iterable[str]:
    """Every key's public id, for the check of the journal."""
    return Key.objects.values_list("public_id", flat=True).iterator()


def public_ids_of_authorities() -> Iterable[str]:
    """Every decision's public id, for the check of the journal."""
    return Authority.objects.values_list("public_id", flat=True).iterator()


def public_ids_of_issued() -> Iterable[str]:
    """Every signed result's public id, for the check of the journal."""
    return Issued.objects.values_list("public_id", flat=True).iterator()
