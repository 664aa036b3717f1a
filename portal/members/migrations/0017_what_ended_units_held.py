from django.db import migrations
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone


def let_go(apps, schema_editor):
    units = apps.get_model("organisations", "Unit").objects
    ended = units.filter(ends_on__lte=timezone.localdate()).values("pk")

    def last_day(unit):
        return Subquery(units.filter(pk=OuterRef(unit)).values("ends_on")[:1])

    homes = apps.get_model("members", "HomeMembership").objects.filter(unit__in=ended, ends_on=None)
    homes.update(ends_on=Greatest(last_day("unit"), F("starts_on")), ending="dissolved")
    rows = apps.get_model("members", "RosterEntry").objects.filter(unit__in=ended, left_on=None)
    rows.update(left_on=last_day("unit"), last_import=None)
    moves = apps.get_model("members", "UnitMove").objects
    moves.filter(to_unit__in=ended, state__in=("proposed", "confirmed")).update(state="withdrawn")


class Migration(migrations.Migration):
    """Close, as of the day their unit ended, what it left open while ending a unit did not yet let go of anybody.

    Three statements however many people there are. Nobody is told: it is long ago. Not taken back.
    """

    dependencies = [("members", "0016_volunteer_number"), ("organisations", "0005_area_positions")]

    operations = [migrations.RunPython(let_go, migrations.RunPython.noop, elidable=True)]
