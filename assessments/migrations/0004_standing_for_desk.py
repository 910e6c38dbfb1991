"""Index what a desk counts and sorts by at first; the two indexes that no list reads any more go."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_standing_state")]

    operations = [
        migrations.RemoveIndex("standing", "standing_by_gap"),
        migrations.RemoveIndex("standing", "standing_by_activity"),
        migrations.AddIndex(
            "standing",
            models.Index(
                fields=["organization", "state", "answered", "expected", "last_activity"],
                condition=models.Q(is_current=True),
                name="standing_for_desk",
            ),
        ),
    ]
