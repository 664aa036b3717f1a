"""From which day the public has seen a notice as a 公示."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def tell_what_is_known(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Count what is published already from its publication; what was over by then, from its start."""
    notices = apps.get_model("public_notices", "NoticePage").objects
    for notice in notices.filter(kind="for_objection", first_published_at__isnull=False).iterator():
        day = timezone.localdate(notice.first_published_at)
        was_over = notice.ends_on and notice.ends_on < day
        notices.filter(pk=notice.pk).update(open_since=notice.starts_on if was_over else day)


class Migration(migrations.Migration):
    dependencies = [("public_notices", "0003_rights_to_answer")]

    operations = [
        migrations.AddField(
            model_name="noticepage",
            name="open_since",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="公众从哪天起能提意见"),
        ),
        migrations.RunPython(tell_what_is_known, migrations.RunPython.noop, elidable=True),
    ]
