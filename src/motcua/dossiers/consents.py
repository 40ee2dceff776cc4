"""Whose consent an assisted filing goes by: which person a draft is for, her known phone, how many a phone speaks for.

The code goes to the phone that is known of the person; the one that the helper types is used for somebody unknown only.
A consent is bound to the person: when the draft comes to name another, it has to be asked for again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from motcua.dossiers.models import Assistance, ConsentPhone, Dossier
from motcua.foundation.crypto import blind, blinds
from motcua.kernel import forms
from motcua.kernel.text import fold
from motcua.people import queries as people
from motcua.people import rules as people_rules

KNOWN, TYPED, SLIP = "known", "typed", "slip"


@dataclass(frozen=True)
class Consent:
    """How somebody agreed that another files for her: `how` is known | typed (a code to that phone, whose end is
    `phone`) | slip."""

    how: str
    phone: str
    at: datetime


def consent_of(dossier: Dossier) -> Consent | None:
    """The consent behind an assisted filing, None for any other dossier and before it is given. One query at most."""
    if dossier.channel != "assisted":
        return None
    row = Assistance.objects.filter(dossier=dossier).exclude(consented_at=None).first()
    if row is None or row.consented_at is None:
        return None
    by_code = row.method == "code"
    phone = people_rules.masked_phone(row.phone) if by_code else ""
    return Consent(row.sent_to or TYPED if by_code else SLIP, phone, row.consented_at)


def number_of(dossier: Dossier, help_given: Assistance) -> str:
    """The personal number of the person a draft is for: as the declaration says, else as the help was begun for."""
    _kind, said = people_rules.from_answers(forms.merge(dossier.answers, dossier.answers_sealed or {}))
    return str(said.get("personal_number") or help_given.personal_number)


def known_person(dossier: Dossier, help_given: Assistance) -> people.PartyView | None:
    """The person of the registry that a draft is for, when she is known by her number and with a phone."""
    number = number_of(dossier, help_given)
    found = people.by_number(number) if number else None
    return found if found is not None and found.phone else None


def _person(dossier: Dossier, help_given: Assistance) -> str:
    number = number_of(dossier, help_given)
    return f"number:{number}" if number else _by_name(help_given)


def _by_name(help_given: Assistance) -> str:
    return f"name:{fold(help_given.person_name)}"


def person_blind(dossier: Dossier, help_given: Assistance) -> str:
    """The index of the person a draft is for, by which consents and phones are counted without naming anybody."""
    return blind("consent.person", _person(dossier, help_given))


def is_for_same(dossier: Dossier, help_given: Assistance) -> bool:
    """Whether what was asked or given stands for the person that the draft names now."""
    return help_given.person_blind in blinds("consent.person", _person(dossier, help_given))


def still_stands(dossier: Dossier, help_given: Assistance, day: date, *, most: int) -> bool:
    """Whether what was asked or given stands after the declaration was changed; `help_given.person_blind` (saved by the
    caller) follows a number that was filled in only now.

    Another number is another person. A number where there was only a name is hers, and a signed slip holds for it; a
    code holds as long as no other phone is known of her and the phone it went to speaks for few.
    """
    if is_for_same(dossier, help_given):
        return True
    if help_given.person_blind not in blinds("consent.person", _by_name(help_given)):
        return False
    person = person_blind(dossier, help_given)
    if help_given.method != "code" and not help_given.code_hash:
        help_given.person_blind = person
        return True
    known = known_person(dossier, help_given)
    if known is not None and known.phone != help_given.phone:
        return False
    if not count_phone(help_given.phone, person, day, most=most):
        return False
    help_given.person_blind = person
    return True


def count_phone(phone: str, person: str, day: date, *, most: int) -> bool:
    """Note that `phone` is asked to consent for the person with this index; False, and nothing noted, when it was asked
    for `most` others on that day."""
    rows = ConsentPhone.objects.filter(phone_blind__in=blinds("consent.phone", phone), day=day)
    others = set(rows.values_list("person_blind", flat=True)) - {person}
    if len(others) >= most:
        return False
    ConsentPhone.objects.get_or_create(
        phone_blind=blind("consent.phone", phone), person_blind=person, day=day
    )
    return True


def forget_phones(before: date) -> int:
    """Forget the counts of days before `before`; returns how many."""
    return ConsentPhone.objects.filter(day__lt=before).delete()[0]


def assistance_of(dossier: Dossier) -> Assistance | None:
    """Who helps (or helped) with this dossier, and whether the person has consented."""
    return Assistance.objects.filter(dossier=dossier).first()


def helped_by(account_id: int, *, limit: int = 50) -> list[Assistance]:
    """The dossiers that an account helped to file, newest first, without their content; `ended_at` is None while
    the help lasts."""
    rows = Assistance.objects.filter(helper_id=account_id).select_related("dossier__procedure")
    return list(rows.defer("dossier__answers", "dossier__answers_sealed").order_by("-dossier")[:limit])
