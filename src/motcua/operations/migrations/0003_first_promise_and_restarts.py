"""Figures that stand beside the on-time rate. Days before this are counted by `motcua figures rebuild`."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0002_requests_at_the_door"),
    ]

    operations = [
        migrations.AddField(
            model_name="dailyfigure",
            name="beyond",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="dailyfigure",
            name="first_late",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="dailyfigure",
            name="first_on_time",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="dailyfigure",
            name="restarts",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
