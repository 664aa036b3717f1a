"""Whatever had an alert before there was a status has changed."""

from django.db import migrations


def mark(apps, schema_editor):
    services = apps.get_model("services", "ServicePage").objects
    services.exclude(alert="").filter(status="open").update(status="changed")


class Migration(migrations.Migration):
    dependencies = [("services", "0002_places_audiences_and_review")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
