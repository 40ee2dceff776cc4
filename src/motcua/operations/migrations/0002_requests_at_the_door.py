"""What was asked for at the door counts once the dossier has left it: what still lies there goes out of the figures."""

from zoneinfo import ZoneInfo

from django.db import migrations
from django.db.models import F

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")


def _at_the_door(apps):
    letters = apps.get_model("dossiers", "Letter").objects.filter(
        kind="supplement-request", dossier__business_state__in=("submitted", "door_supplement")
    )
    columns = ("at", "dossier__competent_agency", "dossier__received_by", "dossier__procedure")
    return letters.values_list(*columns).iterator()


def _count(apps, times: int) -> None:
    figures = apps.get_model("operations", "DailyFigure").objects
    for at, agency, desk, procedure in _at_the_door(apps):
        place = figures.filter(
            day=at.astimezone(VIET_NAM).date(),
            agency_id=agency or desk,
            desk_id=desk or agency,
            procedure_id=procedure,
        )
        # a request that is announced and not counted yet has no figure to take away from
        (place.filter(supplements__gt=0) if times < 0 else place).update(supplements=F("supplements") + times)


def forwards(apps, schema_editor) -> None:
    _count(apps, -1)


def backwards(apps, schema_editor) -> None:
    _count(apps, 1)


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0001_initial"),
        ("dossiers", "0005_no_due_date_comes_last"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
