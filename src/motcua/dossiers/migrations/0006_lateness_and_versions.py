"""Columns for lateness: the first promise as a moment, the last day for an apology, when a step has to begin; which
requests for a supplement came late or again; and which drafts went over to a newer version of their procedure.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("catalogue", "0001_initial"),
        ("dossiers", "0005_no_due_date_comes_last"),
        ("files", "0001_initial"),
        ("foundation", "0002_access_reason"),
        ("people", "0002_officers_are_people_too"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="VersionMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="dossier",
            name="apology_by",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="dossier",
            name="first_due_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="dossier",
            name="save_by",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="letter",
            name="beyond",
            field=models.CharField(blank=True, default="", max_length=10),
        ),
        migrations.AddIndex(
            model_name="clockevent",
            index=models.Index(condition=models.Q(("kind", "restart")), fields=["at"], name="clock_restarts"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("submitted_at__isnull", True)), fields=["id"], name="dossier_drafts"
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(
                    ("apology_by__isnull", False), ("closed_at__isnull", True), ("resolved_at__isnull", True)
                ),
                fields=["competent_agency", "apology_by"],
                name="dossier_apology",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(
                    ("apology_by__isnull", False), ("closed_at__isnull", True), ("resolved_at__isnull", True)
                ),
                fields=["received_by", "apology_by"],
                name="dossier_apology_at_desk",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(
                    ("closed_at__isnull", True), ("received_at__isnull", False), ("resolved_at__isnull", True)
                ),
                fields=["competent_agency", "save_by"],
                name="dossier_save_by",
            ),
        ),
        migrations.AddField(
            model_name="versionmove",
            name="dossier",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="version_moves",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddField(
            model_name="versionmove",
            name="former",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="foundation.packversion"
            ),
        ),
        migrations.AddIndex(
            model_name="versionmove",
            index=models.Index(fields=["dossier", "id"], name="version_move_by_dossier"),
        ),
    ]
