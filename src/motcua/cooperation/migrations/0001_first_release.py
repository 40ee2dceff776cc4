import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import motcua.foundation.crypto
import motcua.kernel.identifiers.references


class Migration(migrations.Migration):
    replaces = [("cooperation", "0001_joint_tasks"), ("cooperation", "0002_passed_on_by_a_reorganisation")]

    initial = True

    dependencies = [
        ("accounts", "0001_first_release"),
        ("agencies", "0001_first_release"),
        ("dossiers", "0001_first_release"),
        ("files", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="JointTask",
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
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("bundle", "BUNDLE"), ("consultation", "CONSULTATION")], max_length=12
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=80)),
                ("role", models.CharField(max_length=12)),
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
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "WAITING"),
                            ("open", "OPEN"),
                            ("done", "DONE"),
                            ("declined", "DECLINED"),
                            ("recalled", "RECALLED"),
                            ("ended", "ENDED"),
                        ],
                        max_length=10,
                    ),
                ),
                ("holds", models.BooleanField(default=False)),
                (
                    "assigned_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("question", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("opened_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("clock_state", models.CharField(default="none", max_length=8)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60)),
                ("answer", motcua.foundation.crypto.SealedField(blank=True, default="")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                ("late_told_at", models.DateTimeField(null=True)),
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
                ("revision", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["dossier", "id"], name="joint_task_by_dossier"),
                    models.Index(
                        condition=models.Q(("late_told_at__isnull", True), ("state", "open")),
                        fields=["due_at"],
                        name="joint_task_untold",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ("open", "waiting"))),
                        fields=["agency", "id"],
                        name="joint_task_at_agency",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "bundle")),
                        fields=("dossier", "key"),
                        name="joint_task_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HandedPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handed",
                        to="cooperation.jointtask",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.paper"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("task", "paper"), name="paper_handed_once")],
            },
        ),
        migrations.CreateModel(
            name="TaskGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("holder", models.CharField(max_length=60)),
                ("role", models.CharField(max_length=20)),
                ("reason", models.CharField(max_length=30)),
                ("todo", models.BooleanField(default=False)),
                ("sort_key", models.CharField(blank=True, max_length=40)),
                (
                    "task",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="cooperation.jointtask",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("todo", True)),
                        fields=["holder", "sort_key", "task"],
                        name="task_grant_todo",
                    ),
                    models.Index(fields=["holder", "-task"], name="task_grant_all"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("task", "holder", "role"), name="task_grant_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskPassing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passings",
                        to="cooperation.jointtask",
                    ),
                ),
                ("cause", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                (
                    "from_agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
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
                ("revision", models.PositiveIntegerField()),
                ("back_at", models.DateTimeField(null=True)),
            ],
        ),
    ]
