"""Renewing and revoking a certificate: by herself, or revoking at the desk at her request."""

from __future__ import annotations

from typing import Any

from motcua.certificates import queries, rules
from motcua.certificates.actions.base import at_desk, desk_of, done, order_of, own
from motcua.certificates.actions.key import judged_of
from motcua.certificates.errors import AlreadyRevoked, CannotRenew, PhotoNeeded, ReasonNeeded, RequestNotFound
from motcua.foundation.acts import Act, action


@action("certificates.renew")
def renew(act: Act, *, request: str, certificate: str, content: str = "") -> dict:
    """A certificate that follows this one, for a new key: of a request that her device made (`content`), or made by the
    authority where the old one was. Raises RequestNotFound, CannotRenew, REQUEST_PROBLEMS, KeyTaken.
    """
    row = own(act, request)
    known = queries.certificate_of(row, certificate)
    if not queries.may_renew(known, act.at) or queries.has_open(known, rules.Kind.RENEW):
        raise CannotRenew(days=rules.RENEW_DAYS)
    more: dict[str, Any] = {}
    if known.key_place == rules.KeyPlace.DEVICE:
        judged = judged_of(row, content)
        more = {"content": judged.pem, "key_digest": judged.digest}
    order = order_of(
        act, row, rules.Kind.RENEW, of=known, way=rules.Way.ONLINE, agency_id=row.agency_id, **more
    )
    return done(row, order=order.public_id)


@action("certificates.revoke")
def revoke(
    act: Act, *, request: str, certificate: str, reason: str, booth: str = "", photo: bool = False
) -> dict:
    """Ask the authority to revoke: by herself, or by the desk for the person who stands before it (`photo`: her paper
    was compared). Raises RequestNotFound, NotYoursToRegister, AlreadyRevoked, ReasonNeeded, PhotoNeeded, NoSuchBooth.
    """
    try:
        row, place = own(act, request), {"way": rules.Way.ONLINE, "booth": None}
    except RequestNotFound:
        row = at_desk(act, request)
        if not photo:
            raise PhotoNeeded() from None
        place = desk_of(act, row, booth)
    known = queries.certificate_of(row, certificate)
    if reason not in rules.REASONS:
        raise ReasonNeeded()
    waits = queries.has_open(known, rules.Kind.REVOKE)
    if known.revoked_at is not None or known.until <= act.at or waits:
        raise AlreadyRevoked()
    order = order_of(act, row, rules.Kind.REVOKE, of=known, reason=reason, agency_id=row.agency_id, **place)
    return done(row, order=order.public_id)
