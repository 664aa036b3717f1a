"""Editors write the audiences of services; reviewers may delete them, too."""

from django.db import migrations

RIGHTS = {"编辑": ["view", "add", "change"], "审核": ["view", "add", "change", "delete"]}
MODEL = "serviceaudience"


def permission(apps, action):
    """Find the permission; Django makes it only after all migrations, so on a fresh database we do."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="services", model=MODEL
    )
    name = f"Can {action} {apps.get_model('services', MODEL)._meta.verbose_name_raw}"
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=f"{action}_{MODEL}", defaults={"name": name}
    )
    return found


def grant(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=RIGHTS):
        group.permissions.add(*(permission(apps, action) for action in RIGHTS[group.name]))


def revoke(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=RIGHTS):
        ours = group.permissions.filter(content_type__app_label="services", content_type__model=MODEL)
        group.permissions.remove(*ours)


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0003_alert_means_changed"),
        ("home", "0004_editors_and_reviewers"),
    ]

    operations = [migrations.RunPython(grant, revoke)]
