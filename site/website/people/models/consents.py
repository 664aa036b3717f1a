"""The register of consents (个人信息保护法 15, 25): as little as shows who agreed to what, in which words, when."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from website.base.models import SiteDocument
from website.people.enums import Channel
from website.people.forms import ConsentForm

NO_NUMBERS = RegexValidator(r"\d{4,}", _("这里只写姓名，不要写证件号码或电话。"), inverse_match=True)


class ConsentText(models.Model):
    """One wording people were asked to agree to. A wording somebody has agreed to stays as it is."""

    version = models.CharField(_("版本"), max_length=20, unique=True, help_text=_("如：2026-1。"))
    wording = models.TextField(_("同意书全文"), blank=True)
    starts_on = models.DateField(_("启用日期"), default=timezone.localdate)

    class Meta:
        verbose_name = verbose_name_plural = _("同意书版本")
        ordering = ["-starts_on", "-pk"]

    def __str__(self) -> str:
        return self.version

    def clean(self) -> None:
        super().clean()
        before = ConsentText.objects.filter(pk=self.pk).first()
        if before and before.wording and before.wording != self.wording and self.consents.exists():
            raise ValidationError({"wording": _("已经有人按这个版本签过，不能再改。请新建一个版本。")})


class ConsentPurpose(models.Model):
    """One thing a person can agree to having shown."""

    code = models.SlugField(_("代码"), max_length=20, unique=True)
    name = models.CharField(_("公开的内容"), max_length=40)
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("同意公开的内容")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """A living person's word that we may show their story: what of it, in which words, from when until when."""

    name = models.CharField(
        _("姓名"), max_length=60, validators=[NO_NUMBERS], help_text=_("只写姓名，不要写证件号码。")
    )
    text = models.ForeignKey(
        ConsentText, verbose_name=_("同意书版本"), on_delete=models.PROTECT, related_name="consents"
    )
    purposes = models.ManyToManyField(ConsentPurpose, verbose_name=_("同意公开的内容"), related_name="consents")
    given_on = models.DateField(_("同意日期"))
    given_by = models.CharField(_("同意方式"), max_length=8, choices=Channel.choices, default=Channel.PAPER)
    witness = models.CharField(
        _("见证人"), max_length=60, blank=True, validators=[NO_NUMBERS], help_text=_("电话同意的，写明在场的第二个人。")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("登记人"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        editable=False,
    )
    scan = models.ForeignKey(
        SiteDocument,
        verbose_name=_("扫描件"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("可以不传。要传，须放在不公开的文件夹（如“同意书扫描件”），并遮住证件号码。"),
    )
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)
    withdrawn_by = models.CharField(_("撤回方式"), max_length=8, choices=Channel.choices, blank=True)
    withdrawal_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("撤回登记人"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        editable=False,
    )

    class Meta:
        verbose_name = verbose_name_plural = _("公开同意书")
        ordering = ["-given_on", "-pk"]
        constraints: ClassVar[list] = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="person_consent_withdrawn_after_given",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.given_on}"

    base_form_class = ConsentForm

    @property
    def is_open(self) -> bool:
        return self.withdrawn_on is None

    @cached_property
    def scope(self) -> frozenset[str]:
        """Return the codes of what may be shown."""
        return frozenset(purpose.code for purpose in self.purposes.all())

    @property
    def purposes_text(self) -> str:
        return gettext("、").join(str(purpose) for purpose in self.purposes.all())

    @property
    def page_titles(self) -> str:
        return gettext("、").join(page.title for page in self.pages.all())

    def clean(self) -> None:
        super().clean()
        today = timezone.localdate()
        errors = {}
        if self.given_on and self.given_on > today:
            errors["given_on"] = _("同意日期不能晚于今天。")
        if self.given_by == Channel.PHONE and not self.witness.strip():
            errors["witness"] = _("电话同意的，请写明见证人。")
        if self.withdrawn_on and self.withdrawn_on > today:
            errors["withdrawn_on"] = _("撤回日期不能晚于今天。")
        if self.withdrawn_on and self.given_on and self.withdrawn_on < self.given_on:
            errors["withdrawn_on"] = _("撤回日期不能早于同意日期。")
        if self.scan and not self.scan.collection.get_view_restrictions():
            errors["scan"] = _("这个文件谁都能下载。请先把它移到不公开的文件夹。")
        if errors:
            raise ValidationError(errors)
