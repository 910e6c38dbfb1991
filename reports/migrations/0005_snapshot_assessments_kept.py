from typing import Any

from django.db import migrations


def link(apps: Any, _schema: Any) -> None:
    """Link the snapshots that are there by the numbers that their documents name."""
    Snapshot = apps.get_model("reports", "Snapshot")
    Assessment = apps.get_model("assessments", "Assessment")
    for snapshot in Snapshot.objects.only("organization_id", "document").iterator(chunk_size=20):
        numbers = [part["number"] for part in snapshot.document.get("assessments", ())]
        found = Assessment.objects.filter(organization_id=snapshot.organization_id, number__in=numbers)
        snapshot.assessments.set(found)


class Migration(migrations.Migration):
    """Fill what 0004 added."""

    dependencies = [("reports", "0004_snapshot_assessments")]

    operations = [migrations.RunPython(link, migrations.RunPython.noop)]
