from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("standing", "0001_first_release"),
    ]

    operations = [
        migrations.AddField(
            model_name="ruledfile",
            name="whole",
            field=models.BooleanField(default=True),
        ),
    ]
