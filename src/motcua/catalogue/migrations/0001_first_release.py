import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("catalogue", "0001_initial")]

    initial = True

    dependencies = [
        ("foundation", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sector",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=120, unique=True)),
                ("name_vi", models.CharField(max_length=200, unique=True)),
                ("name_en", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveIntegerField(default=100000)),
            ],
            options={
                "ordering": ["order", "name_vi"],
            },
        ),
        migrations.CreateModel(
            name="Procedure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=140, unique=True)),
                ("code", models.CharField(max_length=20, null=True, unique=True)),
                (
                    "coverage",
                    models.CharField(
                        choices=[("full", "Full"), ("generic", "Generic"), ("listed", "Listed")], max_length=8
                    ),
                ),
                ("name_vi", models.TextField()),
                ("short_name_vi", models.CharField(max_length=300)),
                ("name_en", models.CharField(blank=True, max_length=300)),
                (
                    "sector",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="procedures",
                        to="catalogue.sector",
                    ),
                ),
                ("level", models.CharField(blank=True, max_length=30)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("historical", "Historical"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("executed_by", models.TextField(blank=True)),
                ("issued_by", models.CharField(blank=True, max_length=300)),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.packversion",
                    ),
                ),
                ("folded", models.TextField()),
                ("sort_name", models.CharField(max_length=200)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["sort_name", "id"], name="procedure_by_name"),
                    models.Index(fields=["sector", "sort_name", "id"], name="procedure_by_sector"),
                    models.Index(fields=["coverage", "sort_name", "id"], name="procedure_by_coverage"),
                ],
            },
        ),
    ]
