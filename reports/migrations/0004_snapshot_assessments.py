from django.db import migrations, models


class Migration(migrations.Migration):
    """A snapshot knows the assessments that it was made of: who may see their results may read its reports."""

    dependencies = [("assessments", "0005_respondent_group_words"), ("reports", "0003_report_asked_for_once")]

    operations = [
        migrations.AddField(
            model_name="snapshot",
            name="assessments",
            field=models.ManyToManyField(related_name="snapshots", to="assessments.assessment"),
        ),
    ]
