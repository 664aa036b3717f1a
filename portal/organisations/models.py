from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from portal.organisations.enums import AreaKind, ChangeKind, ImportState, PlaceKind, Role, UnitKind
from portal.organisations.errors import NeverDeletedError
from portal.organisations.positions import degrees, whole_position

ENDS_AFTER_START = Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=models.F("starts_on"))


class DatedPlace(MP_Node):
    """A node of a tree that is opened and ended on a day, and never deleted (the database refuses it too)."""

    starts_on = models.DateField(_("启用日期"), null=True, blank=True)
    ends_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        today = timezone.localdate()
        return (self.starts_on is None or self.starts_on <= today) and (self.ends_on is None or self.ends_on > today)

    @property
    def has_ended(self) -> bool:
        """Whether its last day is over."""
        return self.ends_on is not None and self.ends_on <= timezone.localdate()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: what happened here stays true after the place has ended."""
        raise NeverDeletedError


class Area(DatedPlace):
    """A place people live in: city, district, street, community or grid. Never deleted, only ended.

    ``path`` is the materialised path: a subtree is one range of an index.
    """

    code = models.CharField(_("编码"), max_length=24, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("层级"), max_length=12, choices=AreaKind.choices)
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    latitude = degrees(_("中心纬度"), 90)
    longitude = degrees(_("中心经度"), 180)

    class Meta:
        verbose_name = _("区域")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AreaKind.values), name="area_kind_known"),
            models.CheckConstraint(condition=ENDS_AFTER_START, name="area_ends_after_start"),
            whole_position("area_position_whole"),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(DatedPlace):
    """A work unit or one of its branches. Never deleted, only ended."""

    code = models.CharField(_("编码"), max_length=24, unique=True)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, unique=True, null=True, blank=True)
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("性质"), max_length=12, choices=UnitKind.choices)
    area = models.ForeignKey(
        Area, verbose_name=_("所在区域"), on_delete=models.PROTECT, related_name="units", null=True, blank=True
    )
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("单位")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_kind_known"),
            models.CheckConstraint(condition=ENDS_AFTER_START, name="unit_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A person's role at one place, from a day until a day. It reaches the place's whole subtree.

    One that is ``delegated_from`` another is its holder's stand-in, and gives a right only while that post is held.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("任职人"), on_delete=models.PROTECT, related_name="posts"
    )
    role = models.CharField(_("职责"), max_length=16, choices=Role.choices)
    area = models.ForeignKey(
        Area, verbose_name=_("区域"), on_delete=models.PROTECT, related_name="posts", null=True, blank=True
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="posts", null=True, blank=True
    )
    title = models.CharField(_("职务"), max_length=40, blank=True)
    act = models.CharField(_("依据（文号）"), max_length=80, blank=True)
    delegated_from = models.ForeignKey(
        "self",
        verbose_name=_("受托于"),
        on_delete=models.PROTECT,
        related_name="delegations",
        null=True,
        blank=True,
    )
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("任职")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="post_role_known"),
            models.CheckConstraint(
                condition=Q(area__isnull=False, unit__isnull=True) | Q(area__isnull=True, unit__isnull=False),
                name="post_has_one_place",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")), name="post_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(delegated_from__isnull=True) | Q(ends_on__isnull=False), name="post_delegated_has_an_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.area or self.unit}"


class AreaChange(models.Model):
    """One area became another on a day. Several into one is a merger, one into several a split: a row a pair."""

    kind = models.CharField(_("变动"), max_length=8, choices=ChangeKind.choices)
    before = models.ForeignKey(Area, verbose_name=_("原区域"), on_delete=models.PROTECT, related_name="changes_after")
    after = models.ForeignKey(Area, verbose_name=_("承接区域"), on_delete=models.PROTECT, related_name="changes_before")
    on = models.DateField(_("变动日期"))
    act = models.CharField(_("依据（文号）"), max_length=80, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("操作人"),
        on_delete=models.PROTECT,
        related_name="area_changes",
        null=True,
        blank=True,
    )
    made_at = models.DateTimeField(_("操作时间"), default=timezone.now)

    class Meta:
        verbose_name = _("区域变动")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="area_change_kind_known"),
            models.CheckConstraint(condition=~Q(before=models.F("after")), name="area_change_between_two"),
            models.UniqueConstraint(fields=["before", "after"], name="area_change_once"),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class PlaceImport(models.Model):
    """A table of areas or units that somebody handed in, and what it would change; written only when confirmed."""

    kind = models.CharField(_("内容"), max_length=8, choices=PlaceKind.choices)
    state = models.CharField(_("状态"), max_length=12, choices=ImportState.choices, default=ImportState.WAITING)
    file_name = models.CharField(_("文件名"), max_length=120)
    rows = models.JSONField(_("表格内容"), blank=True)
    differences = models.JSONField(_("差异"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("操作人"), on_delete=models.PROTECT, related_name="place_imports"
    )
    made_at = models.DateTimeField(_("上传时间"), default=timezone.now)

    class Meta:
        verbose_name = _("组织导入")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PlaceKind.values), name="place_import_kind_known"),
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="place_import_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"
