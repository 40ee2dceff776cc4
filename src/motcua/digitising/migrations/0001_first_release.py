import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import motcua.digitising.rules
import motcua.foundation.crypto
import motcua.kernel.identifiers.references


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("dossiers", "0001_first_release"),
        ("files", "0001_first_release"),
        ("accounts", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Scan",
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
                        default=motcua.kernel.identifiers.references.public_id, max_length=26, unique=True
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=300)),
                ("form", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pages", "PAGES"),
                            ("making", "MAKING"),
                            ("made", "MADE"),
                            ("failed", "FAILED"),
                            ("taken", "TAKEN"),
                            ("dropped", "DROPPED"),
                        ],
                        default=motcua.digitising.rules.State["PAGES"],
                        max_length=10,
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        choices=[("none", "NONE"), ("read", "READ"), ("part", "PART"), ("absent", "ABSENT")],
                        default=motcua.digitising.rules.Text["NONE"],
                        max_length=8,
                    ),
                ),
                ("run", models.PositiveIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=40)),
                ("begun_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "certified",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "made",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.paper",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["dossier", "id"], name="scan_by_dossier"),
                    models.Index(
                        condition=models.Q(("state__in", ["pages", "making", "made", "failed"])),
                        fields=["begun_at"],
                        name="scan_open",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=80)),
                ("value", motcua.foundation.crypto.SealedField(default="")),
                ("read", motcua.foundation.crypto.SealedField(default="")),
                ("confidence", models.PositiveSmallIntegerField()),
                ("page", models.PositiveSmallIntegerField()),
                ("box", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "OPEN"),
                            ("accepted", "ACCEPTED"),
                            ("noted", "NOTED"),
                            ("dismissed", "DISMISSED"),
                        ],
                        default=motcua.digitising.rules.Said["OPEN"],
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="digitising.scan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("scan", "field"), name="proposal_once_a_field")
                ]
            },
        ),
        migrations.CreateModel(
            name="ScanPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("index", models.PositiveSmallIntegerField(default=0)),
                ("turned", models.PositiveSmallIntegerField(default=0)),
                ("dpi", models.PositiveSmallIntegerField(null=True)),
                ("dpi_guessed", models.BooleanField(default=False)),
                ("skew", models.FloatField(default=0)),
                ("words", motcua.foundation.crypto.SealedField(blank=True, default="")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pages",
                        to="digitising.scan",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["scan", "place"], name="scan_page_in_order")]},
        ),
    ]
