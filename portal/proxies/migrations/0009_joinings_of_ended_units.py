from django.db import migrations
from django.utils import timezone


def decline(apps, schema_editor):
    ended = apps.get_model("organisations", "Unit").objects.filter(ends_on__lte=timezone.localdate()).values("pk")
    waiting = apps.get_model("proxies", "Joining").objects.filter(state="waiting")
    waiting.filter(code__invitation__unit__in=ended).update(state="declined")


class Migration(migrations.Migration):
    """Decline whoever came by an invitation to a unit that has ended since and still waits to be confirmed.

    One statement however many there are. Nobody is told: it is long ago. Not taken back.
    """

    dependencies = [("proxies", "0008_moved_away"), ("organisations", "0005_area_positions")]

    operations = [migrations.RunPython(decline, migrations.RunPython.noop, elidable=True)]
