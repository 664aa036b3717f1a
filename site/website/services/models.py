from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import SynchronizedField

from website.base.models import BasePage
from website.services.enums import Channel, ProviderKind, ServiceStatus
from website.services.panels import PLACE_PANELS, SERVICE_PANELS

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


@register_snippet
class ServiceAudience(TranslatableMixin, models.Model):
    """People a service is meant for, as they would call themselves: the elderly, children, newcomers."""

    name = models.CharField(_("名称"), max_length=40)
    slug = models.SlugField(_("网址名"), max_length=40, allow_unicode=True)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)

    panels: ClassVar[list] = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("order")]
    override_translatable_fields: ClassVar[list] = [SynchronizedField("slug")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = verbose_name_plural = _("服务人群")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="service_audience_slug_in_locale")]

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
    """One service: who may have it, what to bring, where, when, and whom to call. Or a part of one, below it."""

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
    other_names = models.TextField(
        _("别名"), blank=True, help_text=_("每行一个，居民平时怎么叫它：送饭、送餐。用这些词也能找到。")
    )
    audiences = ParentalManyToManyField(ServiceAudience, verbose_name=_("人群"), related_name="services", blank=True)
    status = models.CharField(_("状态"), max_length=8, choices=ServiceStatus.choices, default=ServiceStatus.OPEN)
    alert = models.CharField(
        _("变动提醒"), max_length=200, blank=True, help_text=_("停办或有变动时填写，显示在页面最上方。")
    )
    alert_until = models.DateField(
        _("提醒到哪一天"),
        null=True,
        blank=True,
        help_text=_("过了这一天，提醒自己消失，“有变动”和“暂停”变回“正常”。不填就一直显示。"),
    )
    who_may = models.TextField(_("谁可以办"), blank=True)
    conditions = models.TextField(_("办理条件"), blank=True, help_text=ONE_PER_LINE)
    documents = models.TextField(_("要带什么"), blank=True, help_text=ONE_PER_LINE)
    steps = models.TextField(_("怎么办"), blank=True, help_text=_("每行一步。"))
    result = models.CharField(_("办完得到什么"), max_length=160, blank=True, help_text=_("如：饭卡一张，当场领取。"))
    on_behalf = models.CharField(
        _("能不能代办"), max_length=160, blank=True, help_text=_("如：家人带双方身份证可以代办；网格员可以上门代办。")
    )
    basis = models.TextField(_("办理依据"), blank=True, help_text=ONE_PER_LINE)
    time_limit = models.CharField(_("办理时限"), max_length=80, blank=True)
    fee = models.CharField(_("费用"), max_length=80, blank=True)
    visits = models.PositiveSmallIntegerField(
        _("跑几次"), null=True, blank=True, help_text=_("要到现场几次。0 表示一次都不用跑。")
    )
    place = models.CharField(_("地点"), max_length=160, blank=True)
    hours = models.CharField(_("时间"), max_length=160, blank=True)
    phone = models.CharField(_("咨询电话"), max_length=40, blank=True)
    accessibility = models.CharField(
        _("无障碍"), max_length=160, blank=True, help_text=_("如：有坡道和电梯，可以预约手语。")
    )
    by_counter = models.BooleanField(Channel.COUNTER.label, default=False)
    by_phone = models.BooleanField(Channel.PHONE.label, default=False)
    by_internet = models.BooleanField(Channel.ONLINE.label, default=False)
    by_home_visit = models.BooleanField(Channel.HOME_VISIT.label, default=False)
    online_url = models.URLField(_("网上办理地址"), max_length=300, blank=True)
    appointment = models.CharField(
        _("怎么预约"), max_length=200, blank=True, help_text=_("如：提前一天打电话。不用预约就写“不用预约”。")
    )
    provider = models.CharField(_("由谁提供"), max_length=80, blank=True)
    provider_kind = models.CharField(_("提供者类型"), max_length=12, choices=ProviderKind.choices, blank=True)
    complaint_phone = models.CharField(_("监督电话"), max_length=40, blank=True)
    checked_on = models.DateField(_("核对日期"), null=True, blank=True)
    checked_by = models.CharField(_("核对人"), max_length=60, blank=True, help_text=_("部门或岗位，会公开显示。"))
    review_by = models.DateField(
        _("复核期限"), null=True, blank=True, help_text=_("不填就从核对日期起算。到期还没有核对，页面上会如实说明。")
    )
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("维护人"),
        on_delete=models.SET_NULL,
        related_name="kept_services",
        null=True,
        blank=True,
        help_text=_("快到复核期限时提醒谁。不公开显示。"),
    )

    parent_page_types: ClassVar[list[str]] = ["services.ServiceIndexPage", "services.ServicePage"]
    subpage_types: ClassVar[list[str]] = ["services.ServicePage"]
    template = "website/services/service_page.html"

    content_panels: ClassVar[list] = [*BasePage.content_panels, *SERVICE_PANELS]
    search_fields: ClassVar[list] = [
        *BasePage.search_fields,
        index.SearchField("other_names"),
        index.SearchField("who_may"),
        index.SearchField("steps"),
        index.FilterField("code"),
        index.FilterField("category"),
    ]
    override_translatable_fields: ClassVar[list] = [
        SynchronizedField("code"),
        SynchronizedField("phone"),
        SynchronizedField("complaint_phone"),
        SynchronizedField("audiences"),
    ]

    class Meta:
        verbose_name = _("便民服务")
        indexes = [
            models.Index(fields=["code"], name="service_code"),
            models.Index(fields=["review_by"], name="service_review_by"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=ServiceStatus.values), name="service_status_known")
        ]

    @property
    def channels(self) -> list[Channel]:
        return [channel for channel in Channel if getattr(self, channel.value)]

    def clean(self) -> None:
        super().clean()
        if self.code and self._others_with_this_code().exists():
            raise ValidationError({"code": _("这个事项编号已经用在另一项服务上。")})

    def _others_with_this_code(self) -> "models.QuerySet[ServicePage]":
        return ServicePage.objects.filter(code=self.code, locale_id=self.locale_id).exclude(pk=self.pk)


class ServicePlace(TranslatableMixin, Orderable):
    """Where a service is to be had in one community; without a community, anywhere in the city."""

    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="places")
    community_code = models.CharField(_("社区"), max_length=32, blank=True, help_text=_("不选就是全市都可以来。"))
    community_name = models.CharField(_("社区名称"), max_length=80, blank=True)
    place = models.CharField(_("地点"), max_length=160, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    hours = models.CharField(_("时间"), max_length=160, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    provider = models.CharField(_("由谁提供"), max_length=80, blank=True)

    panels: ClassVar[list] = PLACE_PANELS
    override_translatable_fields: ClassVar[list] = [SynchronizedField("community_code"), SynchronizedField("phone")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = verbose_name_plural = _("办理点")
        indexes = [models.Index(fields=["community_code"], name="service_place_community")]

    def __str__(self) -> str:
        return " ".join(part for part in (self.community_name, self.place) if part)


class ReviewReminder(models.Model):
    """That a keeper was told once that a service is due."""

    page = models.ForeignKey(ServicePage, on_delete=models.CASCADE, related_name="reminders")
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    review_by = models.DateField(_("复核期限"))
    sent_at = models.DateTimeField(_("提醒时间"), auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("复核提醒")
        constraints = [models.UniqueConstraint(fields=["page", "keeper", "review_by"], name="service_reminded_once")]

    def __str__(self) -> str:
        return f"{self.page} {self.review_by}"
