from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from website.base.models import BasePage
from website.services import rules
from website.services.enums import Channel, ProviderKind, ServiceStatus
from website.services.facts import missing
from website.services.forms import ServicePageForm
from website.services.models.groups import ServiceAudience, ServiceCategory
from website.services.panels import SERVICE_PANELS
from website.services.structured import service_data
from webui.qr import qr_code

if TYPE_CHECKING:  # places belong to a service
    from website.services.models.places import ServicePlace

ONE_PER_LINE = _("每行一条。")


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
    read_along: ClassVar[tuple[str, ...]] = (*BasePage.read_along, "category")
    base_form_class = ServicePageForm
    questions: ClassVar[frozenset[str]] = frozenset({"community"})
    exclude_fields_in_copy: ClassVar[list[str]] = ["code"]  # it belongs to one item only

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

    @property
    def state(self) -> ServiceStatus:
        """Return whether one can have it today."""
        return rules.state_on(timezone.localdate(), status=self.status, alert=self.alert, until=self.alert_until)

    @property
    def warning(self) -> str:
        """Return what a reader must know first: the alert while it lasts, or what the state means."""
        is_over = rules.is_over(self.alert_until, on=timezone.localdate())
        return (not is_over and self.alert) or str(self.state.sentence)

    @property
    def is_stale(self) -> bool:
        return rules.is_stale(self.review_by, on=timezone.localdate())

    @property
    def missing(self) -> list[str]:
        """Return what a resident would ask and the page does not say."""
        return missing(self)

    @cached_property
    def above(self) -> "ServicePage | None":
        """Return the item this is a part of, if it is one. What has parts itself is none: there are two tiers."""
        if self.numchild:
            return None
        return ServicePage.objects.filter(path=self.path[: -self.steplen]).select_related("category").first()

    @cached_property
    def all_places(self) -> "list[ServicePlace]":
        """Return its places, or those of the item above where it says nothing of its own."""
        own = list(self.places.all())
        return list(self.above.places.all()) if not own and self.above and not self.place else own

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """Allow two tiers: an item, and its parts."""
        return bool(super().can_exist_under(parent)) and not _is_part(parent)

    def can_move_to(self, parent: Page) -> bool:
        has_parts = issubclass(parent.specific_class, ServicePage) and self.numchild > 0
        return bool(super().can_move_to(parent)) and not has_parts

    def clean(self) -> None:
        super().clean()
        if self.code and self._others_with_this_code().exists():
            raise ValidationError({"code": _("这个事项编号已经用在另一项服务上。")})
        if self.path and _is_part(self.get_parent()):
            raise ValidationError(_("服务只分两级：子项下面不能再有子项。"))

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save, with the day of the next review counted from the last where nobody set it."""
        self.review_by = rules.next_review(
            checked_on=self.checked_on, review_by=self.review_by, days=settings.SERVICE_REVIEW_DAYS
        )
        return super().save(*args, **kwargs)

    def structured_data(self) -> dict[str, Any]:
        return service_data(self)

    def related_pages(self) -> list[BasePage]:
        from website.services import queries  # noqa: PLC0415 -- queries read these models

        return list(queries.beside(self))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from website.services import queries  # noqa: PLC0415 -- queries read these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context |= queries.shown(self, community=request.GET.get("community", ""))
        return context | {"code": qr_code(context["address"] + context["carried"])}

    def _others_with_this_code(self) -> "models.QuerySet[ServicePage]":
        return ServicePage.objects.filter(code=self.code, locale_id=self.locale_id).exclude(pk=self.pk)


def _is_part(page: Page) -> bool:
    """Tell whether ``page`` is itself a part of a service."""
    above = page.path[: -page.steplen]
    return issubclass(page.specific_class, ServicePage) and ServicePage.objects.filter(path=above).exists()
