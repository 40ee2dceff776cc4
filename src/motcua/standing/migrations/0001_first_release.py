import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import motcua.foundation.crypto


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("dossiers", "0001_first_release"),
        ("accounts", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("jws", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("withdrawn", "WITHDRAWN"),
                            ("replaced", "REPLACED"),
                            ("reinstated", "REINSTATED"),
                        ],
                        max_length=12,
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("result", models.CharField(blank=True, max_length=60)),
                ("agency", models.CharField(max_length=80)),
                ("agency_name", models.CharField(max_length=250)),
                ("procedure", models.CharField(max_length=500)),
                ("decision", models.CharField(max_length=60)),
                ("decided_on", models.DateField()),
                ("reason", models.CharField(max_length=20)),
                ("replaced_by", models.CharField(blank=True, max_length=60)),
                ("note", motcua.foundation.crypto.SealedField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["code", "number"], name="ruling_by_code"),
                    models.Index(fields=["result", "number"], name="ruling_by_result"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuledFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                (
                    "ruling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="standing.ruling",
                    ),
                ),
            ],
        ),
    ]
