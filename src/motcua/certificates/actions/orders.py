"""What came of an order: trouble, waiting, a certificate, its revocation.

The worker's acts; each looks first whether the order is still open, so that an answer told twice changes nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from motcua.certificates import rules
from motcua.certificates.actions.base import (
    at_desk,
    carry_on,
    demand_stage,
    demand_system,
    done,
    locked,
    order_of,
    tell,
)
from motcua.certificates.events import CertificateIssued, CertificateRevoked
from motcua.certificates.models import Certificate, Order, Request
from motcua.dossiers import actions as dossiers
from motcua.dossiers import rules as dossier_rules
from motcua.foundation.acts import Act, action
from motcua.foundation.events import publish
from motcua.foundation.journal import record

ACTIVATION_DAYS = 30  # a key that nobody activated for so long is asked for no more
NOT_SENT = ("no_authority", "unsafe_address")  # troubles before anything left this house


def _open(public_id: str) -> tuple[Request, Order] | None:
    """The order and its request under lock while it is open."""
    known = Order.objects.select_related("request").filter(public_id=public_id).first()
    if known is None:
        return None
    row = locked(known.request.public_id)
    order = Order.objects.select_for_update(of=("self",)).select_related("of", "ends").get(pk=known.pk)
    order.request = row
    return (row, order) if order.state in rules.OPEN else None


@action("certificates.note_trouble")
def note_trouble(act: Act, *, order: str, trouble: str) -> dict:
    """The authority gave no answer that can be used; it is asked again after a pause that grows, without end."""
    demand_system(act)
    found = _open(order)
    if found is None:
        return {}
    row, one = found
    first = one.trouble != trouble
    one.tries, one.trouble = one.tries + 1, trouble[:40]
    if trouble not in NOT_SENT:  # what the authority has not heard of may still be dropped
        one.told_at = act.at
    one.save(update_fields=["tries", "trouble", "told_at"])
    if first:  # each kind of trouble once, not each of a hundred tries
        record(
            act, "certificate.authority_trouble", row.subject, facts={"order": order, "trouble": one.trouble}
        )
    carry_on(one, seconds=int(rules.pause(one.tries).total_seconds()))
    return done(row, order=order)


@action("certificates.wait_for_her")
def wait_for_her(act: Act, *, order: str, state: str, activation: str = "", wait: int = 0) -> dict:
    """The authority has it, and is at work or waits for her (`state` waiting or activation)."""
    demand_system(act)
    found = _open(order)
    if found is None:
        return {}
    row, one = found
    if state == rules.State.ACTIVATION and act.at > one.asked_at + timedelta(days=ACTIVATION_DAYS):
        _end_at_authority(act, row, one)
        return _failed(act, row, one, "not_activated", "")
    begun = one.state != state
    one.tries, one.trouble, one.told_at, one.state = one.tries + 1, "", act.at, rules.State(state)
    one.activation = activation or one.activation
    one.save(update_fields=["tries", "trouble", "told_at", "state", "activation"])
    if begun:
        line = record(act, f"certificate.{state}", row.subject, facts={"order": order})
        if state == rules.State.ACTIVATION:
            tell(row, line, "activation")
    pause = int(rules.pause(max(one.tries - 20, 0)).total_seconds())  # quick while she is at it, then slowly
    carry_on(one, seconds=max(wait, pause))
    return done(row, order=order)


@action("certificates.fail")
def fail(
    act: Act,
    *,
    order: str,
    trouble: str,
    said: str = "",
    rejected: str = "",
    issuer: str = "",
    revoke: bool = False,
) -> dict:
    """The authority refused, or what it gave is not hers: nothing of it is shown or used.

    The number of a certificate that was not taken (`rejected`, its `issuer`) is kept: it was issued all the same. With
    `revoke` its revocation is ordered at once, so that asking again leaves no second one in force.
    """
    demand_system(act)
    found = _open(order)
    if found is None:
        return {}
    row, one = found
    one.rejected, one.rejected_issuer = rejected[:60], issuer[:200]
    # a number that is known is that of a good certificate, with which the authority answered by mistake
    if revoke and rejected and not Certificate.objects.filter(serial=rejected).exists():
        _end_at_authority(act, row, one)
    return _failed(act, row, one, trouble, said)


def _end_at_authority(act: Act, row: Request, one: Order) -> None:
    """Nothing of a failed order may remain in force: what the authority issued on it, or the link to activate a key."""
    order_of(act, row, rules.Kind.REVOKE, ends=one, way=one.way, agency_id=one.agency_id, booth=one.booth,
             reason="cessation_of_operation")  # fmt: skip


def _failed(act: Act, row: Request, one: Order, trouble: str, said: str) -> dict:
    one.state, one.trouble, one.said, one.done_at = rules.State.FAILED, trouble[:40], said[:500], act.at
    one.told_at, one.activation = act.at, ""
    one.save(
        update_fields=["state", "trouble", "said", "done_at", "told_at", "activation", "rejected", "rejected_issuer"]
    )  # fmt: skip
    facts = {"order": one.public_id, "trouble": one.trouble}
    facts |= {"serial": one.rejected, "issuer": one.rejected_issuer} if one.rejected else {}
    line = record(act, "certificate.failed", row.subject, facts=facts)
    if one.ends_id is None:  # of what was never hers she is told nothing
        tell(row, line, "failed")
    return done(row, order=one.public_id)


@action("certificates.finish")
def finish(
    act: Act,
    *,
    order: str,
    content: str,
    serial: str,
    issuer: str,
    digest: str,
    begins: str,
    until: str,
    credential: str = "",
) -> dict:
    """Keep a certificate that was found to be hers (`checking.check`), and bring the dossier to its result.

    Where the dossier was withdrawn meanwhile, the certificate is revoked at once.
    """
    demand_system(act)
    found = _open(order)
    if found is None:
        return {}
    row, one = found
    made = Certificate.objects.create(
        request=row,
        serial=serial,
        issuer=issuer[:200],
        content=content,
        key_digest=digest,
        key_place=rules.KeyPlace.DEVICE if one.content else rules.KeyPlace.REMOTE,
        credential=credential[:120],
        issued_at=act.at,
        begins=datetime.fromisoformat(begins),
        until=datetime.fromisoformat(until),
        heard_at=act.at,
        asked_at=act.at,
    )
    one.state, one.made, one.done_at, one.told_at, one.trouble = rules.State.DONE, made, act.at, act.at, ""
    one.activation = ""
    one.save(update_fields=["state", "made", "done_at", "told_at", "trouble", "activation"])
    if one.of is not None:
        one.of.replaced_at = act.at
        one.of.save(update_fields=["replaced_at"])
    facts = {"order": order, "serial": serial, "until": made.until, "kind": str(one.kind)}
    line = record(act, "certificate.issued", row.subject, facts=facts)
    publish(
        act, CertificateIssued(request=row.public_id, dossier=row.dossier.public_id, kind=str(one.kind)), line
    )
    if row.ended_at is not None:
        order_of(act, row, rules.Kind.REVOKE, of=made, way=one.way, agency_id=one.agency_id, booth=one.booth,
                 reason="cessation_of_operation")  # fmt: skip
    elif row.issued_at is not None:
        tell(row, line, "renewed")
    else:  # the dossier's own move tells her
        row.issued_at, row.code, row.code_until = act.at, "", None
        row.save(update_fields=["issued_at", "code", "code_until"])
        _result(act, row, serial)
    return done(row, certificate=made.public_id)


@action("certificates.complete")
def complete(act: Act, *, request: str) -> dict:
    """The dossier came back to the unit after its certificate had come: bring it to its result."""
    demand_system(act)
    row = locked(request)
    made = Certificate.objects.filter(request=row).order_by("pk").first()
    if made is not None:
        _result(act, row, made.serial)
    return done(row)


def _result(act: Act, row: Request, serial: str) -> None:
    """The authority owns the result: it is noted and returned electronically, in the same transaction."""
    if row.dossier.business_state != dossier_rules.State.IN_PROCESS:
        return
    dossier = row.dossier.public_id
    dossiers.take_over_result.inside(act, dossier=dossier, number=serial)  # type: ignore[attr-defined]
    dossiers.hand_over.inside(act, dossier=dossier, way="portal")  # type: ignore[attr-defined]


@action("certificates.finish_revocation")
def finish_revocation(act: Act, *, order: str) -> dict:
    """The authority has revoked the certificate."""
    demand_system(act)
    found = _open(order)
    if found is None:
        return {}
    row, one = found
    one.state, one.done_at, one.told_at, one.trouble = rules.State.DONE, act.at, act.at, ""
    one.save(update_fields=["state", "done_at", "told_at", "trouble"])
    if one.ends is not None:
        facts = {"serial": one.ends.rejected, "order": one.ends.public_id, "why": one.reason}
        record(act, "certificate.rejected_ended", row.subject, facts=facts)
    _revoked(act, row, one.of, one.reason)
    return done(row, order=order)


def _revoked(act: Act, row: Request, made: Certificate | None, why: str) -> None:
    if made is None or made.revoked_at is not None:
        return
    made.revoked_at, made.revoked_why, made.heard_at = act.at, why, act.at
    made.save(update_fields=["revoked_at", "revoked_why", "heard_at"])
    line = record(act, "certificate.revoked", row.subject, facts={"serial": made.serial, "why": why})
    tell(row, line, "revoked")
    publish(act, CertificateRevoked(request=row.public_id, dossier=row.dossier.public_id, why=why), line)


@action("certificates.ask_about")
def ask_about(act: Act, *, certificates: list[int]) -> dict:
    """Their authorities are about to be asked (primary keys): whatever they answer, others come first next time."""
    demand_system(act)
    Certificate.objects.filter(pk__in=certificates).update(asked_at=act.at)
    return {"certificates": len(certificates)}


@action("certificates.heard")
def heard(act: Act, *, certificates: list[int]) -> dict:
    """Their authorities say that these hold (primary keys)."""
    demand_system(act)
    Certificate.objects.filter(pk__in=certificates).update(heard_at=act.at)
    return {"certificates": len(certificates)}


@action("certificates.learn_revoked")
def learn_revoked(act: Act, *, certificate: str) -> dict:
    """Its authority says by itself that a certificate was revoked: it counts as an order of the authority's own."""
    demand_system(act)
    known = Certificate.objects.select_related("request").filter(public_id=certificate).first()
    if known is None:
        return {}
    row = locked(known.request.public_id)
    made = Certificate.objects.select_for_update().get(pk=known.pk)
    waiting = Order.objects.filter(request=row, kind=rules.Kind.REVOKE, of=made, state__in=rules.OPEN).first()
    if made.revoked_at is None and waiting is None:
        Order.objects.create(
            request=row, kind=rules.Kind.REVOKE, of=made, agency_id=row.agency_id, way=rules.Way.AUTHORITY,
            reason="unspecified", state=rules.State.DONE, asked_at=act.at, told_at=act.at, done_at=act.at,
        )  # fmt: skip
        _revoked(act, row, made, "unspecified")
    return done(row)


@action("certificates.hand_over_again")
def hand_over_again(act: Act, *, request: str) -> dict:
    """The desk asks the authority once more after it refused: a new order. Raises NotYoursToRegister, NotNow."""
    row = at_desk(act, request)
    demand_stage(row, "failed")
    again(act, row)
    return done(row)


def again(act: Act, row: Request) -> None:
    """A new order where the last one failed; the failed one stays as it was."""
    content = {"content": row.request, "key_digest": row.key_digest}
    order_of(
        act,
        row,
        rules.Kind.ISSUE,
        way=row.way,
        agency_id=row.agency_id,
        booth=row.booth,
        **(content if row.key_place == rules.KeyPlace.DEVICE else {}),
    )
