from django.db import migrations


def leave_the_door(apps, schema_editor):
    profiles = apps.get_model("members", "Profile").objects
    for profile in profiles.exclude(shows_unit_at=[]).only("shows_unit_at").iterator():
        if "door" in profile.shows_unit_at:
            profile.shows_unit_at = [place for place in profile.shows_unit_at if place != "door"]
            profile.save(update_fields=["shows_unit_at"])


class Migration(migrations.Migration):
    """Forget the wish to have one's unit named at the door: no door ever named it."""

    dependencies = [("members", "0012_people_leave_the_search_index")]

    operations = [migrations.RunPython(leave_the_door, migrations.RunPython.noop, elidable=True)]
