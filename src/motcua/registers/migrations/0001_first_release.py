import django.db.models.deletion
from django.db import migrations, models

import motcua.foundation.crypto
import motcua.kernel.identifiers.references


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_first_release"),
        ("files", "0001_first_release"),
        ("people", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Holding",
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
                (
                    "origin",
                    models.CharField(
                        choices=[("uploaded", "UPLOADED"), ("checked", "CHECKED"), ("result", "RESULT")],
                        max_length=8,
                    ),
                ),
                ("kind", models.CharField(blank=True, max_length=80)),
                ("name", models.CharField(max_length=300)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("procedure", models.CharField(blank=True, max_length=120)),
                ("key", models.CharField(blank=True, max_length=80)),
                ("dossier", models.CharField(blank=True, max_length=26)),
                ("own", models.BooleanField(default=True)),
                ("digitised", models.PositiveSmallIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, max_length=26)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
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
                    "party",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["party", "-id"], name="holding_by_party")],
            },
        ),
        migrations.CreateModel(
            name="Entry",
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
                ("register", models.CharField(max_length=80)),
                ("values", motcua.foundation.crypto.SealedField()),
                ("salt", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=64)),
                ("file_sha256", models.CharField(blank=True, max_length=64)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, max_length=26)),
                ("disputed_at", models.DateTimeField(null=True)),
                (
                    "party",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
                (
                    "holding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="registers.holding",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["party", "register"],
                        name="entry_in_force",
                    ),
                    models.Index(fields=["party", "-id"], name="entry_by_party"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reuse",
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
                ("dossier", models.CharField(max_length=26)),
                ("key", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[("given", "GIVEN"), ("refused", "REFUSED"), ("withdrawn", "WITHDRAWN")],
                        max_length=10,
                    ),
                ),
                ("basis", models.CharField(max_length=8)),
                ("demanded", models.BooleanField(default=True)),
                ("digitised", models.PositiveSmallIntegerField(default=0)),
                ("words", motcua.foundation.crypto.SealedField()),
                ("text_version", models.CharField(max_length=40)),
                ("source", motcua.foundation.crypto.SealedField()),
                ("at", models.DateTimeField()),
                ("channel", models.CharField(max_length=10)),
                ("by", models.CharField(max_length=80)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "holding",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reuses",
                        to="registers.holding",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["dossier", "id"], name="reuse_by_dossier"),
                    models.Index(fields=["party", "-id"], name="reuse_by_party"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mismatch",
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
                ("dossier", models.CharField(max_length=26)),
                ("field", models.CharField(max_length=60)),
                ("said", motcua.foundation.crypto.SealedField()),
                ("at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_as", models.CharField(blank=True, max_length=10)),
                ("settled_by", models.CharField(blank=True, max_length=80)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mismatches",
                        to="registers.entry",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at", None)), fields=["dossier"], name="mismatch_open"
                    )
                ],
            },
        ),
    ]
