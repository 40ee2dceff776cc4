"""Keys and decisions: who signs with what, and who may sign what for whom."""

from __future__ import annotations

import base64
from datetime import date
from typing import Any

from cryptography import x509

from motcua.accounts import queries as accounts
from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.catalogue import queries as catalogue
from motcua.foundation.acts import Act, Made, action
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.issuing import making, queries, rules
from motcua.issuing.errors import (
    AuthorityEnded,
    AuthorityIncomplete,
    KeyOfAnother,
    NoKey,
    NoSuchAuthority,
    NoSuchDoor,
    NotASigner,
    NotYours,
)
from motcua.issuing.models import Authority, Key
from motcua.kernel.text import one_line
from motcua.signing import actions as signing
from motcua.signing import queries as signing_reads


def add_key(act: Act, *, kind: str, place: dict[str, Any], secret: str, agency: str = "") -> dict:
    """Register a key of one's own, or (`agency`, its public id) the seal of an agency where one is clerk or which one
    administers. It is opened once, to prove that it answers; the secret is kept nowhere.

    Raises the refusals of the key door, KeyOfAnother (the certificate names somebody else), NotYours.
    """
    if kind not in making.kinds():
        raise NoSuchDoor()
    door = signing.open_door(kind, making.where(kind, place), secret)
    try:
        certificate = bytes(door.certificate)
    finally:
        door.close()
    return keep_key(act, kind=kind, agency=agency, made=Made((place, certificate)))


@action("issuing.add_key")
def keep_key(act: Act, *, kind: str, agency: str, made: Made) -> dict:
    """Write a key that was opened. Answers {key, holder, until}. See `add_key`."""
    place, certificate = made.value
    read = x509.load_der_x509_certificate(certificate)
    told = signing_reads.holder_of(certificate)
    office = _office_of_seal(act, agency) if agency else None
    holder = office.name_vi if office else _name_of(act)
    named = told["agency"] if office else told["signer"]
    if not rules.same_name(named, holder) and not rules.same_name(told["signer"], holder):
        raise KeyOfAnother(named=named or "?", holder=holder)
    row = Key.objects.create(
        account_id=None if office else act.actor.account_id,
        agency_id=office.id if office else None,
        kind=kind,
        place=_kept(place),
        certificate=base64.b64encode(certificate).decode(),
        holder=holder,
        issuer=told["issuer"][:200],
        serial=f"{read.serial_number:x}"[:60],
        valid_from=read.not_valid_before_utc,
        valid_to=read.not_valid_after_utc,
        added_at=act.at,
        added_by_id=act.actor.account_id,
    )
    facts = {"kind": kind, "certificate": row.serial, "until": row.valid_to, "agency": row.agency_id}
    record(act, "signing-key.added", row.subject, facts=facts)
    return {"key": row.public_id, "holder": holder, "until": row.valid_to.isoformat()}


def _name_of(act: Act) -> str:
    who = act.actor.account_id or 0
    return accounts.labels([who]).get(who, "")


def _kept(place: dict[str, Any]) -> dict[str, Any]:
    """The place as it is stored: bytes as base64."""
    return {
        name: base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for name, value in place.items()
    }


def _office_of_seal(act: Act, public_id: str) -> Office:
    office = agencies.by_public_id(public_id)
    if office is None:
        raise NotYours()
    is_clerk = act.actor.has_role("clerk", agency_id=office.id)
    if not is_clerk and not queries.administers(act.actor, office.id, act.at):
        raise NotYours()
    return office


def trial_key(act: Act, *, secret: str, agency: str = "") -> dict:
    """A key of the trial authority for oneself, or for the seal of an agency; in a simulation only.

    `secret` is the PIN it will have. Raises NoTrialAuthority, WrongPassword, NotYours.
    """
    office = _office_of_seal(act, agency) if agency else None
    name = office.name_vi if office else _name_of(act)
    own = next(iter(act.actor.agencies()), None)
    works = agencies.office(own) if own else None
    holder = {
        "name": name[:64],
        "agency": (office.name_vi if office else works.name_vi if works else "")[:64],
        "seal": office is not None,
    }
    content, _serial = signing.issue_trial_key("government", holder, at=act.at, password=secret)
    return add_key(act, kind="file", place={"content": content}, secret=secret, agency=agency)


@action("issuing.withdraw_key")
def withdraw_key(act: Act, *, key: str) -> dict:
    """Use a key no more; what it signed stays signed. Raises NoKey."""
    row = Key.objects.select_for_update().filter(public_id=key, withdrawn_at=None).first()
    if row is None or not _holds(act, row):
        raise NoKey()
    row.withdrawn_at = act.at
    row.save(update_fields=["withdrawn_at"])
    record(act, "signing-key.withdrawn", row.subject, facts={"certificate": row.serial})
    return {"key": row.public_id}


def _holds(act: Act, row: Key) -> bool:
    if row.account_id is not None:
        return row.account_id == act.actor.account_id
    return act.actor.has_role("clerk", agency_id=row.agency_id) or queries.administers(
        act.actor, row.agency_id or 0, act.at
    )


# Decisions -----------------------------------------------------------------------------------------------------------


@action("issuing.grant_authority")
def grant_authority(
    act: Act,
    *,
    agency: str,
    account: int,
    capacity: str,
    own_title: str,
    head_title: str = "",
    body: str = "",
    procedures: list[str] | None = None,
    decision: str = "",
    decision_on: date | str | None = None,
    valid_from: date | str | None = None,
    valid_to: date | str | None = None,
) -> dict:
    """Note the decision that `account` signs for `agency` (public id) in a capacity (NĐ 30/2020/NĐ-CP art. 13).

    By who administers the agency. `procedures` are slugs, none for all. A deputy, an order and a mandate need their
    decision; a mandate also its end. Raises NotYours, AuthorityIncomplete, NotASigner.
    """
    office = agencies.by_public_id(agency)
    if office is None or not queries.administers(act.actor, office.id, act.at):
        raise NotYours()
    texts = {
        "body": one_line(body)[: rules.BODY_MAX],
        "head_title": one_line(head_title)[: rules.TITLE_MAX],
        "own_title": one_line(own_title)[: rules.TITLE_MAX],
    }
    said = one_line(decision)[: rules.DECISION_MAX]
    begins, ends = _day(valid_from, "valid_from") or local_date(act.at), _day(valid_to, "valid_to")
    lacks = rules.missing_parts(capacity, **texts, decision=said, ends=ends is not None)
    wanted = list(dict.fromkeys(procedures or []))
    known = catalogue.standing().filter(slug__in=wanted).values_list("slug", flat=True) if wanted else ()
    if len(known) < len(wanted):
        lacks.append("procedures")
    if ends is not None and ends < begins:
        lacks.append("valid_to")
    if lacks:
        message = str(AuthorityIncomplete.message)
        raise AuthorityIncomplete([{"field": name, "message": message} for name in lacks])
    if not any(held.account_id == account for held in agencies.holders_at([office.id], act.at, "signer")):
        raise NotASigner()
    row = Authority.objects.create(
        agency_id=office.id,
        account_id=account,
        capacity=capacity,
        **texts,
        procedures=" ".join(wanted)[:2000],
        decision_number=said,
        decision_on=_day(decision_on, "decision_on"),
        valid_from=begins,
        valid_to=ends,
        granted_at=act.at,
    )
    facts = {
        "agency": office.id, "account": account, "capacity": capacity, "decision": said, "procedures": wanted,
        "from": begins, "to": ends, **texts,
    }  # fmt: skip
    record(act, "authority.granted", row.subject, facts=facts)
    return {"authority": row.public_id}


def _day(text: date | str | None, field: str) -> date | None:
    if text is None or text == "" or isinstance(text, date):
        return text or None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AuthorityIncomplete([{"field": field, "message": str(AuthorityIncomplete.message)}]) from None


@action("issuing.end_authority")
def end_authority(act: Act, *, authority: str) -> dict:
    """A decision holds no longer: from now on nothing is signed under it. Raises NoSuchAuthority, AuthorityEnded."""
    row = Authority.objects.select_for_update().filter(public_id=authority).first()
    if row is None or not queries.administers(act.actor, row.agency_id, act.at):
        raise NoSuchAuthority()
    if row.ended_at is not None:
        raise AuthorityEnded()
    row.ended_at = act.at
    row.save(update_fields=["ended_at"])
    record(act, "authority.ended", row.subject)
    return {"authority": row.public_id}
