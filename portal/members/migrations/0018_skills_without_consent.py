from django.db import migrations
from django.db.models import Exists, OuterRef


def close(apps, schema_editor):
    given = apps.get_model("members", "Consent").objects.filter(
        person=OuterRef("person"), purpose="skills", withdrawn_at=None
    )
    profiles = apps.get_model("members", "Profile").objects
    profiles.filter(~Exists(given), skills_seen_by="organisers").update(skills_seen_by="only_me")


class Migration(migrations.Migration):
    """Let a profile say what is so: skills opened before the consent was asked for are shown to nobody.

    Whoever opens them again agrees by that; no consent is made up for them. One statement. Not taken back.
    """

    dependencies = [("members", "0017_what_ended_units_held")]

    operations = [migrations.RunPython(close, migrations.RunPython.noop, elidable=True)]
