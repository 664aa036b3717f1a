"""The register of consents at the editors' desk."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets import Button
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, SnippetViewSetGroup

from website.people.models import Consent, ConsentPurpose, ConsentText
from website.people.views import consent_withdraw, day_of


class ConsentFilterSet(WagtailFilterSet):
    """Open or withdrawn, with or without a page, and the usual."""

    is_withdrawn = django_filters.BooleanFilter(
        label=_("已撤回"), field_name="withdrawn_on", lookup_expr="isnull", exclude=True
    )
    without_page = django_filters.BooleanFilter(
        label=_("没有人物页"), field_name="pages", lookup_expr="isnull", distinct=True
    )

    class Meta:
        model = Consent
        fields: ClassVar[list[str]] = ["is_withdrawn", "without_page", "text", "purposes", "given_by"]


class ConsentEditView(EditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        return [*buttons, *withdraw_buttons(self.object)]


class ConsentViewSet(SnippetViewSet):
    """Who agreed to what, in which words, when; and who took it back."""

    model = Consent
    icon = "clipboard-list"
    menu_label = _("公开同意书")
    edit_view_class = ConsentEditView
    filterset_class = ConsentFilterSet
    copy_view_enabled = False
    inspect_view_enabled = True
    search_fields: ClassVar[list[str]] = ["name"]
    ordering: ClassVar[list[str]] = ["-given_on", "-pk"]
    list_per_page = 50
    list_display: ClassVar[list] = [
        "name",
        Column("text", label=_("版本")),
        Column("purposes_text", label=_("公开的内容"), accessor=lambda consent: consent.purposes_text),
        Column("given_on", label=_("同意日期"), accessor=lambda consent: day_of(consent.given_on), sort_key="given_on"),
        Column("withdrawn_on", label=_("撤回日期"), accessor=lambda consent: day_of(consent.withdrawn_on)),
        Column("page_count", label=_("人物页"), accessor=lambda consent: consent.pages.count()),
    ]
    list_export: ClassVar[list[str]] = [
        "name",
        "text",
        "purposes_text",
        "given_on",
        "get_given_by_display",
        "witness",
        "recorded_by",
        "withdrawn_on",
        "get_withdrawn_by_display",
        "page_titles",
    ]
    export_headings: ClassVar[dict] = {
        "purposes_text": _("公开的内容"),
        "get_given_by_display": _("同意方式"),
        "get_withdrawn_by_display": _("撤回方式"),
        "page_titles": _("人物页"),
    }
    export_filename = "consents"
    inspect_view_fields: ClassVar[list[str]] = [
        "name",
        "text",
        "purposes",
        "given_on",
        "given_by",
        "witness",
        "recorded_by",
        "scan",
        "withdrawn_on",
        "withdrawn_by",
        "withdrawal_recorded_by",
    ]
    panels: ClassVar[list] = [
        HelpPanel(
            _(
                "只登记能说明“谁同意了什么”的内容，不写证件号码。本人撤回时，点右上角“…”里的“撤回同意”，页面和照片会立即下线。"
            )
        ),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("text"), FieldPanel("given_on")]),
        FieldPanel("purposes", widget=CheckboxSelectMultiple),
        FieldRowPanel([FieldPanel("given_by"), FieldPanel("witness")]),
        FieldPanel("scan"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("withdrawn_on"), FieldPanel("withdrawn_by")])], _("撤回"), classname="collapsed"
        ),
    ]

    def get_queryset(self, request: Any) -> QuerySet[Consent]:
        return Consent.objects.select_related("text", "recorded_by").prefetch_related("purposes", "pages")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("withdraw/<int:pk>/", consent_withdraw, name="withdraw")]


class ConsentTextViewSet(SnippetViewSet):
    model = ConsentText
    icon = "doc-full"
    menu_label = _("同意书版本")
    copy_view_enabled = False
    list_display: ClassVar[list] = ["version", DateColumn("starts_on", label=_("启用日期"))]
    panels: ClassVar[list] = [FieldRowPanel([FieldPanel("version"), FieldPanel("starts_on")]), FieldPanel("wording")]


class ConsentPurposeViewSet(SnippetViewSet):
    model = ConsentPurpose
    icon = "list-ul"
    menu_label = _("同意公开的内容")
    copy_view_enabled = False
    list_display: ClassVar[list] = ["name"]
    panels: ClassVar[list] = [FieldPanel("name"), FieldPanel("code"), FieldPanel("order")]


class ConsentRegister(SnippetViewSetGroup):
    """What belongs together stands together in the menu."""

    items = (ConsentViewSet, ConsentTextViewSet, ConsentPurposeViewSet)
    menu_label = _("同意登记")
    menu_icon = "clipboard-list"
    menu_name = "consents"
    menu_order = 410
    add_to_admin_menu = True


def withdraw_buttons(consent: Consent) -> list[Button]:
    """Return the button that takes a consent back, while it is open."""
    if not consent.is_open:
        return []
    address = reverse("wagtailsnippets_people_consent:withdraw", args=[consent.pk])
    return [Button(_("撤回同意"), url=address, icon_name="cross", priority=5)]
