import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                ("at", models.DateTimeField(db_index=True)),
                ("lines", models.PositiveIntegerField()),
                ("total", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("jws", models.TextField()),
                ("leaves", models.BinaryField()),
                ("behind", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="SealDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                ("on", models.DateField(unique=True)),
                ("first", models.PositiveIntegerField()),
                ("seals", models.PositiveIntegerField()),
                ("lines", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("jws", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="SealKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kid", models.CharField(max_length=64, unique=True)),
                ("public", models.JSONField()),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SealedChain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveIntegerField()),
                ("chain", models.CharField(max_length=100)),
                ("first", models.PositiveIntegerField()),
                ("last", models.PositiveIntegerField()),
                (
                    "seal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="chains", to="sealing.seal"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("chain", "first"), name="sealed_line_once")],
            },
        ),
    ]
