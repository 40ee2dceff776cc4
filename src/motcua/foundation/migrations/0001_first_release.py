import django.db.models.deletion
from django.db import migrations, models

import motcua.foundation.crypto


class Migration(migrations.Migration):
    replaces = [("foundation", "0001_initial"), ("foundation", "0002_access_reason")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="JournalHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chain", models.CharField(max_length=100, unique=True)),
                ("count", models.PositiveIntegerField()),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                ("cron", models.CharField(max_length=60)),
                ("next_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="AccessEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
                ("actor", models.CharField(max_length=80)),
                ("office", models.CharField(blank=True, max_length=200)),
                ("purpose", models.CharField(max_length=120)),
                ("page", models.CharField(max_length=120)),
                ("reason", motcua.foundation.crypto.SealedField(blank=True, default="")),
            ],
            options={
                "indexes": [models.Index(fields=["actor", "at"], name="access_by_actor")],
            },
        ),
        migrations.CreateModel(
            name="ActRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("caller", models.CharField(max_length=80)),
                ("act_id", models.CharField(max_length=100)),
                ("verb", models.CharField(max_length=80)),
                ("body_hash", models.CharField(max_length=64)),
                ("result", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("caller", "act_id"), name="act_once_per_caller")
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("done", "Done"), ("dead", "Dead")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("available_at", models.DateTimeField()),
                ("lease_until", models.DateTimeField(null=True)),
                ("leased_by", models.CharField(blank=True, max_length=80)),
                ("last_error", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("handler", models.CharField(max_length=80)),
                ("event", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=100)),
                ("seq", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("payload", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["id"], name="delivery_waiting"
                    ),
                    models.Index(
                        condition=models.Q(("state", "done"), _negated=True),
                        fields=["handler", "subject", "id"],
                        name="delivery_order",
                    ),
                    models.Index(
                        condition=models.Q(("state", "done")), fields=["done_at"], name="delivery_done"
                    ),
                    models.Index(condition=models.Q(("state", "dead")), fields=["id"], name="delivery_dead"),
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chain", models.CharField(max_length=100)),
                ("seq", models.PositiveIntegerField()),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("verb", models.CharField(max_length=80)),
                ("actor", models.CharField(max_length=80)),
                ("act_id", models.CharField(max_length=100)),
                ("purpose", models.CharField(blank=True, max_length=120)),
                ("channel", models.CharField(blank=True, max_length=20)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("facts", models.JSONField(default=dict)),
                ("personal", models.JSONField(default=dict)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("chain", "seq"), name="journal_seq_once")],
            },
        ),
        migrations.CreateModel(
            name="PackVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=30)),
                ("key", models.CharField(max_length=120)),
                ("hash", models.CharField(max_length=64)),
                ("body", models.JSONField()),
                ("layers", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("withdrawn", "Withdrawn")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("number", models.PositiveIntegerField(default=0)),
                ("valid_from", models.DateTimeField(null=True)),
                ("valid_to", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("published_by", models.CharField(blank=True, max_length=80)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "key", "state"], name="pack_by_key")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft"), _negated=True),
                        fields=("kind", "key", "number"),
                        name="pack_version_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")), fields=("kind", "key"), name="pack_one_draft"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published"), ("valid_to__isnull", True)),
                        fields=("kind", "key"),
                        name="pack_one_current",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RateWindow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=120)),
                ("window", models.BigIntegerField()),
                ("used", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["window"], name="rate_window_age")],
                "constraints": [models.UniqueConstraint(fields=("key", "window"), name="rate_window_once")],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("done", "Done"), ("dead", "Dead")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("available_at", models.DateTimeField()),
                ("lease_until", models.DateTimeField(null=True)),
                ("leased_by", models.CharField(blank=True, max_length=80)),
                ("last_error", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("name", models.CharField(max_length=80)),
                ("key", models.CharField(max_length=120)),
                ("args", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["available_at"], name="task_waiting"
                    ),
                    models.Index(condition=models.Q(("state", "done")), fields=["done_at"], name="task_done"),
                ],
                "constraints": [models.UniqueConstraint(fields=("name", "key"), name="task_once_per_key")],
            },
        ),
        migrations.CreateModel(
            name="AccessSubject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subjects",
                        to="foundation.accessentry",
                    ),
                ),
                ("subject", models.CharField(max_length=100)),
            ],
            options={
                "indexes": [models.Index(fields=["subject", "entry"], name="access_by_subject")],
            },
        ),
        migrations.CreateModel(
            name="JournalPersonal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="personal_values",
                        to="foundation.journalline",
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("salt", models.CharField(max_length=32)),
                ("value", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("line", "name"), name="journal_personal_once")
                ],
            },
        ),
    ]
