from typing import Any

from django.db import migrations, models
from django.db.models import Max


def count_together(apps: Any, schema_editor: Any) -> None:
    """Number what was made for shares behind all own reports where both have a number: the way back.

    Own reports keep theirs, which stand in addresses and in the trail; that of a share is shown to nobody.
    """
    reports = apps.get_model("reports", "Report").objects.using(schema_editor.connection.alias)
    own = reports.filter(audience="own", organization=models.OuterRef("organization"))
    twice = reports.filter(audience="share", number__in=own.values("number"))
    for report in twice.order_by("organization", "number"):
        last = reports.filter(organization=report.organization_id).aggregate(last=Max("number"))["last"]
        reports.filter(pk=report.pk).update(number=last + 1)


class Migration(migrations.Migration):
    """Count an organization's own reports apart from what is made for its shares. Numbers that were given stay."""

    dependencies = [("reports", "0006_share_with_names")]

    operations = [
        migrations.RemoveConstraint(model_name="report", name="report_number_once"),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("organization", "audience", "number"), name="report_number_once"
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, count_together),
    ]
