"""The first promise of dossiers received before it was kept as a moment.

The last day for an apology needs the calendars of the packs, which no migration reads: `motcua calendar replay --apply`
fills it in for what is open, and puts `save_by` right.
"""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import migrations
from django.db.models import F

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
CLOSING = time(17)  # what was promised was the closing of the office on that day
BATCH = 500


def first_promises(apps, schema_editor) -> None:
    dossiers = apps.get_model("dossiers", "Dossier").objects
    dossiers.filter(first_due_on=F("due_on")).update(first_due_at=F("due_at"))
    moved = dossiers.filter(first_due_at=None).exclude(first_due_on=None).only("pk", "first_due_on")
    batch = []
    for dossier in moved.iterator(chunk_size=BATCH):
        dossier.first_due_at = datetime.combine(dossier.first_due_on, CLOSING, VIET_NAM)
        batch.append(dossier)
        if len(batch) == BATCH:
            dossiers.bulk_update(batch, ["first_due_at"])
            batch = []
    dossiers.bulk_update(batch, ["first_due_at"])
    dossiers.filter(resolved_at=None, closed_at=None).update(save_by=F("due_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0006_lateness_and_versions"),
    ]

    operations = [migrations.RunPython(first_promises, migrations.RunPython.noop)]
