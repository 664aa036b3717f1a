"""The objections at the editors' desk: readers write them, editors answer them, nobody else sees them."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet

from website.notices.models import Objection
from website.notices.views import objection_answer

NOT_AT_THE_DESK = frozenset({"add", "delete"})


class ReadersObject(ModelPermissionPolicy):
    """Nobody at the desk adds an objection, or makes one vanish."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in NOT_AT_THE_DESK and super().user_has_permission(user, action)


class ObjectionFilterSet(WagtailFilterSet):
    class Meta:
        model = Objection
        fields: ClassVar[list[str]] = ["state", "notice"]


class ObjectionViewSet(SnippetViewSet):
    """Per notice, by state; the number leads to the words and the form for the answer."""

    model = Objection
    icon = "comment"
    menu_label = _("公示意见")
    menu_name = "objections"
    menu_order = 405
    add_to_admin_menu = True
    filterset_class = ObjectionFilterSet
    copy_view_enabled = False
    search_fields: ClassVar[list[str]] = ["number", "notice__title"]
    ordering: ClassVar[list[str]] = ["-received_at", "-pk"]
    list_display: ClassVar[list] = [
        "number",
        Column("notice", label=_("公示"), accessor=lambda objection: objection.notice.title),
        StatusTagColumn("state", label=_("状态"), accessor="get_state_display", primary=lambda each: each.is_open),
        DateColumn("received_at", label=_("收到时间")),
        DateColumn("closed_at", label=_("办结时间")),
    ]

    def get_queryset(self, request: Any) -> QuerySet[Objection]:
        return Objection.objects.select_related("notice")

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = [each for each in super().get_urlpatterns() if each.name not in {"add", "edit", "delete"}]
        return [*kept, path("edit/<str:pk>/", objection_answer, name="edit")]


register_permission_policy(Objection, ReadersObject(Objection))
