import django.db.models.deletion
from django.db import migrations, models

import motcua.foundation.crypto


class Migration(migrations.Migration):
    initial = True

    dependencies = [("dossiers", "0001_first_release")]

    operations = [
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("at", models.DateTimeField(db_index=True)),
                ("count", models.PositiveSmallIntegerField(default=0)),
                ("pages", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("problem", models.CharField(blank=True, max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
                ("findings", models.JSONField(default=list)),
                ("unread", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
    ]
