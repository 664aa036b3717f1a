"""Editors and reviewers read objections and answer them; nobody adds one at the desk, or deletes it."""

from django.db import migrations

GROUPS = ("编辑", "审核")
ACTIONS = ("view", "change")


def permissions(apps):
    """Find the permissions; Django makes them only after all migrations, so on a fresh database we do."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="public_notices", model="objection"
    )
    name = apps.get_model("public_notices", "objection")._meta.verbose_name_raw
    return [
        apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=f"{action}_objection", defaults={"name": f"Can {action} {name}"}
        )[0]
        for action in ACTIONS
    ]


def grant(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*permissions(apps))


def revoke(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*permissions(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("public_notices", "0002_objections"),
        ("home", "0004_editors_and_reviewers"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(grant, revoke)]
