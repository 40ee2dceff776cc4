"""Changes to agencies and positions."""

from __future__ import annotations

from datetime import date, datetime, time

from django.contrib.auth import get_user_model
from django.db.models import Q

from motcua.agencies import errors, events, queries, rules
from motcua.agencies.models import Position
from motcua.agencies.projection import KINDS, project
from motcua.foundation.acts import Act, action
from motcua.foundation.events import publish
from motcua.foundation.journal import record
from motcua.foundation.packs import store as packs
from motcua.foundation.time import TZ, local_date
from motcua.kernel.text import one_line

# Loading ------------------------------------------------------------------------------------------------


@action("agencies.load")
def load_documents(act: Act, *, documents: list[dict]) -> dict:
    """Bring documents ({kind: areas|agencies|succession, key, body}) into the tables; see `projection.project`."""
    if act.actor.kind != "system" and not act.actor.has_role("administrator"):
        raise errors.NotYours()
    return project(act, documents)


def load_from_packs(act: Act) -> dict:
    """Bring what is published and in force at `act.at` into the tables. Idempotent; publishing does it by itself.

    Returns the counts of `projection.project`.
    """
    return load_documents(act, documents=published_documents(act.at))


def published_documents(at: datetime) -> list[dict]:
    """The documents of this room in force at the aware moment `at`."""
    return [
        {"kind": kind, "key": version.key, "body": version.body}
        for kind in KINDS
        for version in sorted(packs.current_all(kind, at), key=lambda v: v.key)
    ]


def follow_publication(act: Act, versions: list[packs.Version]) -> None:
    """Called within a publication of agencies, areas or successions, so that packs and tables never disagree."""
    project(act, published_documents(act.at))


# Positions ----------------------------------------------------------------------------------------------


def _may(act: Act, agency: rules.Office) -> None:
    if act.actor.kind == "system":
        return
    above = queries.ancestors(agency.id)
    roots = frozenset(o.id for o in queries.offices(local_date(act.at), kind="province"))
    if not rules.may_administer(act.actor.agencies("administrator"), agency, above, roots):
        raise errors.NotYours()


def _agency(public_id: str) -> rules.Office:
    found = queries.by_public_id(public_id)
    if found is None:
        raise errors.NoSuchAgency()
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), TZ)


def _days(act: Act, from_on: date | None, to_on: date | None) -> tuple[datetime, datetime | None]:
    """Both days belong to the position. Without a first day it starts with the act; the past cannot be granted."""
    starts_at = max(_midnight(from_on), act.at) if from_on else act.at
    ends_at = _midnight(date.fromordinal(to_on.toordinal() + 1)) if to_on else None
    if ends_at is not None and ends_at <= starts_at:
        raise errors.DatesInWrongOrder()
    return starts_at, ends_at


@action("agencies.appoint")
def appoint(
    act: Act, *, account: str, agency: str, role: str, from_on: date | None = None, to_on: date | None = None
) -> dict:
    """Give an account (public id) a role at an agency (public id), from and to local days, both included.

    Returns {"position": public id}. Raises NoSuchRole, NoSuchAgency, NoSuchAccount, NotYours, OwnPosition,
    NotAnOfficer, AgencyNotThere, AlreadyHolds, DatesInWrongOrder.
    """
    if role not in rules.HOLDER_ROLES:
        raise errors.NoSuchRole(role=role)
    office = _agency(agency)
    _may(act, office)
    person = get_user_model().objects.select_for_update().filter(public_id=account, is_active=True).first()
    if person is None:
        raise errors.NoSuchAccount()
    if person.pk == act.actor.account_id:
        raise errors.OwnPosition()
    if person.kind == "citizen":
        raise errors.NotAnOfficer()
    starts_at, ends_at = _days(act, from_on, to_on)
    if not office.valid_on(local_date(starts_at)):
        raise errors.AgencyNotThere(agency=office.name_vi, on=f"{local_date(starts_at):%d/%m/%Y}")
    if _overlapping(person.pk, office.id, role, starts_at, ends_at):
        raise errors.AlreadyHolds()
    position = Position.objects.create(
        account=person,
        agency_id=office.id,
        role=role,
        starts_at=starts_at,
        ends_at=ends_at,
        appointed_by=act.actor.key,
        appointed_act=act.act_id,
    )
    _tell(act, "position.granted", position, office, person.public_id)
    return {"position": position.public_id}


@action("agencies.end_position")
def end_position(act: Act, *, position: str, on: date | None = None) -> dict:
    """End a position (public id) now, or with the end of a local day to come.

    Returns {"position", "ends_at"}. Raises NoSuchPosition, NotYours, AlreadyEnded, LastAdministrator.
    """
    held = Position.objects.select_for_update().filter(public_id=position).first()
    if held is None:
        raise errors.NoSuchPosition()
    office = _office_of(held)
    _may(act, office)
    if held.ends_at is not None and held.ends_at <= act.at:
        raise errors.AlreadyEnded()
    ends_at = _midnight(date.fromordinal(on.toordinal() + 1)) if on and on >= local_date(act.at) else act.at
    if held.role == "administrator" and not _another_administrator(held, ends_at):
        raise errors.LastAdministrator()
    held.ends_at = max(ends_at, held.starts_at)
    held.save(update_fields=["ends_at"])
    if held.acting_for_id is None:
        _end_those_acting_for(act, held, office)
    person = get_user_model().objects.filter(pk=held.account_id).values_list("public_id", flat=True).get()
    _tell(act, "position.ended", held, office, person)
    return {"position": held.public_id, "ends_at": held.ends_at.isoformat()}


def _end_those_acting_for(act: Act, held: Position, office: rules.Office) -> None:
    """Nobody acts in an office for somebody who holds it no more."""
    acting = Position.objects.select_for_update().filter(
        acting_for_id=held.account_id, agency_id=held.agency_id, role=held.role, ends_at__gt=held.ends_at
    )
    for one in acting.select_related("account"):
        one.ends_at = max(held.ends_at, one.starts_at)
        one.save(update_fields=["ends_at"])
        _tell(act, "position.ended", one, office, one.account.public_id)


@action("agencies.delegate")
def delegate(
    act: Act, *, position: str, to: str, from_on: date, to_on: date | None, reason: str = ""
) -> dict:
    """Let a colleague (account public id) act in one's own position, from and to local days, both included.

    What she does there is done for its holder and is noted so. Returns {"position": public id of the new one}. Raises
    NoSuchPosition (not one's own, or over), NotDelegable, NoSuchAccount, OwnPosition, NotAColleague,
    DelegationTooLong, DatesInWrongOrder, AlreadyHolds.
    """
    held = Position.objects.select_for_update().filter(public_id=position).first()
    if held is None or held.account_id != act.actor.account_id or (held.ends_at and held.ends_at <= act.at):
        raise errors.NoSuchPosition()
    if held.role not in rules.DELEGABLE or held.acting_for_id is not None:
        raise errors.NotDelegable()
    if to_on is None or (to_on - from_on).days >= rules.DELEGATION_DAYS_MOST:
        raise errors.DelegationTooLong(most=rules.DELEGATION_DAYS_MOST)
    starts_at, ends_at = _days(act, from_on, to_on)
    if held.ends_at and (ends_at is None or ends_at > held.ends_at):
        ends_at = held.ends_at
    person = get_user_model().objects.select_for_update().filter(public_id=to, is_active=True).first()
    if person is None:
        raise errors.NoSuchAccount()
    if person.pk == act.actor.account_id:
        raise errors.OwnPosition()
    if not queries.works_at(person.pk, held.agency_id, act.at):
        raise errors.NotAColleague()
    if _overlapping(person.pk, held.agency_id, held.role, starts_at, ends_at):
        raise errors.AlreadyHolds()
    office = _office_of(held)
    made = Position.objects.create(
        account=person,
        agency_id=held.agency_id,
        role=held.role,
        starts_at=starts_at,
        ends_at=ends_at,
        appointed_by=act.actor.key,
        appointed_act=act.act_id,
        acting_for_id=held.account_id,
        reason=one_line(reason)[:200],
    )
    _tell(act, "position.delegated", made, office, person.public_id)
    return {"position": made.public_id}


@action("agencies.end_delegation")
def end_delegation(act: Act, *, position: str) -> dict:
    """She is back: end at once what somebody does for her. Raises NoSuchPosition, AlreadyEnded."""
    acting = Position.objects.select_for_update().filter(public_id=position).select_related("account").first()
    if acting is None or acting.acting_for_id != act.actor.account_id:
        raise errors.NoSuchPosition()
    if acting.ends_at is not None and acting.ends_at <= act.at:
        raise errors.AlreadyEnded()
    acting.ends_at = max(act.at, acting.starts_at)
    acting.save(update_fields=["ends_at"])
    _tell(act, "position.ended", acting, _office_of(acting), acting.account.public_id)
    return {"position": acting.public_id, "ends_at": acting.ends_at.isoformat()}


def _office_of(held: Position) -> rules.Office:
    office = queries.office(held.agency_id)
    if office is None:
        raise errors.NoSuchAgency()
    return office


def _overlapping(account: int, agency: int, role: str, starts_at: datetime, ends_at: datetime | None) -> bool:
    rows = Position.objects.filter(account_id=account, agency_id=agency, role=role).filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=starts_at)
    )
    return (rows.filter(starts_at__lt=ends_at) if ends_at is not None else rows).exists()


@action("agencies.succeed")
def succeed(act: Act, *, position: str, agency: str) -> dict:
    """The office of a position (public id) has a successor: its holder gets the same role there, from now on.

    The platform's own act in a reorganisation: a new position, never a renamed one; the old one ends by an act of its
    own. Answers {"position": public id, or None when she holds that role there already}. Raises NoSuchPosition,
    NoSuchAgency, NotYours for anybody but the platform.
    """
    if act.actor.kind != "system":
        raise errors.NotYours()
    held = Position.objects.select_for_update().filter(public_id=position).select_related("account").first()
    if held is None:
        raise errors.NoSuchPosition()
    office = _agency(agency)
    again = Position.objects.filter(account=held.account_id, agency_id=office.id, role=held.role)
    if again.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=act.at)).exists():
        return {"position": None}
    made = Position.objects.create(
        account=held.account,
        agency_id=office.id,
        role=held.role,
        starts_at=act.at,
        ends_at=held.ends_at if held.ends_at and held.ends_at > act.at else None,
        appointed_by=act.actor.key,
        appointed_act=act.act_id,
    )
    _tell(act, "position.granted", made, office, held.account.public_id)
    return {"position": made.public_id}


@action("agencies.pass_on_work")
def pass_on_work(act: Act, *, agency: int, to: list[int], cause: str, back: bool = False) -> dict:
    """Tell that the work of an agency (id) goes to these (ids), or `back` to itself. The platform's own act.

    Answers {agency}. Raises NoSuchAgency, NotYours for anybody but the platform.
    """
    if act.actor.kind != "system":
        raise errors.NotYours()
    office = queries.office(agency)
    if office is None:
        raise errors.NoSuchAgency()
    names = [heir.code for id_ in to if (heir := queries.office(id_))]
    verb = "agency.work_passed_back" if back else "agency.work_passed_on"
    line = record(act, verb, f"agency:{office.public_id}", facts={"to": names, "cause": cause})
    publish(act, events.WorkPassedOn(agency=agency, to=to, cause=cause, back=back), line)
    return {"agency": office.code}


def _another_administrator(held: Position, at: datetime) -> bool:
    rows = Position.objects.filter(role="administrator", starts_at__lte=at, account__is_active=True)
    return rows.exclude(pk=held.pk).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at)).exists()


def _tell(act: Act, verb: str, position: Position, office: rules.Office, account: str) -> None:
    """One line in the chain of the agency, one in that of the account: both must show who could do what, when."""
    facts = {
        "position": position.public_id,
        "account": account,
        "agency": office.code,
        "role": position.role,
        "starts_at": position.starts_at,
        "ends_at": position.ends_at,
    }
    if position.acting_for_id:
        holders = get_user_model().objects.filter(pk=position.acting_for_id)
        facts["acting_for"] = holders.values_list("public_id", flat=True).get()
    line = record(act, verb, f"agency:{office.public_id}", facts=facts)
    record(act, verb, f"account:{account}", facts=facts)
    kind = events.PositionEnded if verb == "position.ended" else events.PositionGranted
    publish(act, kind(position.public_id, position.account_id, position.agency_id, position.role), line)
