import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import motcua.kernel.identifiers.references
import motcua.queue.rules


class Migration(migrations.Migration):
    replaces = [("queue", "0001_tickets_and_windows")]

    initial = True

    dependencies = [
        ("accounts", "0001_first_release"),
        ("agencies", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Device",
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
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                ("kind", models.CharField(choices=[("kiosk", "kiosk"), ("screen", "screen")], max_length=10)),
                ("name", models.CharField(max_length=60)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("prints", models.BooleanField(default=False)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Window",
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
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "officer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("services", models.JSONField(default=list)),
                ("run", models.PositiveIntegerField(default=0)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("agency", "number"),
                        name="window_open_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("officer",),
                        name="window_one_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Serial",
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
                ("day", models.DateField()),
                ("letter", models.CharField(max_length=2)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "day", "letter"), name="queue_serial_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Ticket",
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
                ("day", models.DateField()),
                ("service", models.CharField(max_length=80)),
                ("letter", models.CharField(max_length=2)),
                ("number", models.PositiveIntegerField()),
                ("code", models.CharField(max_length=12)),
                ("priority", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "WAITING"),
                            ("called", "CALLED"),
                            ("serving", "SERVING"),
                            ("done", "DONE"),
                            ("no_show", "NO_SHOW"),
                            ("ended", "ENDED"),
                        ],
                        default=motcua.queue.rules.State["WAITING"],
                        max_length=10,
                    ),
                ),
                ("taken_at", models.DateTimeField()),
                ("since", models.DateTimeField()),
                ("to_window", models.PositiveSmallIntegerField(null=True)),
                (
                    "window",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="queue.window",
                    ),
                ),
                ("calls", models.PositiveSmallIntegerField(default=0)),
                ("returns", models.PositiveSmallIntegerField(default=0)),
                ("called_at", models.DateTimeField(null=True)),
                ("last_called_at", models.DateTimeField(null=True)),
                ("serving_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ahead", models.PositiveIntegerField(default=0)),
                ("windows", models.PositiveSmallIntegerField(default=0)),
                ("pace", models.PositiveIntegerField(null=True)),
                ("served_for", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            (
                                "state__in",
                                (
                                    motcua.queue.rules.State["WAITING"],
                                    motcua.queue.rules.State["CALLED"],
                                    motcua.queue.rules.State["SERVING"],
                                ),
                            )
                        ),
                        fields=["agency", "day", "state"],
                        name="ticket_open",
                    ),
                    models.Index(fields=["agency", "day", "-last_called_at"], name="ticket_called"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "day", "letter", "number"), name="ticket_code_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                (motcua.queue.rules.State["CALLED"], motcua.queue.rules.State["SERVING"]),
                            )
                        ),
                        fields=("window",),
                        name="ticket_one_at_window",
                    ),
                ],
            },
        ),
    ]
