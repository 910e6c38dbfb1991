from django.db import migrations, models


class Migration(migrations.Migration):
    """Count an organization's own reports apart from what is made for its shares. Numbers that were given stay."""

    dependencies = [("reports", "0006_share_with_names")]

    operations = [
        migrations.RemoveConstraint(model_name="report", name="report_number_once"),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("organization", "audience", "number"), name="report_number_once"
            ),
        ),
    ]
