"""What a member says of themselves, and who may see it."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.members.enums import FREE_TIMES, ShownAt, Skill, Visibility

if TYPE_CHECKING:  # a name of the stubs alone
    from django.utils.functional import _StrPromise


VOLUNTEER_NUMBER = RegexValidator(r"^[0-9A-Za-z]{6,20}\Z", _("志愿者编号由 6 到 20 位数字或字母组成，中间没有空格。"))


def _visibility(label: "str | _StrPromise") -> "models.CharField[str, str]":
    return models.CharField(label, max_length=12, choices=Visibility.choices, default=Visibility.ONLY_ME)


class Profile(models.Model):
    """What a person offers, in their own hand. Each part is seen by nobody else until they say so."""

    PARTS: ClassVar[tuple[str, ...]] = ("skills", "free_times", "wishes", "contact")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("本人"), on_delete=models.CASCADE, related_name="profile"
    )
    own_skills = models.CharField(_("其他特长"), max_length=100, blank=True)
    free_times = models.JSONField(_("空闲时间"), default=list, blank=True)
    wishes = models.CharField(_("想参加的服务"), max_length=200, blank=True)
    contact = models.CharField(_("联系说明"), max_length=100, blank=True)
    # What the country's own site for volunteers gives them; kept, and never shown in the place of a name.
    volunteer_number = models.CharField(
        _("志愿者编号"), max_length=20, blank=True, default="", db_default="", validators=[VOLUNTEER_NUMBER]
    )
    skills_seen_by = _visibility(_("谁能看到特长"))
    free_times_seen_by = _visibility(_("谁能看到空闲时间"))
    wishes_seen_by = _visibility(_("谁能看到想参加的服务"))
    contact_seen_by = _visibility(_("谁能看到联系说明"))
    shows_unit_at = models.JSONField(_("亮明单位的地方"), default=list, blank=True)
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True)

    class Meta:
        verbose_name = _("个人资料")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    skills_seen_by__in=Visibility.values,
                    free_times_seen_by__in=Visibility.values,
                    wishes_seen_by__in=Visibility.values,
                    contact_seen_by__in=Visibility.values,
                ),
                name="profile_visibility_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"  # no name: the log keeps this label

    def clean(self) -> None:
        """Refuse times and places that are not of the known lists."""
        for name, known in (("free_times", FREE_TIMES), ("shows_unit_at", ShownAt.values)):
            if not all(value in known for value in getattr(self, name)):
                raise ValidationError({name: _("请从列出的选项中选。")}, code="unknown")

    def is_seen(self, part: str, *, by_organiser: bool) -> bool:
        """Return whether ``part`` (one of ``PARTS``) is open to the organisers of the person's community."""
        return by_organiser and getattr(self, f"{part}_seen_by") == Visibility.ORGANISERS

    def shows_unit(self, place: ShownAt) -> bool:
        """Return whether the person lets their unit be named at ``place``."""
        return place in self.shows_unit_at


class ProfileSkill(models.Model):
    """One skill of the known list, in a row of its own so that a community's list can be narrowed by it."""

    profile = models.ForeignKey(
        Profile, verbose_name=_("个人资料"), on_delete=models.CASCADE, related_name="known_skills"
    )
    skill = models.CharField(_("特长"), max_length=16, choices=Skill.choices)

    class Meta:
        verbose_name = _("特长")
        constraints = [
            models.CheckConstraint(condition=Q(skill__in=Skill.values), name="profile_skill_known"),
            models.UniqueConstraint(fields=["skill", "profile"], name="profile_skill_once"),
        ]

    def __str__(self) -> str:
        return str(self.get_skill_display())
