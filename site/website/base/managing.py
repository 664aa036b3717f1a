"""Whom a user manager may manage, and what they may give: never more than they hold themselves.

Wagtail lets whoever may change users make superusers, give any group, and write a new phone into anybody's account.
"""

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import GroupCollectionPermission, GroupPagePermission
from wagtail.permission_policies import ModelPermissionPolicy

Rights = frozenset[tuple[Any, ...]]


class SuperusersAlone(ModelPermissionPolicy):
    """Whoever may change a group may give any right by it, so this is for those who hold all of them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(user.is_active and user.is_superuser)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return self.user_has_permission(user, "any")

    def users_with_any_permission(self, actions: Any) -> QuerySet:
        return super().users_with_any_permission(actions).filter(is_superuser=True)


def groups_to_give(manager: Any) -> QuerySet[Group]:
    """Return the groups that hold nothing ``manager`` does not hold."""
    if manager.is_superuser:
        return Group.objects.all()
    own = _rights(Group.objects.filter(user=manager))
    given = [group.pk for group in Group.objects.all() if _rights(Group.objects.filter(pk=group.pk)) <= own]
    return Group.objects.filter(pk__in=given)


def may_manage(manager: Any, user: Any) -> bool:
    """Return whether ``user`` may do nothing at the desk that ``manager`` may not."""
    if manager.is_superuser or manager == user:
        return True
    if user.is_superuser or user.user_permissions.exists():
        return False
    return _rights(Group.objects.filter(user=user)) <= _rights(Group.objects.filter(user=manager))


def check_bulk_action(request: HttpRequest, objects: list[Any], action: Any) -> None:
    """Refuse to change many people at once where one of them, or the group given, is beyond the manager.

    :raises PermissionDenied:
    """
    form = getattr(action, "cleaned_form", None)
    role = form.cleaned_data.get("role") if form else None
    if role and not groups_to_give(request.user).filter(pk=role.pk).exists():
        raise PermissionDenied
    if not all(may_manage(request.user, user) for user in objects):
        raise PermissionDenied


def _rights(groups: QuerySet[Group]) -> Rights:
    """Return everything ``groups`` allow: of Django, on pages, and in collections."""
    allowed = groups.filter(permissions__isnull=False).values_list("permissions")
    pages = GroupPagePermission.objects.filter(group__in=groups).values_list("page", "permission")
    collections = GroupCollectionPermission.objects.filter(group__in=groups).values_list("collection", "permission")
    return frozenset(
        [
            *(("any", *row) for row in allowed),
            *(("page", *row) for row in pages),
            *(("files", *row) for row in collections),
        ]
    )
