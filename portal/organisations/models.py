from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from portal.organisations.enums import AreaKind, Role, UnitKind


class Area(MP_Node):
    """A place people live in: city, district, street, community or grid. Never deleted, only ended.

    ``path`` is the materialised path: a subtree is one range of an index.
    """

    code = models.CharField(_("编码"), max_length=24, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("层级"), max_length=12, choices=AreaKind.choices)
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    starts_on = models.DateField(_("启用日期"), null=True, blank=True)
    ends_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("区域")
        constraints = [models.CheckConstraint(condition=Q(kind__in=AreaKind.values), name="area_kind_known")]

    def __str__(self) -> str:
        return self.name


class Unit(MP_Node):
    """A work unit or one of its branches. Never deleted, only ended."""

    code = models.CharField(_("编码"), max_length=24, unique=True)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, unique=True, null=True, blank=True)
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("性质"), max_length=12, choices=UnitKind.choices)
    area = models.ForeignKey(
        Area, verbose_name=_("所在区域"), on_delete=models.PROTECT, related_name="units", null=True, blank=True
    )
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    starts_on = models.DateField(_("启用日期"), null=True, blank=True)
    ends_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("单位")
        constraints = [models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_kind_known")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A person's role at one place, from a day until a day. It reaches the place's whole subtree."""

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
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.area or self.unit}"
