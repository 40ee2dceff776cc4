from django.db import migrations, models

import motcua.foundation.crypto
import motcua.kernel.identifiers.references


class Migration(migrations.Migration):
    replaces = [("notices", "0001_initial")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Message",
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
                ("to", motcua.foundation.crypto.SealedField()),
                ("text", motcua.foundation.crypto.SealedField()),
                ("purpose", models.CharField(max_length=30)),
                ("subject", models.CharField(max_length=100)),
                ("seq", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("expired", "Expired"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("valid_until", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["id"], name="message_waiting"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "seq", "purpose"), name="message_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
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
                ("holder", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=100)),
                ("seq", models.PositiveIntegerField()),
                ("params", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["holder", "-id"], name="notice_by_holder"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)), fields=["holder"], name="notice_unread"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("holder", "subject", "seq", "kind"), name="notice_once")
                ],
            },
        ),
    ]
