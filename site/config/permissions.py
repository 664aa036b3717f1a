"""Permissions say in Chinese what Django names in English when it makes them."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

NAMES = {
    "add": _("可以添加%(what)s"),
    "change": _("可以更改%(what)s"),
    "delete": _("可以删除%(what)s"),
    "view": _("可以查看%(what)s"),
    "publish": _("可以发布%(what)s"),
    "lock": _("可以锁定%(what)s"),
    "unlock": _("可以解锁%(what)s"),
    "submit": _("可以提交%(what)s"),
}


def name_permissions(*, using: str, **kwargs: Any) -> None:
    """Give each permission that Django named its Chinese name. Run when every app has its permissions."""
    with override(settings.LANGUAGE_CODE):
        named = [permission for permission in _permissions(using) if _is_renamed(permission)]
    Permission.objects.using(using).bulk_update(named, ["name"], batch_size=200)


def _permissions(using: str) -> list[Permission]:
    return list(Permission.objects.using(using).select_related("content_type"))


def _is_renamed(permission: Permission) -> bool:
    action = permission.codename.partition("_")[0]
    model = permission.content_type.model_class()
    if model is None or action not in NAMES or not permission.name.startswith("Can "):
        return False
    permission.name = (NAMES[action] % {"what": model._meta.verbose_name})[
        : Permission._meta.get_field("name").max_length
    ]
    return True
