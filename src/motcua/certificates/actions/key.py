"""What she does herself, signed in or on her phone with the code sent to it: consent, the request of her key."""

from __future__ import annotations

import secrets
from datetime import timedelta

from motcua.certificates import keys, queries, rules
from motcua.certificates.actions.base import (
    at_desk,
    by_code,
    demand_stage,
    done,
    hand_over_when_ready,
    own,
)
from motcua.certificates.actions.registering import BEFORE
from motcua.certificates.errors import REQUEST_PROBLEMS, KeyTaken, NoPhone, NotNow, RequestNotFound
from motcua.certificates.models import Certificate, Order, Request
from motcua.certificates.words import stage_word
from motcua.foundation.acts import Act, action
from motcua.foundation.crypto import blind
from motcua.foundation.journal import record
from motcua.kernel.identifiers.references import ALPHABET
from motcua.notices import actions as notices


@action("certificates.send_code")
def send_code(act: Act, *, request: str) -> dict:
    """Send a code to her own phone, with which she goes on there: nobody at the desk sees it.

    By the desk, or by herself. A new code makes the earlier one void. Raises RequestNotFound, NotYoursToRegister,
    NotNow, NoPhone.
    """
    try:
        row = own(act, request)
    except RequestNotFound:
        row = at_desk(act, request)
    demand_stage(row, *BEFORE, "waiting", "activation")
    phone = queries.person_of(row.dossier).phone
    if not phone:
        raise NoPhone()
    code = "".join(secrets.choice(ALPHABET) for _ in range(rules.CODE_LETTERS))
    row.code, row.code_until = blind("certificate_code", code), act.at + timedelta(hours=rules.CODE_HOURS)
    row.save(update_fields=["code", "code_until"])
    line = record(act, "certificate.code_sent", row.subject, facts={"until": row.code_until})
    text = (
        f"Mã đăng ký chữ ký số: {rules.shown_code(code)}. Mở trang Chữ ký số, mục Tiếp tục trên điện thoại. "
        f"Không đọc mã này cho ai, kể cả cán bộ."
    )
    notices.send_text(
        to=phone,
        text=text,
        purpose="certificate",
        subject=line.chain,
        seq=line.seq,
        at=act.at,
        valid_minutes=rules.CODE_HOURS * 60,
    )
    return done(row)


@action("certificates.agree")
def agree(act: Act, *, request: str = "", code: str = "") -> dict:
    """She agrees that what the words say goes to the authority: signed in, or by her code.

    Raises RequestNotFound, WrongCode, NotNow.
    """
    row = _hers(act, request, code)
    demand_stage(row, *BEFORE)
    if row.consented_at is None:
        row.consent_how, row.consented_at = "phone" if code else "form", act.at
        row.save(update_fields=["consent_how", "consented_at"])
        facts = {"how": row.consent_how, "words": row.consent_version}
        record(act, "certificate.consented", row.subject, facts=facts)
        hand_over_when_ready(act, row)
    return done(row)


@action("certificates.give_key")
def give_key(act: Act, *, content: str, request: str = "", code: str = "") -> dict:
    """She hands in the request (PKCS#10) that her device made; a private key is refused and nothing of it kept.

    A new request takes the place of one that was not handed on yet. Raises RequestNotFound, WrongCode, NotNow,
    REQUEST_PROBLEMS, KeyTaken.
    """
    row = _hers(act, request, code)
    demand_stage(row, *BEFORE)
    if row.key_place != rules.KeyPlace.DEVICE:
        raise NotNow(state=stage_word("activation"))
    judged = judged_of(row, content)
    row.request, row.key_digest, row.key_kind = judged.pem, judged.digest, judged.kind
    row.save(update_fields=["request", "key_digest", "key_kind"])
    facts = {"key": judged.digest, "kind": judged.kind, "by": "phone" if code else "account"}
    record(act, "certificate.key_given", row.subject, facts=facts)
    if rules.stage(queries.facts_of(row)) == "failed":  # a new request is a new try
        from motcua.certificates.actions.orders import again

        again(act, row)
    else:
        hand_over_when_ready(act, row)
    return done(row, kind=judged.kind)


def judged_of(row: Request, content: str) -> keys.Judged:
    """A request for the person of this dossier with a key that no other certificate has.

    Raises REQUEST_PROBLEMS, KeyTaken.
    """
    person = queries.person_of(row.dossier)
    try:
        judged = keys.judge(content.encode(), name=person.name, number=person.number)
    except keys.RequestProblem as problem:
        raise REQUEST_PROBLEMS[problem.code]() from None  # without what was handed in
    taken = (
        Request.objects.filter(key_digest=judged.digest).exclude(pk=row.pk).exists()
        or Certificate.objects.filter(key_digest=judged.digest).exists()
        or Order.objects.filter(key_digest=judged.digest).exclude(request=row).exists()
    )
    if taken:
        raise KeyTaken()
    return judged


def _hers(act: Act, request: str, code: str) -> Request:
    if code:
        return by_code(act, code)
    return own(act, request)
