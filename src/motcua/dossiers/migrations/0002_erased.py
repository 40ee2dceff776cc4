from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_first_release"),
        ("catalogue", "0001_first_release"),
        ("dossiers", "0001_first_release"),
        ("files", "0001_first_release"),
        ("foundation", "0002_sealed_heads"),
        ("people", "0001_first_release"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="erased_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False), ("erased_at__isnull", True)),
                fields=["closed_at", "id"],
                name="dossier_kept",
            ),
        ),
    ]
