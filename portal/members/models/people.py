from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.members.enums import Ending, MembershipKind, Purpose
from portal.organisations.models import Unit
from portal.phones import PhoneField


class UserManager(BaseUserManager["User"]):
    """Makes people by their phone."""

    use_in_migrations = True

    def create_user(self, phone: str | None, password: str | None = None, **fields: object) -> "User":
        user = self.model(phone=phone, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, phone: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(phone, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. The phone comes first: it is how most people log in, and how a roster row meets its person."""

    phone = PhoneField(_("手机号"), unique=True, null=True, blank=True)
    phone_verified_at = models.DateTimeField(_("手机号验证时间"), null=True, blank=True)
    name = models.CharField(_("姓名"), max_length=60, blank=True)
    email = models.EmailField(_("邮箱"), blank=True)
    is_active = models.BooleanField(_("可以登录"), default=True)
    joined_at = models.DateTimeField(_("加入时间"), default=timezone.now)

    USERNAME_FIELD = "phone"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("用户")

    def __str__(self) -> str:
        return self.name or str(_("未填写姓名"))

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def get_username(self) -> str:
        return str(self.phone or "")

    @property
    def first_name(self) -> str:
        """Return what Wagtail's sidebar calls a person."""
        return str(self)

    @property
    def is_staff(self) -> bool:
        return self.is_superuser


class RosterEntry(models.Model):
    """One person on a unit's roster, as the unit wrote it; it meets its person by phone at the first log-in."""

    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="roster")
    phone = PhoneField(_("手机号"))
    # What the unit's own files may still say after the person changed theirs; a file with it means the same person.
    former_phone = PhoneField(_("原手机号"), blank=True, default="", db_default="")
    name = models.CharField(_("姓名"), max_length=60)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("本人"),
        on_delete=models.SET_NULL,
        related_name="roster_entries",
        null=True,
        blank=True,
    )
    employee_number = models.CharField(_("工号"), max_length=30, blank=True)
    branch = models.CharField(_("党支部"), max_length=60, blank=True)
    note = models.CharField(_("备注"), max_length=100, blank=True)
    added_at = models.DateTimeField(_("列入时间"), default=timezone.now)
    # Whoever came by an invitation named themselves: until the contact agrees, the row vouches for nothing.
    is_confirmed = models.BooleanField(_("已由联络员确认"), default=True)
    left_on = models.DateField(_("移出日期"), null=True, blank=True)
    # For whoever has no account and so cannot ask for leave: until then nobody waits for their report-in.
    exempt_until = models.DateField(_("免予报到到哪天"), null=True, blank=True)
    # Keys of imports, which live in a room above: which brought the row, and which wrote it last (by hand: none).
    made_by_import = models.BigIntegerField(null=True, blank=True, editable=False)
    last_import = models.BigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("名册条目")
        indexes = [
            models.Index(fields=["phone"], name="roster_phone"),
            models.Index(fields=["former_phone"], condition=Q(former_phone__gt=""), name="roster_former_phone"),
            models.Index(
                fields=["added_at"], condition=Q(person__isnull=True, left_on__isnull=True), name="roster_unmet"
            ),
            models.Index(fields=["unit", "name", "id"], condition=Q(left_on__isnull=True), name="roster_by_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "phone"], condition=Q(left_on__isnull=True), name="roster_phone_once_in_a_unit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} #{self.pk}"  # no name: the log keeps this label


class HomeMembership(models.Model):
    """The one unit a person belongs to, from a day until a day."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("本人"), on_delete=models.PROTECT, related_name="home_memberships"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="home_memberships")
    kind = models.CharField(
        _("类别"),
        max_length=12,
        choices=MembershipKind.choices,
        default=MembershipKind.SERVING,
        db_default=MembershipKind.SERVING,
    )
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    ending = models.CharField(
        _("结束原因"), max_length=12, choices=Ending.choices, blank=True, default="", db_default=""
    )

    class Meta:
        verbose_name = _("隶属关系")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MembershipKind.values), name="home_membership_kind_known"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_on__isnull=True), name="home_membership_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="home_membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} #{self.pk}"  # no name: the log keeps this label


class Consent(models.Model):
    """What a person agreed to, in which words, and until when."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("本人"), on_delete=models.CASCADE, related_name="consents"
    )
    purpose = models.CharField(_("用途"), max_length=24, choices=Purpose.choices)
    text_version = models.CharField(_("文本版本"), max_length=20)
    given_at = models.DateTimeField(_("同意时间"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("同意记录")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(withdrawn_at__isnull=True), name="consent_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} #{self.pk}"  # no name: the log keeps this label


class ReadLog(models.Model):
    """Who looked at whose data, what and why. Shown to the person looked at.

    ``office`` is the post of the reader at that time, or the command that read where no person did. ``once`` is the
    key of what is noted once a day.
    """

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("查看人"),
        on_delete=models.PROTECT,
        related_name="reads_made",
        null=True,
        blank=True,
    )
    office = models.CharField(_("查看人的职责"), max_length=160, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("被查看人"), on_delete=models.CASCADE, related_name="reads_of_me"
    )
    what = models.CharField(_("内容"), max_length=60)
    purpose = models.CharField(_("用途"), max_length=120)
    read_at = models.DateTimeField(_("时间"), default=timezone.now)
    once = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("查看记录")
        ordering = ["-read_at", "-pk"]
        indexes = [models.Index(fields=["person", "-read_at"], name="readlog_of_person")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"  # no name: the log keeps this label
