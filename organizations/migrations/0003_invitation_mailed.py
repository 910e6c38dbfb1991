"""Keep with an invitation how its link was handed out. Of older ones nobody knows: they count as shown."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organizations", "0002_audit_by_user")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="mailed",
            field=models.BooleanField(default=False),
        ),
    ]
