"""Every read of requests and certificates. Who may see a dossier is decided by `dossiers`; hers is what it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from motcua.agencies import queries as agencies
from motcua.certificates import rules, words
from motcua.certificates.errors import RequestNotFound, WrongCode
from motcua.certificates.models import Booth, Certificate, Order, Request
from motcua.dossiers import queries as dossiers
from motcua.dossiers import rules as dossier_rules
from motcua.foundation.actors import Actor
from motcua.foundation.crypto import blind, blinds
from motcua.foundation.time import local_date, now
from motcua.people import queries as people

SHOWN_MAX = 200


def public_ids() -> Iterator[str]:
    """Every request's public id, for the check of the journal."""
    return Request.objects.values_list("public_id", flat=True).iterator()


def booth_ids() -> Iterator[str]:
    """Every booth's public id, for the check of the journal."""
    return Booth.objects.values_list("public_id", flat=True).iterator()


# Who may -------------------------------------------------------------------------------------------------------------


def visible_to(actor: Actor) -> QuerySet[Request]:
    """The requests whose dossiers the actor may see."""
    return Request.objects.filter(dossier__in=dossiers.visible_to(actor))


def mine(actor: Actor) -> list[Request]:
    """What this person asked for herself, newest first."""
    rows = visible_to(actor).select_related("dossier", "booth").order_by("-pk")[:SHOWN_MAX]
    return [row for row in rows if dossiers.is_applicant(actor, row.dossier)]


def own(actor: Actor, public_id: str) -> Request:
    """One request of one's own. Raises RequestNotFound."""
    row = _one(actor, public_id)
    if not dossiers.is_applicant(actor, row.dossier):
        raise RequestNotFound()
    return row


def at_desk(actor: Actor, public_id: str) -> Request:
    """One request that the actor sees by her office, not her own. Raises RequestNotFound."""
    row = _one(actor, public_id)
    if not dossiers.at_work(actor, row.dossier):
        raise RequestNotFound()
    return row


def _one(actor: Actor, public_id: str) -> Request:
    rows = visible_to(actor).select_related("dossier", "dossier__applicant", "booth")
    row = rows.filter(public_id=public_id[:26]).first()
    if row is None:
        raise RequestNotFound()
    return row


def may_register(actor: Actor, row: Request) -> bool:
    """Whether the actor checks identity and revokes for this person: it is in her hands, and not her own."""
    return dossiers.has_in_hand(actor, row.dossier) and not dossiers.is_own(actor, row.dossier)


def is_somebody_else(actor: Actor, row: Request) -> bool:
    """Whether the actor's account is proved to be another person than the certificate is for: it may have filed the
    declaration, and hands in no key in her name."""
    link = people.link_of(actor.account_id) if actor.account_id is not None else None
    proved = link is not None and link.proven and link.party is not None
    return proved and link.party.personal_number != person_of(row.dossier).number


def by_code(code: str, at: datetime) -> Request:
    """The request whose code was sent to a phone and holds. Raises WrongCode."""
    plain = rules.plain_code(code)
    row = None
    if plain:
        rows = Request.objects.select_related("dossier").filter(code__in=blinds("certificate_code", plain))
        row = rows.filter(code_until__gt=at, ended_at=None).first()
    if row is None:
        raise WrongCode()
    return row


def of_dossier(dossier: Any) -> Request | None:
    """The request of a dossier, None for another procedure's; the caller has asked the policy."""
    return Request.objects.filter(dossier=dossier).first()


def page_of(dossier: Any) -> str:
    """The public id of a dossier's request, "" for none; no query for another procedure's. The caller has asked the
    policy."""
    if dossiers.view_of(dossier).slug != rules.PROCEDURE:
        return ""
    return Request.objects.filter(dossier=dossier).values_list("public_id", flat=True).first() or ""


# What is known of one -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    """Whom the certificate is for, as the dossier says."""

    name: str
    number: str
    birth_on: str
    phone: str

    @property
    def mark(self) -> str:
        """By which a later change of name or number is noticed."""
        return blind("certificate_subject", f"{self.name}|{self.number}")


def person_of(dossier: Any) -> Person:
    """The person as her declaration names her; empty texts after it was erased."""
    said = dossiers.answers_of(dossier)
    names = ("full_name", "personal_number", "birth_on", "phone")
    return Person(*(str(said.get(name) or "") for name in names))


def is_checked(row: Request, person: Person) -> bool:
    """Whether the identity was checked of the very name and number that the dossier now says."""
    marks = blinds("certificate_subject", f"{person.name}|{person.number}")
    return row.identity_at is not None and row.checked_for in marks


def facts_of(row: Request, person: Person | None = None, orders: list[Order] | None = None) -> rules.Facts:
    """What decides where a request stands; `orders` newest first, read when not given."""
    if orders is None:
        orders = orders_of(row)
    issues = [each for each in orders if each.kind == rules.Kind.ISSUE]
    waits = next((str(each.state) for each in issues if each.state in rules.OPEN), "")
    return rules.Facts(
        ended=row.ended_at is not None,
        issued=row.issued_at is not None,
        waits=waits,
        failed=bool(issues) and issues[0].state == rules.State.FAILED,
        consent=row.consented_at is not None,
        identity=is_checked(row, person or person_of(row.dossier)),
        transferred=row.dossier.business_state == dossier_rules.State.IN_PROCESS,
        key_place=row.key_place,
        key=bool(row.key_digest),
    )


def orders_of(row: Request) -> list[Order]:
    """What the authority was asked for it, newest first."""
    return list(Order.objects.filter(request=row).select_related("booth").order_by("-pk"))


def certificates_of(row: Request) -> list[Certificate]:
    """Its certificates, newest first."""
    return list(Certificate.objects.filter(request=row).order_by("-pk"))


def certificate_of(row: Request, public_id: str) -> Certificate:
    """One certificate of it. Raises RequestNotFound."""
    found = Certificate.objects.filter(request=row, public_id=public_id[:26]).first()
    if found is None:
        raise RequestNotFound()
    return found


def has_open(each: Certificate, kind: rules.Kind) -> bool:
    """Whether such an order about this very certificate is under way; one about another is no hindrance."""
    return Order.objects.filter(of=each, kind=kind, state__in=rules.OPEN).exists()


def standing_of(each: Certificate, at: datetime) -> str:
    """How a certificate stands at a moment, by what its authority said last."""
    return rules.standing(
        at,
        begins=each.begins,
        until=each.until,
        revoked=each.revoked_at is not None,
        replaced=each.replaced_at is not None,
    )


def may_renew(each: Certificate, at: datetime) -> bool:
    """Whether it may be renewed at a moment."""
    return rules.may_renew(
        at, until=each.until, revoked=each.revoked_at is not None, replaced=each.replaced_at is not None
    )


def held_of(actor: Actor) -> list[dict[str, Any]]:
    """What is held of one's own requests and certificates, to be taken along."""
    return [
        {
            "dossier": row.dossier.code or row.dossier.reference,
            "asked_at": row.asked_at,
            "key_place": row.key_place,
            "consent": {"at": row.consented_at, "how": row.consent_how, "words": row.consent},
            "identity": {
                "at": row.identity_at,
                "how": row.identity_how,
                "paper": row.paper,
                "number": row.paper_number,
            },
            "request": row.request,
            "orders": [
                {"kind": each.kind, "asked_at": each.asked_at, "state": each.state, "done_at": each.done_at}
                for each in orders_of(row)
            ],
            "certificates": [
                {
                    "serial": each.serial,
                    "until": each.until,
                    "revoked_at": each.revoked_at,
                    "pem": each.content,
                }
                for each in certificates_of(row)
            ],
        }
        for row in mine(actor)
    ]


# The desk's lists -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A row of the desk's list; it names nobody but by the code of the dossier."""

    row: Request
    code: str
    stage: str
    trouble: str
    since: datetime


def open_lines(actor: Actor) -> list[Line]:
    """The requests under way that one's office sees, longest waiting first; three queries however many they are."""
    rows = visible_to(actor).filter(issued_at=None, ended_at=None).select_related("dossier", "booth")
    found = [row for row in rows.order_by("pk")[:SHOWN_MAX] if dossiers.at_work(actor, row.dossier)]
    return _lines(found)


def _lines(rows: list[Request]) -> list[Line]:
    orders: dict[int, list[Order]] = {}
    for order in Order.objects.filter(request__in=rows).order_by("-pk"):
        orders.setdefault(order.request_id, []).append(order)
    lines = []
    for row in rows:
        known = orders.get(row.pk, [])
        trouble = next((each.trouble for each in known if each.kind == rules.Kind.ISSUE), "")
        stage = rules.stage(facts_of(row, orders=known))
        lines.append(
            Line(
                row,
                row.dossier.code or row.dossier.reference,
                stage,
                words.trouble_word(trouble),
                row.asked_at,
            )
        )
    return lines


def late_orders(actor: Actor) -> list[Order]:
    """Renewals and revocations under way at one's offices: what an authority that is down keeps waiting."""
    rows = Order.objects.filter(state__in=rules.OPEN, request__in=visible_to(actor))
    rows = rows.exclude(kind=rules.Kind.ISSUE).select_related("request__dossier", "booth")
    return list(rows.order_by("pk")[:SHOWN_MAX])


def led(actor: Actor) -> frozenset[int]:
    """The agencies whose booths the actor sets up: those she leads or administers, and all below them."""
    return agencies.below(actor.agencies(*rules.LEADERS))


def booths_here(actor: Actor, on: date) -> list[Booth]:
    """The booths at which the actor may be serving on a day: those of her own agencies and of the ones above them."""
    own = actor.agencies(*rules.DESK)
    return booths_open(on, {*own, *(office.id for one in own for office in agencies.ancestors(one))})


def booths(agency_ids: Any = None) -> list[Booth]:
    """The booths (of these agencies), those that stand now and later first by name."""
    rows = Booth.objects.select_related("agency").order_by("name_vi", "pk")
    return list(rows if agency_ids is None else rows.filter(agency__in=agency_ids))


def booths_open(on: date, agency_ids: Any) -> list[Booth]:
    """The booths of these agencies that stand on a day."""
    return [
        each
        for each in booths(agency_ids)
        if rules.is_open(on, days=each.days, from_on=each.from_on, until_on=each.until_on)
    ]


# For the worker -------------------------------------------------------------------------------------------------------


def to_carry(public_id: str) -> Order | None:
    """An order that is still open, with all it needs."""
    rows = Order.objects.select_related("request__dossier", "of", "ends")
    return rows.filter(public_id=public_id, state__in=rules.OPEN).first()


def to_ask_about(at: datetime, *, limit: int = rules.AT_ONCE) -> list[Certificate]:
    """Certificates in force of which nothing was heard for some hours, asked about longest ago first: what gets no
    answer goes to the end like the others.
    """
    rows = Certificate.objects.filter(
        revoked_at=None, heard_at__lt=at - timedelta(hours=6), until__gt=at
    ).exclude(key_digest="")
    return list(rows.order_by("asked_at", "pk")[:limit])


def in_force(ids: list[int]) -> set[int]:
    """Those of these dossiers (primary keys) whose certificate still holds: she must be able to revoke it here."""
    rows = Certificate.objects.filter(
        request__dossier__in=ids, revoked_at=None, replaced_at=None, until__gt=now()
    )
    return set(rows.values_list("request__dossier", flat=True))


def waits(dossier: Any, language: str) -> list[str]:
    """For what the result of a dossier waits: the authority, as long as there is no certificate. No query for another
    procedure."""
    if dossiers.view_of(dossier).slug != rules.PROCEDURE:
        return []
    row = of_dossier(dossier)
    return [] if row is None or row.issued_at is not None else [words.stage_word(rules.stage(facts_of(row)))]


def day_of(at: datetime) -> date:
    """The day in Viet Nam."""
    return local_date(at)
