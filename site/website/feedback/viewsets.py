"""The editors' list of what readers said, and what they did about it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from django_filters.fields import ModelChoiceField
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from website.feedback import actions, queries
from website.feedback.forms import SettleForm
from website.feedback.models import Feedback


class ReadersWrite(ModelPermissionPolicy):
    """Nobody at the desk adds what readers say."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "add" and super().user_has_permission(user, action)


class JudgedPageField(ModelChoiceField):
    """Pages with what readers thought of them, so that the choice itself tells where work is."""

    def label_from_instance(self, page: Any) -> str:
        numbers = {"title": page.title, "yes": page.useful, "no": page.useless, "open": page.open}
        return str(_("%(title)s（有用 %(yes)d · 没用 %(no)d · 未处理 %(open)d）") % numbers)


class JudgedPageFilter(ModelChoiceFilter):
    field_class = JudgedPageField


class FeedbackFilter(WagtailFilterSet):
    page = JudgedPageFilter(label=_("页面"), queryset=lambda request: queries.by_page())

    class Meta:
        model = Feedback
        fields = ["page", "state", "is_useful"]


class FeedbackIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Feedback]:
        return super().get_base_queryset().select_related("page")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("about", label=_("页面"), accessor="about", sort_key="page__title", get_url=self.get_edit_url),
            Column("verdict", label=_("有用吗"), accessor="verdict"),
            Column("text", label=_("原话"), accessor="text"),
            StatusTagColumn("state", label=_("状态"), accessor="get_state_display", primary=_is_new),
            DateColumn("created_at", label=_("收到时间"), sort_key="created_at"),
        ]


class FeedbackEditView(EditView):
    def save_instance(self) -> Feedback:
        given = {name: self.form.cleaned_data[name] for name in ("state", "question", "answer")}
        return actions.settle(feedback=self.object, **given, by=self.request.user)


register_permission_policy(Feedback, ReadersWrite(Feedback))


class FeedbackViewSet(ModelViewSet):
    model = Feedback
    name = "reader_feedback"
    url_prefix = "feedback"
    icon = "comment"
    menu_label = _("读者意见")
    menu_order = 310
    add_to_admin_menu = True
    index_view_class = FeedbackIndexView
    edit_view_class = FeedbackEditView
    filterset_class = FeedbackFilter
    copy_view_enabled = False
    search_fields = ["address", "page__title"]
    edit_handler = ObjectList(Feedback.panels, base_form_class=SettleForm)


def _is_new(feedback: Feedback) -> bool:
    return feedback.state == "new"
