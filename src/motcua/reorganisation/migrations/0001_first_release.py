import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import motcua.foundation.crypto
import motcua.kernel.identifiers.references


class Migration(migrations.Migration):
    replaces = [("reorganisation", "0001_initial")]

    initial = True

    dependencies = [
        ("accounts", "0001_first_release"),
        ("agencies", "0001_first_release"),
        ("dossiers", "0001_first_release"),
        ("foundation", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=motcua.kernel.identifiers.references.public_id,
                        editable=False,
                        max_length=26,
                        unique=True,
                    ),
                ),
                ("reorganisation", models.CharField(max_length=120)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.packversion",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applying", "Applying"),
                            ("applied", "Applied"),
                            ("undoing", "Undoing"),
                            ("undone", "Undone"),
                        ],
                        default="applying",
                        max_length=10,
                    ),
                ),
                ("partly", models.BooleanField(default=False)),
                ("turn", models.PositiveIntegerField(default=1)),
                ("after", models.BigIntegerField(default=0)),
                ("moved_in_turn", models.PositiveIntegerField(default=0)),
                ("moved", models.PositiveIntegerField(default=0)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "undone"), _negated=True),
                        fields=("reorganisation",),
                        name="reorganisation_runs_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reorganisation", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[("dossier", "Dossier"), ("rule", "Rule"), ("position", "Position")],
                        max_length=10,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("from_code", models.CharField(blank=True, max_length=80)),
                ("area_code", models.CharField(blank=True, max_length=80)),
                ("procedure", models.CharField(blank=True, max_length=120)),
                ("role", models.CharField(blank=True, max_length=20)),
                ("to_code", models.CharField(max_length=80)),
                ("reason", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("decided_by", models.CharField(max_length=80)),
                ("decided_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("replaced_at__isnull", True)),
                        fields=["reorganisation", "kind"],
                        name="reorganisation_decided",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PositionMoved",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to="reorganisation.run",
                    ),
                ),
                ("ended", models.CharField(max_length=26)),
                ("granted", models.CharField(blank=True, max_length=26)),
                ("back", models.CharField(blank=True, max_length=26)),
                ("closed", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("moved", "Moved"), ("restored", "Restored"), ("kept", "Kept")],
                        default="moved",
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("run", "ended", "granted"), name="position_moved_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Moved",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moved_dossiers",
                        to="reorganisation.run",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="dossiers.dossier"
                    ),
                ),
                ("basis", models.CharField(max_length=10)),
                ("declared", models.CharField(blank=True, max_length=80)),
                ("resolved", models.CharField(blank=True, max_length=80)),
                (
                    "from_agency",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "from_desk",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "assigned",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "limit_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("moved", "Moved"), ("restored", "Restored"), ("kept", "Kept")],
                        default="moved",
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "indexes": [models.Index(fields=["run", "state", "id"], name="moved_by_run")],
            },
        ),
    ]
