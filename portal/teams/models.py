from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import Area
from portal.teams.enums import HAS_BEEN_IN, OPEN, JoiningWay, MembershipState, TeamKind, TeamRole
from portal.teams.errors import NeverDeletedError


class Team(models.Model):
    """People of a community or a street who serve together by interest or trade. Never deleted, only ended."""

    area = models.ForeignKey(Area, verbose_name=_("所在社区或街道"), on_delete=models.PROTECT, related_name="teams")
    code = models.SlugField(_("编号"), max_length=12, unique=True, editable=False)
    name = models.CharField(_("名称"), max_length=40)
    kind = models.CharField(_("类别"), max_length=12, choices=TeamKind.choices)
    description = models.TextField(_("介绍"), max_length=1000, blank=True)
    way = models.CharField(_("怎样加入"), max_length=12, choices=JoiningWay.choices, default=JoiningWay.OPEN)
    starts_on = models.DateField(_("成立日期"), default=timezone.localdate)
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        verbose_name = _("团队")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["area", "kind"], condition=Q(ends_on__isnull=True), name="team_open_in_area")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TeamKind.values), name="team_kind_known"),
            models.CheckConstraint(condition=Q(way__in=JoiningWay.values), name="team_way_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="team_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["area", "name"],
                condition=Q(ends_on__isnull=True),
                name="team_name_once_in_an_area",
                violation_error_message=_("这里已经有同名的团队。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.ends_on is None

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: what was done together stays true after the team has ended."""
        raise NeverDeletedError


class TeamMembership(models.Model):
    """One person in one team, from a day until a day; whoever comes back has a new one."""

    team = models.ForeignKey(Team, verbose_name=_("团队"), on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("成员"), on_delete=models.PROTECT, related_name="team_memberships"
    )
    role = models.CharField(_("角色"), max_length=8, choices=TeamRole.choices, default=TeamRole.MEMBER)
    state = models.CharField(_("状态"), max_length=12, choices=MembershipState.choices)
    asked_at = models.DateTimeField(_("申请时间"), default=timezone.now)
    starts_on = models.DateField(_("加入日期"), null=True, blank=True)
    ends_on = models.DateField(_("离开日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("团队成员")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MembershipState.values), name="team_membership_state_known"),
            models.CheckConstraint(condition=Q(role__in=TeamRole.values), name="team_membership_role_known"),
            models.UniqueConstraint(
                fields=["team", "person"], condition=Q(state__in=OPEN), name="team_membership_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=HAS_BEEN_IN, starts_on__isnull=False)
                | (~Q(state__in=HAS_BEEN_IN) & Q(starts_on__isnull=True)),
                name="team_membership_joined_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=MembershipState.LEFT, ends_on__isnull=False)
                | (~Q(state=MembershipState.LEFT) & Q(ends_on__isnull=True)),
                name="team_membership_left_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(role=TeamRole.MEMBER) | Q(state__in=HAS_BEEN_IN), name="team_membership_lead_is_in"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team} #{self.pk}"  # no name: the log keeps this label

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_joined(self) -> bool:
        return self.state == MembershipState.JOINED

    @property
    def is_lead(self) -> bool:
        return self.is_joined and self.role == TeamRole.LEAD
