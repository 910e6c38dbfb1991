"""Let an organization have one newest plan only."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planning", "0003_plan_is_newest")]

    operations = [
        migrations.AddConstraint(
            "plan",
            models.UniqueConstraint(
                fields=["organization"], condition=models.Q(is_newest=True), name="one_newest_plan"
            ),
        ),
    ]
