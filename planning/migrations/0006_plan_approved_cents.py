"""Keep with a plan what it came to when it was approved; of an older approval that is not known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planning", "0005_plan_counts")]

    operations = [
        migrations.AddField("plan", "approved_cents", models.PositiveBigIntegerField(null=True, blank=True)),
    ]
