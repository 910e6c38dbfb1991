"""Keep with the stored scores the state of their assessment."""

from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

STATES = [
    ("draft", "Not opened yet"),
    ("open", "Open for answers"),
    ("review", "In review"),
    ("closed", "Closed"),
]


def copy_state(apps: Any, schema_editor: Any) -> None:
    """Copy the state of each assessment."""
    assessment, standing = (
        apps.get_model("assessments", "Assessment"),
        apps.get_model("assessments", "Standing"),
    )
    own = assessment.objects.filter(pk=OuterRef("assessment_id"))
    standing.objects.update(state=Subquery(own.values("state")[:1]))


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_standing_shown")]

    operations = [
        migrations.AddField(
            "standing", "state", models.CharField(max_length=8, choices=STATES, default="open")
        ),
        migrations.RunPython(copy_state, migrations.RunPython.noop),
    ]
