from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_first_release"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["subject"], name="notice_by_subject"),
        ),
    ]
