import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import motcua.foundation.crypto
import motcua.kernel.identifiers.references


class Migration(migrations.Migration):
    replaces = [("people", "0001_initial"), ("people", "0002_officers_are_people_too")]

    initial = True

    dependencies = [
        ("accounts", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Party",
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
                    "kind",
                    models.CharField(
                        choices=[("resident", "Resident"), ("organisation", "Organisation")],
                        default="resident",
                        max_length=12,
                    ),
                ),
                ("full_name", models.CharField(max_length=200)),
                ("personal_number", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("number_blind", models.CharField(max_length=60, null=True)),
                ("birth_on", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("sex", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("ethnicity", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("nationality", models.CharField(blank=True, default="", max_length=60)),
                ("phone", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("phone_blind", models.CharField(blank=True, default="", max_length=60)),
                ("email", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("address", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("tax_code", models.CharField(blank=True, default="", max_length=14)),
                ("tax_key", models.CharField(max_length=60, null=True)),
                (
                    "provenance",
                    models.CharField(
                        choices=[("declared", "Declared"), ("card", "Card"), ("verified", "Verified")],
                        default="declared",
                        max_length=10,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="people.party",
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "parties",
                "indexes": [
                    models.Index(
                        condition=models.Q(("phone_blind", ""), _negated=True),
                        fields=["phone_blind"],
                        name="party_by_phone",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("number_blind",), name="party_one_per_number"),
                    models.UniqueConstraint(fields=("tax_key",), name="party_one_per_tax_code"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Difference",
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
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="differences",
                        to="people.party",
                    ),
                ),
                ("field", models.CharField(max_length=20)),
                ("said", motcua.foundation.crypto.SealedField()),
                ("source", models.CharField(max_length=10)),
                ("said_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_as", models.CharField(blank=True, max_length=10)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=["party"],
                        name="difference_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="party_link",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_links",
                        to="people.party",
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("declared", "Declared"),
                            ("card", "Card"),
                            ("provider", "Provider"),
                            ("officer", "Officer"),
                        ],
                        max_length=10,
                    ),
                ),
                ("declared", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("linked_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("how", "declared"), ("party__isnull", False), _connector="OR"),
                        name="proven_link_has_party",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PartyWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="words", to="people.party"
                    ),
                ),
                ("word", models.CharField(max_length=200)),
                ("whole", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["whole", "word", "party"], name="party_word_search")],
                "constraints": [
                    models.UniqueConstraint(fields=("party", "whole", "word"), name="party_word_once")
                ],
            },
        ),
    ]
