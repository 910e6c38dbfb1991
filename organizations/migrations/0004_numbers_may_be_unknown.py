"""A number of the profile that nobody has said is null; 0 is an answer."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organizations", "0003_invitation_mailed")]

    operations = [
        migrations.AlterField(
            model_name="organization",
            name="staff_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="paid people"),
        ),
        migrations.AlterField(
            model_name="organization",
            name="full_time_equivalents",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=8,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="full-time equivalents",
            ),
        ),
        migrations.AlterField(
            model_name="organization",
            name="volunteers",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="volunteers"),
        ),
        migrations.AlterField(
            model_name="organization",
            name="devices_count",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="computers and other devices"
            ),
        ),
        migrations.AlterField(
            model_name="organization",
            name="sites_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="places of work"),
        ),
    ]
