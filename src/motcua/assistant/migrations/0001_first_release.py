import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import motcua.foundation.crypto
import motcua.kernel.identifiers.references


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Conversation",
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
                    "channel",
                    models.CharField(
                        choices=[("web", "web"), ("api", "api"), ("helpline", "helpline"), ("chat", "chat")],
                        max_length=10,
                    ),
                ),
                ("language", models.CharField(default="vi", max_length=2)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "OPEN"),
                            ("waiting_for_person", "WAITING"),
                            ("with_person", "WITH_PERSON"),
                            ("closed", "CLOSED"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("context", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("begun_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "account",
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
                    models.Index(fields=["last_at"], name="conversation_by_last"),
                    models.Index(
                        condition=models.Q(("state", "closed"), _negated=True),
                        fields=["last_at"],
                        name="conversation_living",
                    ),
                    models.Index(
                        condition=models.Q(("account__isnull", False)),
                        fields=["account"],
                        name="conversation_of_account",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("answered", "ANSWERED"), ("message", "MESSAGE"), ("officer", "OFFICER")],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("question", models.TextField(blank=True)),
                ("said", models.TextField(blank=True)),
                ("behaviour", models.CharField(blank=True, max_length=24)),
                ("intent", models.CharField(blank=True, max_length=40)),
                ("slug", models.CharField(blank=True, max_length=140)),
                ("code", models.CharField(blank=True, max_length=40)),
                ("confidence", models.FloatField(default=0)),
                ("guesses", models.JSONField(default=list)),
                ("reply", models.JSONField(default=dict)),
                ("own", motcua.foundation.crypto.SealedField(null=True)),
                ("latency_ms", models.PositiveIntegerField(default=0)),
                ("useful", models.BooleanField(null=True)),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("wrong_procedure", "wrong_procedure"),
                            ("not_understood", "not_understood"),
                            ("incomplete", "incomplete"),
                            ("out_of_date", "out_of_date"),
                            ("other", "other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("rated_at", models.DateTimeField(null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turns",
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
                    models.Index(fields=["at"], name="turn_by_time"),
                    models.Index(
                        condition=models.Q(("useful", False)), fields=["at"], name="turn_not_useful"
                    ),
                    models.Index(
                        condition=models.Q(("own__isnull", False)),
                        fields=["conversation"],
                        name="turn_with_own",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("conversation", "number"), name="turn_number_once")
                ],
            },
        ),
    ]
