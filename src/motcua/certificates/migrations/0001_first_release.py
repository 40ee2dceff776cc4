import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import motcua.certificates.rules
import motcua.foundation.crypto
import motcua.kernel.identifiers.references


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_first_release"),
        ("dossiers", "0001_first_release"),
        ("accounts", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Booth",
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
                ("name_vi", models.CharField(max_length=120)),
                ("name_en", models.CharField(blank=True, max_length=120)),
                ("address", models.CharField(max_length=200)),
                ("days", models.CharField(max_length=7)),
                ("opens", models.TimeField()),
                ("closes", models.TimeField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Request",
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
                    "way",
                    models.CharField(
                        choices=[
                            ("desk", "DESK"),
                            ("booth", "BOOTH"),
                            ("online", "ONLINE"),
                            ("authority", "AUTHORITY"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "key_place",
                    models.CharField(choices=[("device", "DEVICE"), ("remote", "REMOTE")], max_length=8),
                ),
                ("asked_at", models.DateTimeField()),
                ("consent", models.JSONField(default=dict)),
                ("consent_version", models.CharField(blank=True, max_length=64)),
                ("consent_how", models.CharField(blank=True, max_length=8)),
                ("consented_at", models.DateTimeField(null=True)),
                ("identity_how", models.CharField(blank=True, max_length=10)),
                ("identity_at", models.DateTimeField(null=True)),
                ("paper", models.CharField(blank=True, max_length=20)),
                ("paper_number", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("checked_for", models.CharField(blank=True, max_length=80)),
                ("request", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("key_digest", models.CharField(blank=True, db_index=True, max_length=64)),
                ("key_kind", models.CharField(blank=True, max_length=12)),
                ("code", models.CharField(blank=True, db_index=True, max_length=80)),
                ("code_until", models.DateTimeField(null=True)),
                ("issued_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "booth",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="certificates.booth",
                    ),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.dossier"
                    ),
                ),
                (
                    "identity_by",
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
                    models.Index(fields=["asked_at"], name="certificate_asked"),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True), ("issued_at__isnull", True)),
                        fields=["dossier"],
                        name="certificate_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
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
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="certificates.request",
                    ),
                ),
                ("serial", models.CharField(max_length=60, unique=True)),
                ("issuer", models.CharField(max_length=200)),
                ("content", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("key_digest", models.CharField(db_index=True, max_length=64)),
                (
                    "key_place",
                    models.CharField(choices=[("device", "DEVICE"), ("remote", "REMOTE")], max_length=8),
                ),
                ("credential", models.CharField(blank=True, max_length=120)),
                ("issued_at", models.DateTimeField()),
                ("begins", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_why", models.CharField(blank=True, max_length=30)),
                ("heard_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=["asked_at"],
                        name="certificate_asked_about",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Order",
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
                        choices=[("issue", "ISSUE"), ("renew", "RENEW"), ("revoke", "REVOKE")], max_length=8
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("desk", "DESK"),
                            ("booth", "BOOTH"),
                            ("online", "ONLINE"),
                            ("authority", "AUTHORITY"),
                        ],
                        max_length=10,
                    ),
                ),
                ("content", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("key_digest", models.CharField(blank=True, db_index=True, max_length=64)),
                ("reason", models.CharField(blank=True, max_length=30)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "WAITING"),
                            ("activation", "ACTIVATION"),
                            ("done", "DONE"),
                            ("failed", "FAILED"),
                            ("dropped", "DROPPED"),
                        ],
                        default=motcua.certificates.rules.State["WAITING"],
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("trouble", models.CharField(blank=True, max_length=40)),
                ("said", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("rejected", models.CharField(blank=True, max_length=60)),
                ("rejected_issuer", models.CharField(blank=True, max_length=200)),
                ("activation", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "booth",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="certificates.booth",
                    ),
                ),
                (
                    "ends",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="certificates.order",
                    ),
                ),
                (
                    "made",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="certificates.certificate",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="certificates.certificate",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="certificates.request",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "done_at"], name="certificate_order_done")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "issue"), ("state__in", ["waiting", "activation"])),
                        fields=("request",),
                        name="certificate_issue_once_open",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "activation"])),
                        fields=("of", "kind"),
                        name="certificate_order_once_open",
                    ),
                ],
            },
        ),
    ]
