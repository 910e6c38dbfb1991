"""An idempotency key belongs to one person in one organization: somebody else's must neither fail nor be found."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="report",
            name="idempotency_key",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("organization", "audience", "requested_by", "idempotency_key"),
                name="report_asked_for_once",
            ),
        ),
    ]
