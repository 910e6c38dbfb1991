"""Until now an empty number was kept as 0: nobody can tell the two apart, so each is asked for again.

The demonstration's numbers were all said. On the way back, what is not known is 0 again, and one place of work.
"""

from typing import Any

from django.db import migrations

NUMBERS = ("staff_count", "full_time_equivalents", "volunteers", "devices_count", "sites_count")


def forget(apps: Any, schema_editor: Any) -> None:
    """Make every 0 of a real organization unknown."""
    found = apps.get_model("organizations", "Organization").objects.filter(is_demo=False)
    for name in NUMBERS:
        found.filter(**{name: 0}).update(**{name: None})


def fill(apps: Any, schema_editor: Any) -> None:
    """Give every unknown number what an empty field meant before."""
    found = apps.get_model("organizations", "Organization").objects
    for name in NUMBERS:
        found.filter(**{name: None}).update(**{name: 1 if name == "sites_count" else 0})


class Migration(migrations.Migration):
    dependencies = [("organizations", "0004_numbers_may_be_unknown")]

    operations = [migrations.RunPython(forget, fill)]
