import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import motcua.dossiers.rules
import motcua.foundation.crypto
import motcua.kernel.identifiers.references


class Migration(migrations.Migration):
    replaces = [
        ("dossiers", "0001_initial"),
        ("dossiers", "0002_indexes_for_supervision"),
        ("dossiers", "0003_transfers_refunds_reasons"),
        ("dossiers", "0004_consent_goes_by_the_person"),
        ("dossiers", "0005_no_due_date_comes_last"),
        ("dossiers", "0006_lateness_and_versions"),
        ("dossiers", "0007_first_promises"),
        ("dossiers", "0008_passed_on_by_a_reorganisation"),
        ("dossiers", "0009_open_dossiers_are_counted"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_first_release"),
        ("agencies", "0001_first_release"),
        ("catalogue", "0001_first_release"),
        ("files", "0001_first_release"),
        ("foundation", "0001_first_release"),
        ("people", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentPhone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("phone_blind", models.CharField(max_length=60)),
                ("person_blind", models.CharField(max_length=60)),
                ("day", models.DateField()),
            ],
            options={
                "indexes": [models.Index(fields=["day"], name="consent_phone_age")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("phone_blind", "day", "person_blind"), name="consent_phone_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Dossier",
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
                    "reference",
                    models.CharField(
                        default=motcua.kernel.identifiers.references.tracking_reference,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("code", models.CharField(max_length=60, null=True, unique=True)),
                (
                    "procedure",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.procedure",
                    ),
                ),
                (
                    "declared_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.packversion",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.packversion",
                    ),
                ),
                ("channel", models.CharField(default="online", max_length=10)),
                (
                    "filer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "applicant",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "competent_agency",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "limit_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                ("passed_on_at", models.DateTimeField(null=True)),
                (
                    "supported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "business_state",
                    models.CharField(
                        choices=[
                            ("draft", "DRAFT"),
                            ("submitted", "SUBMITTED"),
                            ("door_supplement", "DOOR_SUPPLEMENT"),
                            ("refused", "REFUSED"),
                            ("received", "RECEIVED"),
                            ("in_process", "IN_PROCESS"),
                            ("supplement", "SUPPLEMENT"),
                            ("awaiting_payment", "AWAITING_PAYMENT"),
                            ("result_drafted", "RESULT_DRAFTED"),
                            ("result_ready", "RESULT_READY"),
                            ("returned", "RETURNED"),
                            ("withdrawn", "WITHDRAWN"),
                            ("stopped", "STOPPED"),
                        ],
                        default=motcua.dossiers.rules.State["DRAFT"],
                        max_length=20,
                    ),
                ),
                (
                    "finance_state",
                    models.CharField(
                        choices=[
                            ("none", "NONE"),
                            ("unknown", "UNKNOWN"),
                            ("due", "DUE"),
                            ("paid", "PAID"),
                            ("exempt", "EXEMPT"),
                            ("refunded", "REFUNDED"),
                        ],
                        default=motcua.dossiers.rules.Finance["NONE"],
                        max_length=12,
                    ),
                ),
                (
                    "delivery_state",
                    models.CharField(
                        choices=[
                            ("none", "NONE"),
                            ("to_seal", "TO_SEAL"),
                            ("ready", "READY"),
                            ("posted", "POSTED"),
                            ("handed_over", "HANDED_OVER"),
                            ("electronic", "ELECTRONIC"),
                        ],
                        default=motcua.dossiers.rules.Delivery["NONE"],
                        max_length=12,
                    ),
                ),
                (
                    "sync_state",
                    models.CharField(
                        choices=[
                            ("local", "LOCAL"),
                            ("pending", "PENDING"),
                            ("done", "DONE"),
                            ("failed", "FAILED"),
                        ],
                        default=motcua.dossiers.rules.Sync["LOCAL"],
                        max_length=10,
                    ),
                ),
                ("answers", models.JSONField(default=dict)),
                ("answers_sealed", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("started_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField(null=True)),
                ("transferred_at", models.DateTimeField(null=True)),
                ("resolved_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("clock_state", models.CharField(default="none", max_length=8)),
                ("due_at", models.DateTimeField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("first_due_on", models.DateField(null=True)),
                ("first_due_at", models.DateTimeField(null=True)),
                ("apology_by", models.DateField(null=True)),
                ("save_by", models.DateTimeField(null=True)),
                ("due_provisional", models.BooleanField(default=False)),
                ("step", models.PositiveSmallIntegerField(default=0)),
                ("outcome", models.CharField(blank=True, max_length=10)),
                ("outcome_reason", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("result_number", models.CharField(blank=True, max_length=60)),
                (
                    "result_file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["filer", "-id"], name="dossier_by_filer"),
                    models.Index(
                        condition=models.Q(
                            ("closed_at__isnull", True),
                            ("received_at__isnull", False),
                            ("resolved_at__isnull", True),
                        ),
                        fields=["competent_agency", "due_at"],
                        name="dossier_open_due",
                    ),
                    models.Index(fields=["received_by", "received_at"], name="dossier_received"),
                    models.Index(fields=["competent_agency", "resolved_at"], name="dossier_resolved"),
                    models.Index(fields=["procedure", "received_at"], name="dossier_by_procedure"),
                    models.Index(fields=["applicant", "-id"], name="dossier_by_applicant"),
                    models.Index(
                        condition=models.Q(
                            ("closed_at__isnull", True),
                            ("received_at__isnull", False),
                            ("resolved_at__isnull", True),
                        ),
                        fields=["received_by", "due_at"],
                        name="dossier_open_at_desk",
                    ),
                    models.Index(fields=["competent_agency", "received_at"], name="dossier_came"),
                    models.Index(fields=["received_by", "resolved_at"], name="dossier_resolved_at_desk"),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", False), ("resolved_at__isnull", True)),
                        fields=["competent_agency", "closed_at"],
                        name="dossier_ended",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", False), ("resolved_at__isnull", True)),
                        fields=["received_by", "closed_at"],
                        name="dossier_ended_at_desk",
                    ),
                    models.Index(
                        condition=models.Q(("submitted_at__isnull", True)),
                        fields=["id"],
                        name="dossier_drafts",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("apology_by__isnull", False),
                            ("closed_at__isnull", True),
                            ("resolved_at__isnull", True),
                        ),
                        fields=["competent_agency", "apology_by"],
                        name="dossier_apology",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("apology_by__isnull", False),
                            ("closed_at__isnull", True),
                            ("resolved_at__isnull", True),
                        ),
                        fields=["received_by", "apology_by"],
                        name="dossier_apology_at_desk",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("closed_at__isnull", True),
                            ("received_at__isnull", False),
                            ("resolved_at__isnull", True),
                        ),
                        fields=["competent_agency", "save_by"],
                        name="dossier_save_by",
                    ),
                    models.Index(
                        condition=models.Q(("desk__isnull", False)),
                        fields=["desk"],
                        name="dossier_at_new_desk",
                    ),
                    models.Index(
                        condition=models.Q(("passed_on_at__isnull", False)),
                        fields=["passed_on_at"],
                        name="dossier_passed_on",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("closed_at__isnull", True),
                            ("received_at__isnull", False),
                            ("resolved_at__isnull", True),
                        ),
                        fields=[
                            "competent_agency",
                            "received_by",
                            "desk",
                            "procedure",
                            "clock_state",
                            "due_at",
                        ],
                        name="dossier_open_counted",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received_at__isnull", True), ("code__isnull", False), _connector="OR"
                        ),
                        name="dossier_received_has_code",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Serial",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                ("day", models.DateField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("agency", "day"), name="serial_once")],
            },
        ),
        migrations.CreateModel(
            name="SerialBlock",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                ("day", models.DateField()),
                ("first", models.PositiveIntegerField()),
                ("last", models.PositiveIntegerField()),
                ("lent_to", models.CharField(max_length=80)),
                ("lent_at", models.DateTimeField()),
                ("used_to", models.PositiveIntegerField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ClockEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clock_events",
                        to="dossiers.dossier",
                    ),
                ),
                ("kind", models.CharField(max_length=8)),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=30)),
                ("until", models.DateField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["dossier", "id"], name="clock_by_dossier"),
                    models.Index(
                        condition=models.Q(("kind", "restart")), fields=["at"], name="clock_restarts"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assistance",
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
                        related_name="assistance",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "helper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("person_name", motcua.foundation.crypto.SealedField(default="")),
                ("personal_number", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("phone", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("sent_to", models.CharField(blank=True, max_length=5)),
                ("person_blind", models.CharField(blank=True, max_length=60)),
                ("method", models.CharField(blank=True, max_length=4)),
                ("code_hash", models.CharField(blank=True, max_length=200)),
                ("code_until", models.DateTimeField(null=True)),
                ("code_tries", models.PositiveSmallIntegerField(default=0)),
                ("codes_sent", models.PositiveSmallIntegerField(default=0)),
                (
                    "slip",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                ("consent_text", models.CharField(blank=True, max_length=40)),
                ("consented_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DossierGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("holder", models.CharField(max_length=60)),
                ("role", models.CharField(max_length=20)),
                ("reason", models.CharField(max_length=30)),
                ("todo", models.BooleanField(default=False)),
                ("sort_key", models.CharField(blank=True, max_length=40)),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("todo", True)),
                        fields=["holder", "sort_key", "dossier"],
                        name="dossier_grant_todo",
                    ),
                    models.Index(fields=["holder", "-dossier"], name="dossier_grant_all"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "holder", "role"), name="dossier_grant_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="FeeLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fees",
                        to="dossiers.dossier",
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=300)),
                ("money", models.CharField(max_length=4)),
                ("quantity", models.PositiveSmallIntegerField(default=1)),
                ("normal", models.PositiveIntegerField(null=True)),
                ("payable", models.PositiveIntegerField(null=True)),
                ("legal_reason", models.CharField(blank=True, max_length=300)),
                ("paid_at", models.DateTimeField(null=True)),
                ("paid_to", models.CharField(blank=True, max_length=80)),
                ("receipt_number", models.CharField(blank=True, max_length=60)),
                ("refunded_at", models.DateTimeField(null=True)),
                ("refund_number", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("dossier", "key"), name="fee_line_once")],
            },
        ),
        migrations.CreateModel(
            name="Letter",
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
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="dossiers.dossier",
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                ("content", motcua.foundation.crypto.SealedField(default="")),
                ("answered_at", models.DateTimeField(null=True)),
                ("beyond", models.CharField(blank=True, default="", max_length=10)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["dossier", "id"], name="letter_by_dossier"),
                    models.Index(
                        condition=models.Q(("kind", "supplement-request")), fields=["at"], name="letter_asked"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PassingOn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passings",
                        to="dossiers.dossier",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("cause", models.CharField(max_length=120)),
                ("back", models.BooleanField(default=False)),
                (
                    "from_agency",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "to_agency",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "from_desk",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "to_desk",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                ("counts", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["dossier", "id"], name="passing_by_dossier"),
                    models.Index(
                        condition=models.Q(("counts", True)),
                        fields=["from_agency", "at"],
                        name="passing_by_former",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
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
                        related_name="rating",
                        to="dossiers.dossier",
                    ),
                ),
                ("stars", models.PositiveSmallIntegerField()),
                ("comment", motcua.foundation.crypto.SealedField(blank=True, default="")),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="StepRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="dossiers.dossier",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("key", models.CharField(max_length=60)),
                ("stage", models.CharField(max_length=12)),
                ("started_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("note", motcua.foundation.crypto.SealedField(blank=True, default="")),
            ],
            options={
                "indexes": [models.Index(fields=["dossier", "id"], name="step_by_dossier")],
            },
        ),
        migrations.CreateModel(
            name="VersionMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="version_moves",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "former",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.packversion",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["dossier", "id"], name="version_move_by_dossier")],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="dossiers.dossier",
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=300)),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                ("form", models.CharField(default="electronic", max_length=20)),
                ("quantity", models.PositiveSmallIntegerField(default=1)),
                ("digitised", models.PositiveSmallIntegerField(default=0)),
                ("added_at", models.DateTimeField()),
                ("added_by", models.CharField(max_length=80)),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="dossiers.letter",
                    ),
                ),
                ("removed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["dossier", "id"], name="paper_by_dossier")],
            },
        ),
    ]
