from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.personal_data.enums import ClosingState


class AccountClosing(models.Model):
    """A person's wish to close their account: it waits until a day, on which everything that names them goes."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("本人"), on_delete=models.PROTECT, related_name="account_closings"
    )
    state = models.CharField(_("状态"), max_length=12, choices=ClosingState.choices, default=ClosingState.WAITING)
    asked_at = models.DateTimeField(_("申请时间"), default=timezone.now)
    due_on = models.DateField(_("注销日期"))
    ended_at = models.DateTimeField(_("办结时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("账户注销")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ClosingState.values), name="account_closing_state_known"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state=ClosingState.WAITING), name="account_closing_one_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"  # no name: the log keeps this label


class LegalHold(models.Model):
    """What is held on a person stays, whatever its time, because the law asks for it; until a day, or until lifted."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("谁的信息"), on_delete=models.PROTECT, related_name="legal_holds"
    )
    reason = models.CharField(
        _("依据和原因"), max_length=200, help_text=_("写明哪个机关、哪份文书要求保存。不要写案情。")
    )
    until = models.DateField(_("保存到哪天"), null=True, blank=True, help_text=_("不填就一直保存，直到删除这一条。"))
    set_at = models.DateTimeField(_("登记时间"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("依法保存")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"  # no name: the log keeps this label
