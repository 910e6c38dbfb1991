"""Keep with a plan how many actions it has, and how many chosen ones do not fit into its time."""

from typing import Any

from django.db import migrations, models
from django.db.models import Count, Q


def count(apps: Any, schema_editor: Any) -> None:
    """Count what is chosen; which of these have no time is known when the plan is next saved."""
    plan = apps.get_model("planning", "Plan")
    chosen = Count("actions", filter=Q(actions__chosen=True))
    found = list(plan.objects.annotate(chosen=chosen).filter(chosen__gt=0))
    for one in found:
        one.actions_count = one.chosen
    plan.objects.bulk_update(found, ["actions_count"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("planning", "0004_one_newest_plan")]

    operations = [
        migrations.AddField("plan", "actions_count", models.PositiveIntegerField(default=0)),
        migrations.AddField("plan", "unscheduled_count", models.PositiveIntegerField(default=0)),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
