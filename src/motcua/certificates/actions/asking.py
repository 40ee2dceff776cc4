"""A dossier of the procedure moves: a request begins with it, goes on with it, and ends with it."""

from __future__ import annotations

from typing import Any

from motcua.certificates import keys, queries, rules
from motcua.certificates.actions.base import COMPLETE, hand_over_when_ready, order_of
from motcua.certificates.models import Certificate, Order, Request
from motcua.dossiers import queries as dossiers
from motcua.foundation.acts import Act
from motcua.foundation.journal import record
from motcua.foundation.work import enqueue
from motcua.people import queries as people

WATCHED = frozenset({"submit", "transfer", "answer", "confirm_payment", "refuse", "withdraw", "stop"})
AT_A_DESK = ("counter", "post")
BY_OTHERS = (*AT_A_DESK, "assisted")  # where another hand than hers fills in the form


def follow(act: Act, dossier: Any, verb: str) -> None:
    """Called within every move of a dossier; looks at nothing for other procedures."""
    if verb not in WATCHED or _slug(dossier) != rules.PROCEDURE:
        return
    if verb == "submit":
        _begin(act, dossier)
        return
    row = Request.objects.select_for_update().filter(dossier=dossier).first()
    if row is None:
        return
    row.dossier = dossier
    if verb in ("refuse", "withdraw", "stop"):
        _end(act, row)
    elif row.issued_at is not None:  # the certificate came while the dossier lay with her
        enqueue(COMPLETE, key=f"{row.public_id}/{dossier.revision}", request=row.public_id)
    else:
        hand_over_when_ready(act, row)


def _slug(dossier: Any) -> str:
    return str(dossiers.declared_view_of(dossier).slug)


def _begin(act: Act, dossier: Any) -> None:
    answers = dossiers.answers_of(dossier)
    remote = answers.get(rules.KEY_FIELD) == rules.KeyPlace.REMOTE
    desk = dossier.channel in AT_A_DESK
    row = Request(
        dossier=dossier,
        agency_id=dossier.received_by_id,
        way=rules.Way.DESK if desk else rules.Way.ONLINE,
        key_place=rules.KeyPlace.REMOTE if remote else rules.KeyPlace.DEVICE,
        asked_at=act.at,
    )
    view = dossiers.declared_view_of(dossier)
    field = view.declaration.field(rules.CONSENT_FIELD)
    if field is not None:
        row.consent = {"vi": field.label.vi, "en": field.label.en or ""}
        row.consent_version = view.hash
    if answers.get(rules.CONSENT_FIELD) is True and _is_her_tick(act, row):
        row.consent_how, row.consented_at = "form", act.at
    _check_by_sign_in(act, row)
    row.save(force_insert=True)
    facts = {"dossier": dossier.public_id, "way": str(row.way), "key": str(row.key_place)}
    facts |= {"consent": row.consent_how, "words": row.consent_version, "identity": row.identity_how}
    record(act, "certificate.asked", row.subject, facts=facts)


def _is_her_tick(act: Act, row: Request) -> bool:
    """Whether the consent in the form is her own: neither an officer's, nor a helper's, nor that of an account which is
    proved to be another person. Where it is not, she agrees on her phone or signs the slip."""
    return row.dossier.channel not in BY_OTHERS and not queries.is_somebody_else(act.actor, row)


def _check_by_sign_in(act: Act, row: Request) -> None:
    """Who signed in as the very person that a card or an identity provider proved need not show a paper again."""
    if act.actor.account_id is None or row.way != rules.Way.ONLINE:
        return
    link, person = people.link_of(act.actor.account_id), queries.person_of(row.dossier)
    if link is None or link.party is None or link.how not in rules.PROVEN_SIGN_IN:
        return
    if link.party.personal_number == person.number and keys.same_name(link.party.full_name, person.name):
        row.identity_how, row.identity_at, row.checked_for = link.how, act.at, person.mark


def _end(act: Act, row: Request) -> None:
    row.ended_at = act.at
    row.save(update_fields=["ended_at"])
    # an order of which the authority has not heard is dropped, unless it is to revoke; one that it has heard of is
    # followed to its end, and a certificate that still comes of it is revoked
    unheard = Order.objects.filter(request=row, state__in=rules.OPEN, told_at=None)
    dropped = unheard.exclude(kind=rules.Kind.REVOKE).update(state=rules.State.DROPPED, done_at=act.at)
    record(act, "certificate.ended", row.subject, facts={"dropped": dropped})
    for made in Certificate.objects.filter(request=row, revoked_at=None, until__gt=act.at).order_by("pk"):
        if not queries.has_open(made, rules.Kind.REVOKE):
            order_of(act, row, rules.Kind.REVOKE, of=made, way=row.way, agency_id=row.agency_id, booth=row.booth,
                     reason="cessation_of_operation")  # fmt: skip
