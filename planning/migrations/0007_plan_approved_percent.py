"""Keep with a plan how much of the gap it closed when it was approved; of an older approval that is not known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planning", "0006_plan_approved_cents")]

    operations = [
        migrations.AddField(
            "plan", "approved_percent", models.PositiveSmallIntegerField(null=True, blank=True)
        ),
    ]
