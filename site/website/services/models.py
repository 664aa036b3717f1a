from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import SynchronizedField

from website.base.models import BasePage
from website.services.enums import Channel, ProviderKind

ONE_PER_LINE = _("每行一条。")


@register_snippet
class ServiceCategory(TranslatableMixin, models.Model):
    """A group of services as residents would look for them."""

    name = models.CharField(_("名称"), max_length=40)
    slug = models.SlugField(_("网址名"), max_length=40, allow_unicode=True)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)

    panels: ClassVar[list] = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("order")]
    override_translatable_fields: ClassVar[list] = [SynchronizedField("slug")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = verbose_name_plural = _("服务类别")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="service_category_slug_in_locale")]

    def __str__(self) -> str:
        return self.name


class ServiceIndexPage(RoutablePageMixin, BasePage):
    """The list of services, whole and by category."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["services.ServicePage"]
    max_count_per_parent = 1
    menu_title = _("服务")
    show_in_menus_default = True
    template = "website/services/service_index_page.html"

    class Meta:
        verbose_name = _("便民服务清单")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from website.services import queries  # noqa: PLC0415 -- queries read these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["services"] = queries.services(locale_id=self.locale_id)
        return context

    @path("c/<str:slug>/", name="category")
    def category(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the services of one category."""
        from website.services import queries  # noqa: PLC0415 -- queries read these models

        category = get_object_or_404(ServiceCategory, locale_id=self.locale_id, slug=slug)
        services = queries.services(locale_id=self.locale_id).filter(category=category)
        return self.render(
            request,
            context_overrides={"category": category, "services": services},
            template="website/services/service_category.html",
        )


class ServicePage(BasePage):
    """One service: who may have it, what to bring, where, when, and whom to call."""

    code = models.CharField(
        _("事项编号"), max_length=32, blank=True, help_text=_("清单里的编号，导入和导出时用来对应。")
    )
    category = models.ForeignKey(
        ServiceCategory,
        verbose_name=_("类别"),
        on_delete=models.PROTECT,
        related_name="services",
        null=True,
        blank=True,
    )
    alert = models.CharField(
        _("变动提醒"), max_length=200, blank=True, help_text=_("停办或有变动时填写，显示在页面最上方。")
    )
    who_may = models.TextField(_("谁可以办"), blank=True)
    conditions = models.TextField(_("办理条件"), blank=True, help_text=ONE_PER_LINE)
    documents = models.TextField(_("要带什么"), blank=True, help_text=ONE_PER_LINE)
    steps = models.TextField(_("怎么办"), blank=True, help_text=_("每行一步。"))
    basis = models.TextField(_("办理依据"), blank=True, help_text=ONE_PER_LINE)
    time_limit = models.CharField(_("办理时限"), max_length=80, blank=True)
    fee = models.CharField(_("费用"), max_length=80, blank=True)
    place = models.CharField(_("地点"), max_length=160, blank=True)
    hours = models.CharField(_("时间"), max_length=160, blank=True)
    phone = models.CharField(_("咨询电话"), max_length=40, blank=True)
    by_counter = models.BooleanField(Channel.COUNTER.label, default=False)
    by_phone = models.BooleanField(Channel.PHONE.label, default=False)
    by_internet = models.BooleanField(Channel.ONLINE.label, default=False)
    by_home_visit = models.BooleanField(Channel.HOME_VISIT.label, default=False)
    provider = models.CharField(_("由谁提供"), max_length=80, blank=True)
    provider_kind = models.CharField(_("提供者类型"), max_length=12, choices=ProviderKind.choices, blank=True)
    checked_on = models.DateField(_("核对日期"), null=True, blank=True)
    checked_by = models.CharField(_("核对人"), max_length=60, blank=True, help_text=_("部门或岗位，会公开显示。"))

    parent_page_types: ClassVar[list[str]] = ["services.ServiceIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "website/services/service_page.html"

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("alert"),
        FieldRowPanel([FieldPanel("category"), FieldPanel("code")]),
        MultiFieldPanel(
            [FieldPanel("who_may"), FieldPanel("conditions"), FieldPanel("documents"), FieldPanel("steps")],
            _("怎么办"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldRowPanel([FieldPanel("hours"), FieldPanel("phone")]),
                FieldRowPanel([FieldPanel(channel.value) for channel in Channel]),
            ],
            _("到哪里办"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("time_limit"), FieldPanel("fee")]),
                FieldRowPanel([FieldPanel("provider"), FieldPanel("provider_kind")]),
                FieldPanel("basis"),
            ],
            _("时限、费用和依据"),
        ),
        FieldRowPanel([FieldPanel("checked_on"), FieldPanel("checked_by")]),
    ]
    search_fields: ClassVar[list] = [
        *BasePage.search_fields,
        index.SearchField("who_may"),
        index.SearchField("steps"),
        index.FilterField("code"),
        index.FilterField("category"),
    ]
    override_translatable_fields: ClassVar[list] = [SynchronizedField("code"), SynchronizedField("phone")]

    class Meta:
        verbose_name = _("便民服务")
        indexes = [models.Index(fields=["code"], name="service_code")]

    @property
    def channels(self) -> list[Channel]:
        return [channel for channel in Channel if getattr(self, channel.value)]

    def clean(self) -> None:
        super().clean()
        if self.code and self._others_with_this_code().exists():
            raise ValidationError({"code": _("这个事项编号已经用在另一项服务上。")})

    def _others_with_this_code(self) -> "models.QuerySet[ServicePage]":
        return ServicePage.objects.filter(code=self.code, locale_id=self.locale_id).exclude(pk=self.pk)
