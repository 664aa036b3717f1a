from uuid import uuid4

from django.db import migrations, models
from django.utils import timezone

BATCH = 1000


def name_slots(apps, schema_editor):
    """Give the shifts of a series that stand in each other's place one slot, and every other a slot of its own."""
    shifts = apps.get_model("activities", "Shift").objects
    for series in apps.get_model("activities", "Series").objects.order_by("pk").iterator():
        dates = series.activities.prefetch_related("shifts").order_by("series_on")
        _pair([(date.series_on, sorted(date.shifts.all(), key=_when)) for date in dates])
    while alone := list(shifts.filter(slot__isnull=True).order_by("pk")[:BATCH]):
        for shift in alone:
            shift.slot = uuid4()
        shifts.bulk_update(alone, ["slot"])


def _pair(dates):
    """Pair by order where a date has as many shifts as the first, else by the days from its date and the time."""
    (first_on, model), *others = dates or [(None, [])]
    for shift in model:
        shift.slot = uuid4()
    for day, found in others:
        if len(found) == len(model):
            pairs = list(zip(model, found, strict=True))
        else:
            known = {_place(shift, first_on): shift for shift in model}
            places = {_place(shift, day): shift for shift in found}
            pairs = [(known[place], shift) for place, shift in places.items() if place in known]
        for one, other in pairs:
            other.slot = one.slot
    named = [shift for _day, found in dates for shift in found if shift.slot]
    if named:
        type(named[0]).objects.bulk_update(named, ["slot"], batch_size=BATCH)


def _when(shift):
    return shift.starts_at, shift.pk


def _place(shift, day):
    local = timezone.localtime(shift.starts_at)
    return (local.date() - day).days, local.time()


class Migration(migrations.Migration):
    dependencies = [("activities", "0010_shifts_called_off")]

    operations = [
        migrations.AddField(
            model_name="shift",
            name="slot",
            field=models.UUIDField(null=True, editable=False, verbose_name="在系列里的位置"),
        ),
        migrations.RunPython(name_slots, migrations.RunPython.noop),
    ]
