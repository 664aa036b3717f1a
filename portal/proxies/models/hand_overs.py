from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import Area
from portal.phones import PhoneField
from portal.proxies.enums import ConsentKind, HandOverState


class HandOver(models.Model):
    """An account a community keeps becomes its person's own, once they prove the phone that is now theirs.

    ``own`` is the account that phone had already, which everything moved to; none where it had none. The phone is
    kept only while it waits.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("由社区代管的人"), on_delete=models.PROTECT, related_name="hand_overs"
    )
    own = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("本人自己的账户"),
        on_delete=models.PROTECT,
        related_name="accounts_taken_in",
        null=True,
        blank=True,
    )
    area = models.ForeignKey(Area, verbose_name=_("社区"), on_delete=models.PROTECT, related_name="hand_overs")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("办理人"), on_delete=models.PROTECT, related_name="hand_overs_asked"
    )
    phone = PhoneField(_("本人的手机号"), blank=True)
    consent = models.CharField(_("本人怎样同意的"), max_length=8, choices=ConsentKind.choices)
    state = models.CharField(_("状态"), max_length=12, choices=HandOverState.choices, default=HandOverState.ASKED)
    served_twice = models.JSONField(_("重叠的服务记录"), default=list, blank=True, editable=False)  # keys of records
    asked_at = models.DateTimeField(_("登记时间"), default=timezone.now)
    ended_at = models.DateTimeField(_("办结时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("账户交接")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["phone"], condition=Q(state=HandOverState.ASKED), name="hand_over_by_phone"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=HandOverState.values), name="hand_over_state_known"),
            models.CheckConstraint(condition=Q(consent__in=ConsentKind.values), name="hand_over_consent_known"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state=HandOverState.ASKED), name="hand_over_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state=HandOverState.ASKED) | Q(phone="", ended_at__isnull=False),
                name="hand_over_ended_forgets_the_phone",
            ),
            models.CheckConstraint(condition=~Q(own=models.F("person")), name="hand_over_between_two"),
            models.CheckConstraint(condition=~Q(asked_by=models.F("person")), name="hand_over_asked_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"  # neither name nor phone: the log keeps this label

    @property
    def is_open(self) -> bool:
        return self.state == HandOverState.ASKED
