"""Nobody's name stands in the search index any more: the one list that looked there asks the table itself."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def take_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    entries = apps.get_model("wagtailsearch", "IndexEntry").objects.using(schema_editor.connection.alias)
    entries.filter(content_type__app_label="members", content_type__model="user").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0011_exempt_roster_rows"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [migrations.RunPython(take_out, migrations.RunPython.noop)]
