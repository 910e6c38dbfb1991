from django.db import migrations, models


class Migration(migrations.Migration):
    """Find what is shared with a person by their address: every page asks."""

    dependencies = [("reports", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="share",
            index=models.Index(fields=["recipient_email"], name="share_by_reader"),
        ),
    ]
