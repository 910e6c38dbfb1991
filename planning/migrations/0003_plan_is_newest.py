"""Mark the newest plan of each organization."""

from typing import Any

from django.db import migrations, models
from django.db.models import Exists, OuterRef


def mark(apps: Any, schema_editor: Any) -> None:
    """Take the mark from each plan that is followed by another one."""
    plan = apps.get_model("planning", "Plan")
    later = plan.objects.filter(organization=OuterRef("organization"), number__gt=OuterRef("number"))
    older = list(plan.objects.filter(Exists(later)).values_list("pk", flat=True))
    plan.objects.filter(pk__in=older).update(is_newest=False)


class Migration(migrations.Migration):
    dependencies = [("planning", "0002_plan_frontier")]

    operations = [
        migrations.AddField("plan", "is_newest", models.BooleanField(default=True)),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
