from django.db import migrations, models


class Migration(migrations.Migration):
    """Let the director choose whether people's names go along. Shares that were made have them; new ones do not."""

    dependencies = [("reports", "0005_snapshot_assessments_kept")]

    operations = [
        migrations.AddField(model_name="share", name="with_names", field=models.BooleanField(default=True)),
        migrations.AlterField(
            model_name="share", name="with_names", field=models.BooleanField(default=False)
        ),
    ]
