"""Mark every plan that is there as stale: nobody knows whether its totals are today's; a worker counts them again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planning", "0007_plan_approved_percent")]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="counted_through",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="plan",
            name="moved",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="plan",
            name="stale",
            field=models.BooleanField(default=True),
        ),
        migrations.AlterField(
            model_name="plan",
            name="stale",
            field=models.BooleanField(default=False),
        ),
    ]
