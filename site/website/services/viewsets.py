"""The editors' list of services to look at again."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import PageReportView
from wagtail.query import PageQuerySet

from website.services import queries
from website.services.models import ServiceCategory, ServicePage
from website.services.rules import may_confirm

WHEN = [("overdue", _("已经过期")), ("soon", _("两周内到期")), ("never", _("从来没有核对过"))]


class ReviewFilterSet(WagtailFilterSet):
    when = django_filters.ChoiceFilter(
        label=_("期限"), choices=WHEN, method="by_date", empty_label=_("全部"), widget=forms.RadioSelect
    )
    # A choice and no tick box: one left empty would count as chosen, and Wagtail would show it as "False".
    mine = django_filters.ChoiceFilter(
        label=_("维护人"),
        choices=[("true", _("我维护的"))],
        method="kept_by_me",
        empty_label=_("全部"),
        widget=forms.RadioSelect,
    )
    category = django_filters.ModelChoiceFilter(label=_("类别"), queryset=ServiceCategory.objects.all())

    class Meta:
        model = ServicePage
        fields: ClassVar[list[str]] = []

    def by_date(self, pages: PageQuerySet, name: str, value: str) -> PageQuerySet:
        today = timezone.localdate()
        overdue = Q(review_by__lt=today)
        chosen = {"overdue": overdue, "soon": Q(review_by__isnull=False) & ~overdue, "never": Q(review_by__isnull=True)}
        return pages.filter(chosen[value])

    def kept_by_me(self, pages: PageQuerySet, name: str, value: str) -> PageQuerySet:
        return pages.filter(keeper=self.request.user)


class ServicesToReview(PageReportView):
    """What is overdue, soon due or was never checked; each line has its 核对无误."""

    page_title = _("待复核的服务")
    header_icon = "date"
    model = ServicePage
    results_template_name = "website/services/admin/to_review_results.html"
    filterset_class = ReviewFilterSet
    index_url_name = "services_to_review"
    index_results_url_name = "services_to_review_results"
    any_permission_required: ClassVar[list[str]] = ["add", "change", "publish"]
    list_export: ClassVar[list[str]] = [
        *("code", "title", "category", "state.label", "checked_on", "checked_by", "review_by", "keeper", "phone"),
    ]
    export_headings: ClassVar[dict[str, Any]] = {
        "code": _("事项编号"),
        "title": _("标题"),
        "category": _("类别"),
        "state.label": _("状态"),
        "checked_on": _("核对日期"),
        "checked_by": _("核对人"),
        "review_by": _("复核期限"),
        "keeper": _("维护人"),
        "phone": _("咨询电话"),
    }

    def get_queryset(self) -> Any:
        editable = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, ["change", "publish"]
        )
        pages = queries.to_review(on=timezone.localdate()).filter(pk__in=editable.values("pk"))
        self.queryset = pages.select_related("category", "keeper").order_by(
            F("review_by").asc(nulls_first=True), "code"
        )
        return super().get_queryset()

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        for page in object_list:
            page.may_be_confirmed = may_confirm(page, self.request.user)
        return object_list
