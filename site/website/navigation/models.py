"""What every page shows around its content: who runs the site, and what everybody must know now."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from website.navigation.enums import BannerLevel
from website.navigation.forms import BannerForm

A_LINK = RegexValidator(r"^(/(?!/)|https?://)\S*$", _("请填写以 / 开头的本站网址，或以 https:// 开头的网址。"))


@register_setting(icon="cog", order=1)
class SiteDetails(BaseSiteSetting):
    """Who runs this site, how to reach them, and what the law asks every page to name."""

    organiser = models.CharField(_("主办单位"), max_length=120, blank=True)
    about = models.CharField(_("一句话介绍"), max_length=200, blank=True, help_text=_("显示在每一页的页脚。"))
    address = models.CharField(_("地址"), max_length=160, blank=True)
    phone = models.CharField(
        _("帮助电话"), max_length=40, default="12345", help_text=_("显示在每一页的同一位置，不会上网的人可以打。")
    )
    phone_hours = models.CharField(_("接听时间"), max_length=80, blank=True)
    email = models.EmailField(_("邮箱"), blank=True)
    complaints = models.CharField(
        _("投诉监督"), max_length=160, blank=True, help_text=_("对服务不满意找谁：电话、邮箱或地址。")
    )
    burden_complaints = models.CharField(
        _("减负投诉"), max_length=160, blank=True, help_text=_("基层工作人员反映网站增加负担时找谁。")
    )
    privacy_officer = models.CharField(
        _("个人信息保护联系人"), max_length=160, blank=True, help_text=_("岗位和联系方式，不写私人电话。")
    )
    icp_number = models.CharField(_("ICP 备案号"), max_length=60, blank=True, help_text=_("例如：某ICP备00000000号"))
    police_number = models.CharField(
        _("公安备案号"), max_length=60, blank=True, help_text=_("例如：某公网安备 00000000000000号")
    )

    panels: ClassVar[list] = [
        MultiFieldPanel([FieldPanel("organiser"), FieldPanel("about"), FieldPanel("address")], _("谁在办")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("phone"), FieldPanel("phone_hours")]), FieldPanel("email")], _("怎么联系")
        ),
        MultiFieldPanel(
            [FieldPanel("complaints"), FieldPanel("burden_complaints"), FieldPanel("privacy_officer")], _("监督")
        ),
        FieldRowPanel([FieldPanel("icp_number"), FieldPanel("police_number")], _("备案")),
    ]

    class Meta:
        verbose_name = verbose_name_plural = _("网站信息")

    @classmethod
    def shown_fields(cls) -> list[models.Field]:
        return [field for field in cls._meta.fields if isinstance(field, models.CharField)]


class Banner(TranslatableMixin, models.Model):
    """Something everybody, or everybody in some communities, must know for a while. It ends by itself."""

    text = models.CharField(_("内容"), max_length=160, help_text=_("一两句话：出了什么事，要做什么。"))
    level = models.CharField(_("程度"), max_length=12, choices=BannerLevel.choices, default=BannerLevel.IMPORTANT)
    link = models.CharField(_("链接"), max_length=300, blank=True, validators=[A_LINK])
    link_text = models.CharField(_("链接文字"), max_length=40, blank=True, help_text=_("例如：停水的小区和送水点"))
    areas = models.JSONField(
        _("范围"), default=list, blank=True, help_text=_("不选就是全市。选了社区或区，只在首页和这些社区的页面显示。")
    )
    starts_at = models.DateTimeField(_("开始"), default=timezone.now)
    ends_at = models.DateTimeField(_("结束"), help_text=_("到时自动消失。"))

    base_form_class = BannerForm
    panels: ClassVar[list] = [
        FieldPanel("text"),
        FieldPanel("level"),
        FieldRowPanel([FieldPanel("link"), FieldPanel("link_text")]),
        FieldPanel("areas"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
    ]
    translatable_fields: ClassVar[list] = [
        TranslatableField("text"),
        TranslatableField("link_text"),
        *(SynchronizedField(name) for name in ("level", "link", "areas", "starts_at", "ends_at")),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = verbose_name_plural = _("紧急横幅")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="banner_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(level__in=BannerLevel.values), name="banner_level_known"),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("结束时间要晚于开始时间。")})
        if self.link_text and not self.link:
            raise ValidationError({"link": _("写了链接文字，请也填写链接。")})

    @property
    def stage(self) -> str:
        """Say in a word where in its time this banner is."""
        now = timezone.now()
        if now < self.starts_at:
            return str(_("还没开始"))
        return str(_("正在显示")) if now < self.ends_at else str(_("已结束"))
