import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import motcua.foundation.crypto
import motcua.kernel.identifiers.references


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("assistant", "0001_first_release"),
        ("accounts", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChannelToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel", models.CharField(max_length=20, unique=True)),
                ("access", motcua.foundation.crypto.SealedField(blank=True)),
                ("refresh", motcua.foundation.crypto.SealedField(blank=True)),
                ("expires_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Handover",
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
                    "reason",
                    models.CharField(
                        choices=[("asked", "ASKED"), ("unsure", "UNSURE"), ("unhappy", "UNHAPPY")],
                        max_length=10,
                    ),
                ),
                ("channel", models.CharField(max_length=10)),
                ("language", models.CharField(default="vi", max_length=2)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "WAITING"), ("taken", "TAKEN"), ("closed", "CLOSED")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("from_turn", models.PositiveSmallIntegerField(default=1)),
                ("agreed", models.BooleanField(default=False)),
                ("agreement", models.CharField(max_length=20)),
                ("agreement_text", models.TextField()),
                ("waiting_since", models.DateTimeField()),
                ("taken_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("answered", "ANSWERED"),
                            ("sent_on", "SENT_ON"),
                            ("unreachable", "UNREACHABLE"),
                            ("withdrawn", "WITHDRAWN"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="assistant.conversation",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["conversation", "id"], name="handover_of_conversation"),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["waiting_since"],
                        name="handover_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("state", "taken")), fields=["taken_at"], name="handover_taken"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "closed"), _negated=True),
                        fields=("conversation",),
                        name="handover_once_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Heard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message", models.CharField(max_length=100, unique=True)),
                ("conversation", models.CharField(blank=True, max_length=26)),
                ("at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="heard_by_time")],
            },
        ),
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=120, unique=True)),
                ("guest", models.CharField(max_length=60)),
                ("to", motcua.foundation.crypto.SealedField(blank=True)),
                ("text", motcua.foundation.crypto.SealedField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("sent", "Sent"), ("failed", "Failed")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("next_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["next_at"], name="outgoing_waiting"
                    ),
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["guest"], name="outgoing_to_guest"
                    ),
                    models.Index(fields=["at"], name="outgoing_by_time"),
                ],
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
                (
                    "public_id",
                    models.CharField(
                        default=motcua.kernel.identifiers.references.public_id, max_length=26, unique=True
                    ),
                ),
                ("question", models.TextField()),
                ("answer", models.TextField()),
                ("language", models.CharField(default="vi", max_length=2)),
                ("slug", models.CharField(blank=True, max_length=140)),
                ("path", models.CharField(blank=True, max_length=140)),
                ("article", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "OPEN"), ("accepted", "ACCEPTED"), ("declined", "DECLINED")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "handover",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="helpline.handover",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["proposed_at"], name="proposal_open"
                    ),
                    models.Index(fields=["handover"], name="proposal_of_handover"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
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
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("intent", models.CharField(blank=True, max_length=40)),
                ("slug", models.CharField(blank=True, max_length=140)),
                (
                    "resolved",
                    models.CharField(
                        choices=[("yes", "YES"), ("no", "NO"), ("handed", "HANDED")], max_length=6
                    ),
                ),
                (
                    "conversation",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="assistant.conversation",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["officer", "-ended_at"], name="call_of_officer")],
            },
        ),
        migrations.CreateModel(
            name="Guest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60, unique=True)),
                ("asked_agreement", models.BooleanField(default=False)),
                ("reach", motcua.foundation.crypto.SealedField(null=True)),
                ("last_at", models.DateTimeField()),
                (
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="assistant.conversation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("conversation__isnull", False)),
                        fields=["conversation"],
                        name="guest_of_conversation",
                    ),
                    models.Index(fields=["last_at"], name="guest_by_last"),
                ],
            },
        ),
    ]
