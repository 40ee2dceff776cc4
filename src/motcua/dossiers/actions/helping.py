"""Assisted filing: a helper files under her own account for somebody who consents by a code or a signed slip."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password

from motcua.agencies import queries as agencies
from motcua.dossiers import rules
from motcua.dossiers.actions.base import done, lock, write_rights
from motcua.dossiers.actions.declare import open_draft
from motcua.dossiers.errors import NotHelped, NotYours, TooManyCodes, WrongConsentCode
from motcua.dossiers.models import Assistance, Dossier
from motcua.files import queries as files
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.kernel.identifiers import normal_phone, phone_problem
from motcua.kernel.text import one_line
from motcua.notices import actions as notices

CONSENT_TEXT = "assisted-filing-2026-11"  # which wording the person agreed to; the texts stand in the portal
CODE_MINUTES = 10


@action("dossiers.start_helping")
def start_helping(
    act: Act, *, procedure: str, person_name: str, phone: str = "", agency: str | None = None
) -> dict:
    """A helper (digital team, one-stop staff, an officer) starts a draft for somebody. Her position is her office."""
    offices = sorted(act.actor.agencies(*rules.HELPING_ROLES))
    if not offices:
        raise NotYours()
    row = open_draft(act, procedure=procedure, channel="assisted", agency=agency)
    row.supported_by_id, row.filer_id, row.applicant_id = offices[0], None, None
    row.answers, row.answers_sealed = {}, ""
    row.save(update_fields=["supported_by", "filer", "applicant", "answers", "answers_sealed"])
    Assistance.objects.create(
        dossier=row,
        helper_id=act.actor.account_id,
        person_name=one_line(person_name)[:120],
        phone="" if phone_problem(phone) else normal_phone(phone),
    )
    write_rights(row)
    record(
        act,
        "dossier.help_started",
        row.subject,
        facts={"procedure": procedure, "office": offices[0], "helper": act.actor.account_id},
        personal={"person": one_line(person_name)[:120]},
    )
    return done(row)


def _help(row: Dossier) -> Assistance:
    """The help that goes on with this draft, under lock. Raises NotHelped for a dossier somebody files herself."""
    found = Assistance.objects.select_for_update().filter(dossier=row, ended_at=None).first()
    if found is None:
        raise NotHelped()
    return found


@action("dossiers.ask_consent")
def ask_consent(act: Act, *, dossier: str, phone: str) -> dict:
    """Send a six-digit code to the person's phone; whoever reads it out to the helper consents to this filing."""
    row = lock(act, dossier, "submit")
    if phone_problem(phone):
        raise WrongConsentCode(
            [{"field": "phone", "code": "phone", "message": str(WrongConsentCode.message)}]
        )
    help_given = _help(row)
    if help_given.codes_sent >= rules.CODES_MAX:
        raise TooManyCodes()
    code = f"{secrets.randbelow(10**6):06d}"
    help_given.phone = normal_phone(phone)
    help_given.code_hash, help_given.code_tries = make_password(code), 0
    help_given.codes_sent += 1
    help_given.code_until = act.at + timedelta(minutes=CODE_MINUTES)
    help_given.save(update_fields=["phone", "code_hash", "code_tries", "code_until", "codes_sent"])
    line = record(act, "dossier.consent_asked", row.subject, facts={"text": CONSENT_TEXT})
    notices.send_code(
        act, line=line, phone=help_given.phone, code=code, purpose="consent", minutes=CODE_MINUTES
    )
    return done(row)


@action("dossiers.confirm_consent")
def confirm_consent(act: Act, *, dossier: str, code: str) -> dict:
    """The code as the person read it out. Five wrong ones end it; the count is kept even when the code is refused."""
    row = lock(act, dossier, "submit")
    help_given = _help(row)
    usable = help_given.code_until is not None and act.at <= help_given.code_until
    if not usable or help_given.code_tries >= rules.CODE_TRIES_MAX:
        raise WrongConsentCode()
    if not check_password("".join(c for c in code if c.isdigit()), help_given.code_hash):
        help_given.code_tries += 1
        help_given.save(update_fields=["code_tries"])
        record(act, "dossier.consent_code_wrong", row.subject, facts={"tries": help_given.code_tries})
        return done(row, consented=False)
    return _consented(act, row, help_given, "code")


@action("dossiers.hand_in_slip")
def hand_in_slip(act: Act, *, dossier: str, file: str) -> dict:
    """A signed consent slip, photographed, for somebody without a phone."""
    row = lock(act, dossier, "submit")
    stored = files.kept_by(act.actor, file)
    help_given = _help(row)
    help_given.slip_id = stored.pk
    return _consented(act, row, help_given, "slip")


def _consented(act: Act, row, help_given: Assistance, method: str) -> dict:
    help_given.method, help_given.consented_at = method, act.at
    help_given.consent_text, help_given.code_hash = CONSENT_TEXT, ""
    help_given.save(update_fields=["method", "consented_at", "consent_text", "code_hash", "slip"])
    record(act, "dossier.consented", row.subject, facts={"method": method, "text": CONSENT_TEXT})
    return done(row, consented=True)


def offices_of(act: Act) -> list[int]:
    """The agencies for which the actor may help, for a choice on the page."""
    return [agency for agency in sorted(act.actor.agencies(*rules.HELPING_ROLES)) if agencies.office(agency)]
