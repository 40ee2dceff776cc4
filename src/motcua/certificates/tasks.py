"""In the background: orders go to the authority, and what it says of certificates is learnt.

The network is spoken to outside any transaction; what came of it is written by one short act.
"""

from __future__ import annotations

import base64
from typing import Any

from motcua.certificates import actions, checking, queries, rules
from motcua.certificates.actions.base import COMPLETE, TASK
from motcua.certificates.authority import Answer, Authority, AuthorityProblem, Holder, opened
from motcua.foundation.actors import system
from motcua.foundation.acts import Act, new_act
from motcua.foundation.time import now
from motcua.foundation.work import task


@task(TASK, long=True)
def carry(*, order: str) -> None:
    """Ask the authority for what an order says, and write down what it answered."""
    one = queries.to_carry(order)
    if one is None:
        return
    try:
        authority = opened()
        if authority is None:
            raise AuthorityProblem("no_authority")
        answer = _asked(authority, one)
        _take(one, answer)
    except AuthorityProblem as problem:
        actions.note_trouble(_act(), order=order, trouble=problem.code)


@task(COMPLETE)
def complete(*, request: str) -> None:
    """A dossier came back to the unit after its certificate had come."""
    actions.complete(_act(), request=request)


@task("certificates.learn", cron="11 * * * *", long=True)
def learn() -> None:
    """Every hour: what authorities say of certificates about which nothing was heard for some hours."""
    good, found = [], queries.to_ask_about(now())
    if found:  # first, so that one which cannot be asked about does not hold up those behind it
        actions.ask_about(_act(), certificates=[made.pk for made in found])
    for made in found:
        chain = _chain(made.content)
        objection = checking.objection_to(chain[0], chain[1:], at=now())
        if objection == "revoked":
            actions.learn_revoked(_act(), certificate=made.public_id)
        elif objection == "":
            good.append(made.pk)
    if good:
        actions.heard(_act(), certificates=good)


def _act() -> Act:
    return new_act(system("worker"), at=now(), purpose="certificates", channel="task")


def _asked(authority: Authority, one: Any) -> Answer:
    row = one.request
    if one.kind == rules.Kind.REVOKE:  # names nobody, so it goes on after she was erased
        if one.ends is not None and not one.ends.rejected:
            return authority.cancel(one.public_id, one.ends.public_id, one.reason)
        serial = one.of.serial if one.of else one.ends.rejected
        return authority.revoke(one.public_id, serial, one.reason)
    person = queries.person_of(row.dossier)
    if not person.name:
        raise AuthorityProblem("conflict", "the person was erased")
    holder = Holder(person.name, person.number, person.birth_on, person.phone, row.identity_how, row.paper)
    serial = one.of.serial if one.of else ""
    if not one.content:
        return authority.open_credential(one.public_id, holder, serial)
    if one.kind == rules.Kind.RENEW:
        return authority.renew(one.public_id, holder, serial, one.content)
    return authority.enrol(one.public_id, holder, one.content)


def _take(one: Any, answer: Answer) -> None:
    order = one.public_id
    if answer.state == "refused":
        actions.fail(_act(), order=order, trouble="refused", said=answer.reason)
    elif answer.state == "revoked" and one.kind == rules.Kind.REVOKE:
        actions.finish_revocation(_act(), order=order)
    elif answer.state == "issued" and one.kind != rules.Kind.REVOKE:
        _issued(one, answer)
    elif answer.state == "activation":
        actions.wait_for_her(
            _act(), order=order, state="activation", activation=answer.activation, wait=answer.wait
        )
    elif answer.state in ("announced", "waiting"):
        actions.wait_for_her(_act(), order=order, state="waiting", wait=answer.wait)
    else:
        raise AuthorityProblem("wrong_answer", answer.state)


def _issued(one: Any, answer: Answer) -> None:
    person = queries.person_of(one.request.dossier)
    certificate, *others = answer.certificates
    try:
        checked = checking.check(
            certificate, others, name=person.name, number=person.number, digest=one.key_digest, at=now()
        )
    except checking.WrongCertificate as wrong:
        if wrong.code == "revocation_unknown":
            raise AuthorityProblem("revocation_unknown") from None
        revoke = wrong.hers and wrong.code not in ("revoked", "expired")
        actions.fail(
            _act(),
            order=one.public_id,
            trouble=wrong.code,
            rejected=wrong.serial,
            issuer=wrong.issuer,
            revoke=revoke,
        )
        return
    actions.finish(
        _act(),
        order=one.public_id,
        content="".join(_pem(each) for each in answer.certificates),
        serial=checked.serial,
        issuer=checked.issuer,
        digest=checked.digest,
        begins=checked.begins.isoformat(),
        until=checked.until.isoformat(),
        credential=answer.credential,
    )


def _pem(certificate: bytes) -> str:
    text = base64.encodebytes(certificate).decode().replace("\n", "")
    lines = [text[place : place + 64] for place in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])


def _chain(content: str) -> list[bytes]:
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization

    found = x509.load_pem_x509_certificates(content.encode())
    return [each.public_bytes(serialization.Encoding.DER) for each in found]
