import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import motcua.kernel.identifiers.references


class Migration(migrations.Migration):
    replaces = [
        ("agencies", "0001_initial"),
        ("agencies", "0002_acting_for_somebody"),
        ("agencies", "0003_codes_as_long_as_packs_allow"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agency",
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
                ("code", models.CharField(max_length=80, unique=True)),
                ("name_vi", models.CharField(max_length=200)),
                ("name_en", models.CharField(blank=True, max_length=200)),
                ("name_folded", models.CharField(max_length=200)),
                ("sort_key", models.CharField(blank=True, max_length=500)),
                ("kind", models.CharField(max_length=20)),
                ("level", models.CharField(blank=True, max_length=10)),
                ("function", models.CharField(blank=True, max_length=40)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="agencies.agency",
                    ),
                ),
                ("area_code", models.CharField(blank=True, db_index=True, max_length=60)),
                ("serves", models.JSONField(default=list)),
                ("identification_code", models.CharField(blank=True, max_length=35)),
                ("dossier_code", models.CharField(blank=True, max_length=35)),
                ("calendar", models.CharField(blank=True, max_length=60)),
                ("hours", models.CharField(blank=True, max_length=60)),
                ("address", models.CharField(blank=True, default="", max_length=300)),
                ("receives", models.BooleanField(default=False)),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("unverified", models.JSONField(default=list)),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "valid_to"], name="agency_by_kind")],
            },
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                ("name_vi", models.CharField(max_length=200)),
                ("name_en", models.CharField(blank=True, max_length=200)),
                ("kind", models.CharField(max_length=20)),
                ("parent_code", models.CharField(blank=True, max_length=60)),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["parent_code"], name="area_by_parent")],
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="area_once_per_start"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_from__isnull", True)),
                        fields=("code",),
                        name="area_once_without_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        choices=[("agency", "agency"), ("area", "area")], default="agency", max_length=6
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("merge", "Merge"),
                            ("split", "Split"),
                            ("part", "Part"),
                            ("rename", "Rename"),
                            ("transfer", "Transfer"),
                        ],
                        max_length=10,
                    ),
                ),
                ("from_code", models.CharField(db_index=True, max_length=80)),
                ("to_code", models.CharField(db_index=True, max_length=80)),
                ("on", models.DateField()),
                ("source", models.TextField(blank=True)),
                ("unverified", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("of", "kind", "from_code", "to_code", "on"), name="succession_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgencyChange",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="agencies.agency",
                    ),
                ),
                ("field", models.CharField(max_length=30)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("on", models.DateField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["on"], name="agency_change_on")],
            },
        ),
        migrations.CreateModel(
            name="Position",
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
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="agencies.agency",
                    ),
                ),
                ("role", models.CharField(max_length=20)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("appointed_by", models.CharField(max_length=80)),
                ("appointed_act", models.CharField(max_length=100)),
                (
                    "acting_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["account", "ends_at"], name="position_of_account"),
                    models.Index(fields=["agency", "role", "ends_at"], name="position_at_agency"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at__isnull", True)),
                        fields=("account", "agency", "role"),
                        name="position_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True),
                            ("ends_at__gte", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="position_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("acting_for__isnull", True), ("ends_at__isnull", False), _connector="OR"
                        ),
                        name="position_acting_ends",
                    ),
                ],
            },
        ),
    ]
