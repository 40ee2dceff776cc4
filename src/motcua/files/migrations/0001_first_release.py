import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import motcua.foundation.crypto
import motcua.kernel.identifiers.references


class Migration(migrations.Migration):
    replaces = [("files", "0001_initial")]

    initial = True

    dependencies = [
        ("accounts", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
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
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("name", motcua.foundation.crypto.SealedField(default="")),
                (
                    "kept_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("kept_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
        ),
    ]
