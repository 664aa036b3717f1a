"""Both groups write banners, redirects and promoted results; reviewers also say who runs the site."""

from django.db import migrations

RIGHTS = {
    "编辑": [
        ("navigation", "banner", ["view", "add", "change"]),
        ("wagtailredirects", "redirect", ["view", "add", "change", "delete"]),
        ("wagtailsearchpromotions", "searchpromotion", ["view", "add", "change", "delete"]),
    ],
    "审核": [
        ("navigation", "banner", ["view", "add", "change", "delete"]),
        ("navigation", "sitedetails", ["change"]),
        ("wagtailredirects", "redirect", ["view", "add", "change", "delete"]),
        ("wagtailsearchpromotions", "searchpromotion", ["view", "add", "change", "delete"]),
    ],
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
        ("navigation", "0001_site_details_and_banners"),
        ("home", "0004_editors_and_reviewers"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearchpromotions", "0008_query_verbose_name"),
    ]

    operations = [migrations.RunPython(grant, revoke)]
