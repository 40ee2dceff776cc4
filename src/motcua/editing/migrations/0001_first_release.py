import django.db.models.deletion
from django.db import migrations, models

import motcua.kernel.identifiers.references


class Migration(migrations.Migration):
    replaces = [("editing", "0001_initial"), ("editing", "0002_versionproof")]

    initial = True

    dependencies = [
        ("foundation", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
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
                ("key", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=300)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("blank", "Blank"),
                            ("published", "Published"),
                            ("listed", "Listed"),
                            ("yaml", "Yaml"),
                            ("docx", "Docx"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("offered", "Offered"),
                            ("published", "Published"),
                            ("discarded", "Discarded"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "base",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.packversion",
                    ),
                ),
                ("doubts", models.JSONField(default=list)),
                (
                    "published",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.packversion",
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.CharField(max_length=80)),
                ("offered_by", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "indexes": [models.Index(fields=["state", "-changed_at"], name="draft_by_state")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["open", "offered"])),
                        fields=("key",),
                        name="draft_of_a_procedure_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VersionProof",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="foundation.packversion",
                    ),
                ),
                ("day", models.DateField()),
                ("ok", models.BooleanField()),
                ("asked", models.PositiveIntegerField()),
                ("findings", models.JSONField(default=list)),
                ("unproved", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["day"], name="version_proof_by_day")],
            },
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proofs", to="editing.draft"
                    ),
                ),
                ("revision", models.PositiveIntegerField()),
                ("day", models.DateField()),
                ("ok", models.BooleanField()),
                ("asked", models.PositiveIntegerField()),
                ("findings", models.JSONField(default=list)),
                ("unproved", models.JSONField(default=list)),
                ("coverage", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "revision", "day"), name="proof_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="editing.draft",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("document", models.JSONField()),
                ("hash", models.CharField(max_length=64)),
                ("author", models.CharField(max_length=80)),
                ("author_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("touched", models.CharField(max_length=200)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("draft", "number"), name="revision_once")],
            },
        ),
    ]
