"""The roots of pages and of collections speak Chinese, too: editors meet their names at the top of every list."""

from django.db import migrations


def name_the_roots(apps, schema_editor):
    page = apps.get_model("wagtailcore", "Page")
    page.objects.filter(depth=1, title="Root").update(title="全站", draft_title="全站")
    collection = apps.get_model("wagtailcore", "Collection")
    collection.objects.filter(depth=1, name="Root").update(name="全部")


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0004_editors_and_reviewers"),
    ]

    operations = [
        migrations.RunPython(name_the_roots, migrations.RunPython.noop),
    ]
