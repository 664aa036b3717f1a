"""Wagtail's user pages for our user model: a phone to log in by, and one name."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.users.views.users import IndexView as WagtailIndexView
from wagtail.users.views.users import UserColumn
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from website.base.forms import UserCreationForm, UserEditForm
from webui.templatetags.webui import masked_phone


class IndexView(WagtailIndexView):
    """Shows phones masked: to administer rights nobody need know them."""

    @cached_property
    def columns(self) -> list[Column]:
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            self._get_title_column_class(UserColumn)(
                "name", accessor=str, label=_("姓名"), sort_key="name", get_url=self.get_edit_url, classname="name"
            ),
            Column("phone", accessor=_masked_phone, label=_("手机号"), width="20%"),
            Column("is_superuser", accessor=_level, label=_("权限"), sort_key="is_superuser", width="12%"),
            Column("is_active", accessor=_may_log_in, label=_("登录"), sort_key="is_active", width="10%"),
            DateColumn("last_login", label=_("上次登录"), sort_key="last_login", width="15%"),
        ]

    def order_queryset(self, queryset: Any) -> Any:
        if self.ordering in {"name", "-name"}:
            return queryset.order_by(self.ordering, "pk")
        return super().order_queryset(queryset)


class UserViewSet(WagtailUserViewSet):
    """The list of people and the forms to add and change one."""

    index_view_class = IndexView
    ordering = "name"

    def get_form_class(self, for_update: bool = False) -> type:
        return UserEditForm if for_update else UserCreationForm


def _masked_phone(user: AbstractBaseUser) -> str:
    return masked_phone(getattr(user, "phone", None))


def _may_log_in(user: AbstractBaseUser) -> str:
    return str(_("可以") if user.is_active else _("已停用"))


def _level(user: AbstractBaseUser) -> str:
    return str(_("管理员")) if getattr(user, "is_superuser", False) else ""
