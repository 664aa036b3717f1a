from django.db import migrations
from django.utils import timezone


def end_requests(apps, schema_editor):
    ended = apps.get_model("organisations", "Unit").objects.filter(ends_on__lte=timezone.localdate()).values("pk")
    requests = apps.get_model("report_in", "Leave").objects.filter(unit__in=ended, state="requested")
    requests.filter(area=None).update(state="ended")
    requests.update(unit=None)


class Migration(migrations.Migration):
    """End the requests for leave that wait for units which ended before requests were let go with them.

    Exemptions a community was asked for too wait for it alone. Two statements however many there are. Nobody is told:
    it is long ago. Not taken back.
    """

    dependencies = [("report_in", "0023_unit_report_ins_passed_up"), ("organisations", "0005_area_positions")]

    operations = [migrations.RunPython(end_requests, migrations.RunPython.noop, elidable=True)]
