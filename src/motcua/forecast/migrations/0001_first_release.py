from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("forecast", "0001_learning")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Learning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("stands", models.PositiveIntegerField()),
                ("cells", models.JSONField()),
                ("calibration", models.JSONField()),
            ],
        ),
    ]
