"""Wagtail's user pages for our user model: a phone to log in by, and one name."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.users.views.users import CreateView as WagtailCreateView
from wagtail.users.views.users import DeleteView as WagtailDeleteView
from wagtail.users.views.users import EditView as WagtailEditView
from wagtail.users.views.users import IndexView as WagtailIndexView
from wagtail.users.views.users import UserColumn
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from website.base.forms import UserCreationForm, UserEditForm
from website.base.managing import may_manage
from webui.templatetags.webui import masked_phone


class IndexView(WagtailIndexView):
    """Shows phones masked: to administer rights nobody need know them. People are in no search index."""

    search_fields = frozenset({"name"})

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


class CreateView(WagtailCreateView):
    """Gives nobody more than the one who makes the account holds."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"manager": self.request.user}


class OnlyThoseOneMayManageMixin:
    """Keeps a user manager from whoever may do more than they."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_manage(request.user, self.get_object()):  # type: ignore[attr-defined]  # Wagtail's view
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # as above


class EditView(OnlyThoseOneMayManageMixin, WagtailEditView):
    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"manager": self.request.user}


class DeleteView(OnlyThoseOneMayManageMixin, WagtailDeleteView):
    pass


class UserViewSet(WagtailUserViewSet):
    """The list of people and the forms to add and change one."""

    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    copy_view_enabled = False  # nobody is there twice
    ordering = "name"

    def get_form_class(self, for_update: bool = False) -> type:
        return UserEditForm if for_update else UserCreationForm


def _masked_phone(user: AbstractBaseUser) -> str:
    return masked_phone(getattr(user, "phone", None))


def _may_log_in(user: AbstractBaseUser) -> str:
    return str(_("可以") if user.is_active else _("已停用"))


def _level(user: AbstractBaseUser) -> str:
    return str(_("管理员")) if getattr(user, "is_superuser", False) else ""
