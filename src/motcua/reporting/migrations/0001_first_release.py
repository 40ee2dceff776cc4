import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import motcua.foundation.crypto
import motcua.kernel.identifiers.references
import motcua.reporting.rules.petitions


class Migration(migrations.Migration):
    replaces = [("reporting", "0001_reports_and_petitions")]

    initial = True

    dependencies = [
        ("accounts", "0001_first_release"),
        ("agencies", "0001_first_release"),
        ("catalogue", "0001_first_release"),
        ("dossiers", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
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
                ("form", models.CharField(max_length=40)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("label", models.CharField(max_length=7)),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("version", models.PositiveSmallIntegerField()),
                ("content", models.JSONField()),
                ("hash", models.CharField(max_length=64)),
                ("closed_at", models.DateTimeField()),
                ("closed_by", models.CharField(max_length=80)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "form", "kind", "first", "version"), name="report_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Petition",
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
                (
                    "reference",
                    models.CharField(
                        default=motcua.kernel.identifiers.references.tracking_reference,
                        max_length=24,
                        unique=True,
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.procedure",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                ("name", motcua.foundation.crypto.SealedField(default="")),
                ("phone", motcua.foundation.crypto.SealedField(default="")),
                ("dossier_code", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("text", motcua.foundation.crypto.SealedField(default="")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "SENT"),
                            ("accepted", "ACCEPTED"),
                            ("declined", "DECLINED"),
                            ("answered", "ANSWERED"),
                        ],
                        default=motcua.reporting.rules.petitions.State["SENT"],
                        max_length=10,
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("decline", models.CharField(blank=True, max_length=10)),
                ("answer", motcua.foundation.crypto.SealedField(blank=True, default="")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("public_text", models.TextField(blank=True)),
                ("public_answer", models.TextField(blank=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("satisfied", models.BooleanField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["agency", "due_on"],
                        name="petition_open",
                    ),
                    models.Index(fields=["agency", "sent_at"], name="petition_sent"),
                    models.Index(
                        condition=models.Q(("published_at__isnull", False)),
                        fields=["-published_at"],
                        name="petition_public",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                ("label", models.CharField(max_length=7)),
                ("counts", models.JSONField()),
                ("counted_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("label", "agency"), name="public_figure_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="reporting.report",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                ("level", models.CharField(max_length=10)),
                ("sector", models.CharField(max_length=120)),
                ("entry", models.PositiveSmallIntegerField()),
                ("exit", models.PositiveSmallIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["dossier"], name="report_member_dossier")],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "dossier"), name="report_member_once")
                ],
            },
        ),
    ]
