"""Assisted filing: a helper files under her own account for somebody who consents by a code or a signed slip."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from motcua.agencies import queries as agencies
from motcua.dossiers import consents, queries, rules
from motcua.dossiers.actions.base import done, lock, write_rights
from motcua.dossiers.actions.declare import open_draft
from motcua.dossiers.errors import (
    HelpedNumberWrong,
    NotHelped,
    NotYours,
    PhoneNeeded,
    PhoneOfMany,
    TooManyCodes,
    WrongConsentCode,
)
from motcua.dossiers.models import Assistance, Dossier
from motcua.files import queries as files
from motcua.foundation import access
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.kernel import forms
from motcua.kernel.identifiers import normal_phone, personal_number_problem, phone_problem
from motcua.kernel.identifiers.personal import bare_digits
from motcua.kernel.text import one_line
from motcua.notices import actions as notices

CONSENT_TEXT = "assisted-filing-2026-11"  # which wording the person agreed to; the texts stand in the portal
CODE_MINUTES = 10


@action("dossiers.start_helping")
def start_helping(
    act: Act,
    *,
    procedure: str,
    person_name: str,
    personal_number: str = "",
    phone: str = "",
    agency: str | None = None,
) -> dict:
    """A helper (digital team, one-stop staff, an officer) starts a draft for somebody. Her position is her office.

    The number says who consents, and stands in the declaration already. Raises NotYours, HelpedNumberWrong, and what
    `open_draft` raises.
    """
    offices = sorted(act.actor.agencies(*rules.HELPING_ROLES))
    if not offices:
        raise NotYours()
    number = _number(personal_number)
    row = open_draft(act, procedure=procedure, channel="assisted", agency=agency)
    row.supported_by_id, row.filer_id, row.applicant_id = offices[0], None, None
    declaration = queries.declared_view_of(row).declaration
    known = forms.prefill(declaration, {"applicant.personal_number": number}) if number else {}
    opened, sealed = forms.split(declaration, known)
    row.answers, row.answers_sealed = opened, sealed or ""
    row.save(update_fields=["supported_by", "filer", "applicant", "answers", "answers_sealed"])
    Assistance.objects.create(
        dossier=row,
        helper_id=act.actor.account_id,
        person_name=one_line(person_name)[:120],
        personal_number=number,
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


def _number(said: str) -> str:
    """The digits of a personal number, "" for none. Raises HelpedNumberWrong."""
    number = bare_digits(said)
    if number and personal_number_problem(number):
        problem = {"field": "personal_number", "code": "number", "message": str(HelpedNumberWrong.message)}
        raise HelpedNumberWrong([problem])
    return number


def _help(row: Dossier) -> Assistance:
    """The help that goes on with this draft, under lock. Raises NotHelped for a dossier somebody files herself."""
    found = Assistance.objects.select_for_update().filter(dossier=row, ended_at=None).first()
    if found is None:
        raise NotHelped()
    return found


@action("dossiers.ask_consent")
def ask_consent(act: Act, *, dossier: str, phone: str = "") -> dict:
    """Send a six-digit code to the person's phone; whoever reads it out to the helper consents to this filing.

    The phone that is known of the person, by her number, is the one that gets it, whatever `phone` says; a one-stop
    that saw her card may put another beside her name (`people.correct`). Of somebody unknown `phone` is taken.
    Answers {…, sent_to: known | typed}. Raises NotHelped, PhoneNeeded, PhoneOfMany, TooManyCodes.
    """
    row = lock(act, dossier, "submit")
    help_given = _help(row)
    known = consents.known_person(row, help_given)
    if known is None and phone_problem(phone):
        raise PhoneNeeded([{"field": "phone", "code": "phone", "message": str(PhoneNeeded.message)}])
    if help_given.codes_sent >= rules.CODES_MAX:
        raise TooManyCodes()
    number = known.phone if known is not None else normal_phone(phone)
    person = consents.person_blind(row, help_given)
    most = settings.MOTCUA.consent_persons_per_phone
    if not consents.count_phone(number, person, local_date(act.at), most=most):
        raise PhoneOfMany(most=most)
    if known is not None:  # the helper learns the end of her number
        access.seen(act.actor, at=act.at, purpose=act.purpose, page="consent", subjects=[known.subject])
    code = f"{secrets.randbelow(10**6):06d}"
    help_given.phone, help_given.person_blind = number, person
    help_given.sent_to = consents.KNOWN if known is not None else consents.TYPED
    help_given.code_hash, help_given.code_tries = make_password(code), 0
    help_given.codes_sent += 1
    help_given.code_until = act.at + timedelta(minutes=CODE_MINUTES)
    help_given.save()
    facts = {"text": CONSENT_TEXT, "sent_to": help_given.sent_to}
    line = record(act, "dossier.consent_asked", row.subject, facts=facts)
    notices.send_code(act, line=line, phone=number, code=code, purpose="consent", minutes=CODE_MINUTES)
    return done(row, sent_to=help_given.sent_to)


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
    help_given.slip_id, help_given.sent_to = stored.pk, ""
    help_given.person_blind = consents.person_blind(row, help_given)
    return _consented(act, row, help_given, "slip")


def _consented(act: Act, row, help_given: Assistance, method: str) -> dict:
    help_given.method, help_given.consented_at = method, act.at
    help_given.consent_text, help_given.code_hash = CONSENT_TEXT, ""
    help_given.save()
    facts = {"method": method, "text": CONSENT_TEXT, "sent_to": help_given.sent_to}
    record(act, "dossier.consented", row.subject, facts=facts)
    return done(row, consented=True)


def offices_of(act: Act) -> list[int]:
    """The agencies for which the actor may help, for a choice on the page."""
    return [agency for agency in sorted(act.actor.agencies(*rules.HELPING_ROLES)) if agencies.office(agency)]
