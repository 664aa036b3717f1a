"""Editors read and settle what readers say; reviewers may also delete it."""

from django.db import migrations

RIGHTS = {
    "编辑": [("feedback", "feedback", ["view", "change"])],
    "审核": [("feedback", "feedback", ["view", "change", "delete"])],
}


def permission(apps, app_label, model, action):
    """Find the permission; Django makes it only after all migrations, so on a fresh database we do."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    name = f"Can {action} {apps.get_model(app_label, model)._meta.verbose_name_raw}"
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=f"{action}_{model}", defaults={"name": name}
    )
    return found


def each(apps):
    for name, rights in RIGHTS.items():
        group = apps.get_model("auth", "Group").objects.filter(name=name).first()
        for app_label, model, actions in rights if group else ():
            for action in actions:
                yield group, permission(apps, app_label, model, action)


def grant(apps, schema_editor):
    for group, right in each(apps):
        group.permissions.add(right)


def revoke(apps, schema_editor):
    for group, right in each(apps):
        group.permissions.remove(right)


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0001_feedback"),
        ("home", "0004_editors_and_reviewers"),
    ]

    operations = [migrations.RunPython(grant, revoke)]
