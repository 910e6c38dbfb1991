"""Keep with the stored scores whether they may be shown, and work that out for those that are there."""

from typing import Any

from django.db import migrations, models

ENOUGH = 3


def hide(apps: Any, schema_editor: Any) -> None:
    """Hide scores that tell who said what: fewer than three people have answered, and not all of them agree."""
    answer, standing = apps.get_model("assessments", "Answer"), apps.get_model("assessments", "Standing")
    agreed: dict[int, dict[int, bool]] = {}
    people = answer.objects.order_by().values_list(
        "respondent__assessment_id", "respondent_id", "respondent__agrees_to_show"
    )
    for assessment, respondent, agrees in people.distinct():
        agreed.setdefault(assessment, {})[respondent] = agrees
    hidden = [one for one, who in agreed.items() if len(who) < ENOUGH and not all(who.values())]
    standing.objects.filter(assessment_id__in=hidden).update(own_shown=False, shown=False)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]

    operations = [
        migrations.AddField("standing", "own_shown", models.BooleanField(default=True)),
        migrations.AddField("standing", "earlier_shown", models.BooleanField(default=True)),
        migrations.AddField("standing", "shown", models.BooleanField(default=True)),
        migrations.RunPython(hide, migrations.RunPython.noop),
    ]
