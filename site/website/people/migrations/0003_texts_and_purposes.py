"""The purposes, a text for every version named so far, the private folder for scans, and the groups' rights.

Consents given before the purposes were kept apart covered the page as it was shown: all four.
"""

from django.db import migrations

PURPOSES = [("name", "姓名"), ("story", "事迹"), ("photo", "照片"), ("honours", "荣誉")]
FOLDER = "同意书扫描件"
GROUPS = ("编辑", "审核")
RIGHTS = {"consenttext": ("view", "add", "change"), "consentpurpose": ("view", "add", "change")}


def permission(apps, model, action):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="people", model=model
    )
    name = f"Can {action} {apps.get_model('people', model)._meta.verbose_name_raw}"
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=f"{action}_{model}", defaults={"name": name}
    )
    return found


def fill(apps, schema_editor):
    purposes = [
        apps.get_model("people", "ConsentPurpose").objects.get_or_create(
            code=code, defaults={"name": name, "order": order}
        )[0]
        for order, (code, name) in enumerate(PURPOSES)
    ]
    texts = apps.get_model("people", "ConsentText").objects
    for consent in apps.get_model("people", "Consent").objects.order_by("given_on").iterator():
        consent.text, _ = texts.get_or_create(
            version=consent.text_version, defaults={"starts_on": consent.given_on}
        )
        consent.save(update_fields=["text"])
        consent.purposes.set(purposes)
    grant(apps)
    private_folder(apps)


def grant(apps):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        for model, actions in RIGHTS.items():
            group.permissions.add(*(permission(apps, model, action) for action in actions))


def private_folder(apps):
    """Add a collection below the root, by hand: a migration's models have no tree."""
    Collection = apps.get_model("wagtailcore", "Collection")
    root = Collection.objects.get(depth=1)
    if Collection.objects.filter(name=FOLDER).exists():
        return
    last = Collection.objects.filter(depth=2).order_by("path").values_list("path", flat=True).last()
    step = _next(last[4:]) if last else "0001"
    folder = Collection.objects.create(name=FOLDER, path=f"{root.path}{step}", depth=2, numchild=0)
    Collection.objects.filter(pk=root.pk).update(numchild=root.numchild + 1)
    restriction = apps.get_model("wagtailcore", "CollectionViewRestriction").objects.create(
        collection=folder, restriction_type="groups"
    )
    restriction.groups.set(apps.get_model("auth", "Group").objects.filter(name__in=GROUPS))


def _next(step):
    """Return the step after ``step`` in treebeard's alphabet."""
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    number = int(step, 36) + 1
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = digits[rest] + text
    return text.rjust(4, "0")


def empty(apps, schema_editor):
    for consent in apps.get_model("people", "Consent").objects.select_related("text").iterator():
        consent.text_version = consent.text.version if consent.text else ""
        consent.save(update_fields=["text_version"])
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(
            *group.permissions.filter(content_type__app_label="people", content_type__model__in=RIGHTS)
        )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_consent_register"),
        ("home", "0004_editors_and_reviewers"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(fill, empty)]
