"""What assisted filing adds to a draft's acts: consent follows the person, nothing is handed in without, help ends."""

from __future__ import annotations

from django.conf import settings

from motcua.dossiers import consents, rules
from motcua.dossiers.errors import ConsentNeeded
from motcua.dossiers.models import Assistance, Dossier
from motcua.foundation.acts import Act
from motcua.foundation.journal import record
from motcua.foundation.time import local_date


def follow_person(act: Act, row: Dossier) -> None:
    """The answers were changed. If they name another person now, what was asked and given stood for the former one:
    it ends, with a journal line."""
    if row.channel != "assisted" or row.business_state != rules.State.DRAFT:
        return
    asked = Assistance.objects.select_for_update().filter(dossier=row, ended_at=None).exclude(person_blind="")
    help_given = asked.first()
    if help_given is None or consents.is_for_same(row, help_given):
        return
    most = settings.MOTCUA.consent_persons_per_phone
    if not consents.still_stands(row, help_given, local_date(act.at), most=most):
        help_given.person_blind = help_given.sent_to = help_given.method = help_given.consent_text = ""
        help_given.code_hash, help_given.code_until = "", None
        help_given.consented_at = help_given.slip = None
        record(act, "dossier.consent_void", row.subject)
    help_given.save()


def demand_consent(row: Dossier) -> None:
    """Raises ConsentNeeded where somebody files for another who has not agreed."""
    if row.channel != "assisted":
        return
    help_given = Assistance.objects.filter(dossier=row).first()
    if help_given is None or help_given.consented_at is None or not consents.is_for_same(row, help_given):
        raise ConsentNeeded()


def end_of_help(act: Act, row: Dossier) -> dict:
    """At submission the helper's access ends and the dossier belongs to the person alone: the columns that change."""
    if row.channel != "assisted":
        return {}
    Assistance.objects.filter(dossier=row).update(ended_at=act.at)
    return {"filer_id": None}
