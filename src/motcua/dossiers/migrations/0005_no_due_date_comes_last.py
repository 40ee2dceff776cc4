"""Grants of what was received and has no due date go behind all that has one, as `rules.sort_key` now says."""

from django.db import migrations
from django.db.models import Value
from django.db.models.functions import Concat, Substr

BEFORE_RECEPTION = ("draft", "submitted", "door_supplement", "refused")


def _renumber(apps, first: str, to: str) -> None:
    dossiers = apps.get_model("dossiers", "Dossier")
    grants = apps.get_model("dossiers", "DossierGrant")
    ids = dossiers.objects.filter(due_at=None).exclude(submitted_at=None)
    ids = ids.exclude(business_state__in=BEFORE_RECEPTION).values("pk")
    grants.objects.filter(dossier__in=ids, sort_key__startswith=first).update(
        sort_key=Concat(Value(to), Substr("sort_key", 2))
    )


def forwards(apps, schema_editor) -> None:
    _renumber(apps, "1", "3")


def backwards(apps, schema_editor) -> None:
    _renumber(apps, "3", "1")


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0004_consent_goes_by_the_person"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
