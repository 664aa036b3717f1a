"""Wagtail's two groups in our words, with the rights our own images, documents and snippets ask for.

编辑 (editors) write, and publish what they write; 审核 (reviewers) may also lock, and delete in bulk.
"""

from django.db import migrations

NAMES = {"Editors": "编辑", "Moderators": "审核"}
WORKFLOW, OUR_WORKFLOW = "Moderators approval", "内容审核"
SNIPPETS = [("services", "servicecategory"), ("case_studies", "topic"), ("people", "consent")]
FILES = [("base", "siteimage"), ("base", "sitedocument")]


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


def rename(apps, pairs, workflow, our_workflow):
    for before, after in pairs:
        apps.get_model("auth", "Group").objects.filter(name=before).update(name=after)
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name=workflow).update(name=our_workflow)


def grant(apps, schema_editor):
    rename(apps, NAMES.items(), WORKFLOW, OUR_WORKFLOW)
    Group = apps.get_model("auth", "Group")
    on_pages = apps.get_model("wagtailcore", "GroupPagePermission").objects
    on_files = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    root_page = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    root_collection = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for group in Group.objects.filter(name__in=NAMES.values()):
        page_rights = ["publish"] if group.name == "编辑" else ["bulk_delete"]
        for action in page_rights:
            on_pages.get_or_create(
                group=group, page=root_page, permission=permission(apps, "wagtailcore", "page", action)
            )
        for app_label, model in FILES:
            for action in ("add", "change", "choose"):
                on_files.get_or_create(
                    group=group, collection=root_collection, permission=permission(apps, app_label, model, action)
                )
        for app_label, model in SNIPPETS:
            actions = ["view", "add", "change"] + (["delete"] if group.name == "审核" else [])
            group.permissions.add(*(permission(apps, app_label, model, action) for action in actions))


def revoke(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.filter(name__in=NAMES.values())
    apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(
        group__in=groups, permission__content_type__app_label="base"
    ).delete()
    apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(
        group__in=groups.filter(name="编辑"), permission__codename="publish_page"
    ).delete()
    apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(
        group__in=groups, permission__codename="bulk_delete_page"
    ).delete()
    for group in groups:
        ours = group.permissions.filter(content_type__app_label__in=[app_label for app_label, _ in SNIPPETS])
        group.permissions.remove(*ours)
    rename(apps, [(after, before) for before, after in NAMES.items()], OUR_WORKFLOW, WORKFLOW)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0003_first_home_page"),
        ("base", "0002_initial"),
        ("services", "0001_initial"),
        ("case_studies", "0001_initial"),
        ("people", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtail_localize", "0006_create_submit_translation_permission"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
    ]

    operations = [migrations.RunPython(grant, revoke)]
