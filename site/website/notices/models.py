from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from website.base.blocks import BodyBlock
from website.base.fields import StreamField
from website.base.models import BasePage
from website.notices.enums import NoticeKind
from webui.pagination import page_of


class NoticeIndexPage(BasePage):
    """The notice board: what runs now, and what is past."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["public_notices.NoticePage"]
    max_count_per_parent = 1
    menu_title = _("公示")
    show_in_menus_default = True
    template = "website/notices/notice_index_page.html"

    class Meta:
        verbose_name = _("公示通知栏")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from website.notices import queries  # noqa: PLC0415 -- queries read these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        today = timezone.localdate()
        context["current"] = queries.current(locale_id=self.locale_id, on=today)
        context["past"] = page_of(request, queries.past(locale_id=self.locale_id, on=today))
        return context


class NoticePage(BasePage):
    """Something shown or told to everybody, from a day until a day, by someone who answers for it."""

    kind = models.CharField(_("类型"), max_length=16, choices=NoticeKind.choices, default=NoticeKind.FOR_OBJECTION)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    responsible = models.CharField(_("负责人"), max_length=80, blank=True, help_text=_("部门或岗位，会公开显示。"))
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("正文"), blank=True)
    result = models.TextField(_("结果"), blank=True, help_text=_("公示结束后填写。"))

    parent_page_types: ClassVar[list[str]] = ["public_notices.NoticeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "website/notices/notice_page.html"

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldRowPanel([FieldPanel("responsible"), FieldPanel("phone")]),
            ],
            _("何时、由谁"),
        ),
        FieldPanel("body"),
        FieldPanel("result"),
    ]
    search_fields: ClassVar[list] = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("result"),
        index.FilterField("starts_on"),
        index.FilterField("ends_on"),
    ]
    override_translatable_fields: ClassVar[list] = [SynchronizedField("phone")]

    class Meta:
        verbose_name = _("公示通知")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="notice_ends_after_start"
            )
        ]

    @property
    def has_ended(self) -> bool:
        return bool(self.ends_on and self.ends_on < timezone.localdate())

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("结束日期不能早于开始日期。")})
