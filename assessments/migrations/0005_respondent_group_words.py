"""A respondent's group has the words of the membership that it comes from; its values stay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0004_standing_for_desk")]

    operations = [
        migrations.AlterField(
            "respondent",
            "group",
            models.CharField(
                max_length=10,
                choices=[
                    ("director", "Director"),
                    ("board", "Board"),
                    ("staff", "Staff or volunteer"),
                    ("tech", "Keeps the technology running"),
                ],
            ),
        )
    ]
