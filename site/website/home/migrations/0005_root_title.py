"""The root of the page tree speaks Chinese, too: editors meet its name at the top of every list of pages."""

from django.db import migrations


def name_the_root(apps, schema_editor):
    page = apps.get_model("wagtailcore", "Page")
    page.objects.filter(depth=1, title="Root").update(title="全站", draft_title="全站")


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0004_editors_and_reviewers"),
    ]

    operations = [
        migrations.RunPython(name_the_root, migrations.RunPython.noop),
    ]
