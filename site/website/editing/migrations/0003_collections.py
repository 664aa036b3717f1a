"""Drawers for pictures and files, and redirects for reviewers.

Pictures lie open under their address whatever their collection; only documents can be kept from the public. So the one
drawer that is not public is for documents: signed consents, drafts. Editors and reviewers may fetch them, nobody else.
"""

from django.db import migrations

NAMES = ["案例图片", "人物照片", "阵地图片", "活动照片"]
NOT_PUBLIC = "不公开的文件"
GROUPS = ["编辑", "审核"]
REDIRECTS = ["add", "change", "delete", "view"]


def redirect_rights(apps):
    """Find the permissions; Django makes them only after all migrations, so on a fresh database we do."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailredirects", model="redirect"
    )
    of = apps.get_model("auth", "Permission").objects
    return [
        of.get_or_create(content_type=kind, codename=f"{action}_redirect", defaults={"name": f"Can {action} redirect"})[0]
        for action in REDIRECTS
    ]


def make(apps, schema_editor):
    # The real model: historical ones know nothing of trees. It has had this shape since Wagtail 2.
    from wagtail.models import Collection

    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    there = set(root.get_children().values_list("name", flat=True))
    for name in [*NAMES, NOT_PUBLIC]:
        if name not in there:
            root.refresh_from_db()
            root.add_child(name=name)
    groups = apps.get_model("auth", "Group").objects.filter(name__in=GROUPS)
    restriction, is_new = apps.get_model("wagtailcore", "CollectionViewRestriction").objects.get_or_create(
        collection_id=root.get_children().get(name=NOT_PUBLIC).pk, defaults={"restriction_type": "groups"}
    )
    if is_new:
        restriction.groups.set(groups)
    for group in groups.filter(name="审核"):
        group.permissions.add(*redirect_rights(apps))


def unmake(apps, schema_editor):
    """Take the rights back. The drawers stay: somebody may have put something in."""
    for group in apps.get_model("auth", "Group").objects.filter(name="审核"):
        group.permissions.remove(*redirect_rights(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("editing", "0002_two_steps_of_review"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]

    operations = [migrations.RunPython(make, unmake)]
