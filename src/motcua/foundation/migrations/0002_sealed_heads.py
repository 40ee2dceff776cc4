from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0001_first_release"),
    ]

    operations = [
        migrations.AddField(
            model_name="journalhead",
            name="sealed",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddIndex(
            model_name="journalhead",
            index=models.Index(
                condition=models.Q(("sealed__lt", models.F("count"))),
                fields=["id"],
                name="journal_head_grown",
            ),
        ),
    ]
