"""An idempotency key belongs to one person in one organization: somebody else's must neither fail nor be found."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_share_by_reader")]

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
