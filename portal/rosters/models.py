from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.members.models import HomeMembership, RosterEntry
from portal.organisations.models import Unit
from portal.rosters.enums import ChangeKind, ImportState


class RosterImport(models.Model):
    """One file of a unit's roster: checked, looked at, written, perhaps undone."""

    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="roster_imports")
    state = models.CharField(_("状态"), max_length=10, choices=ImportState.choices, default=ImportState.CHECKING)
    file_name = models.CharField(_("文件"), max_length=200)
    encoding = models.CharField(_("编码"), max_length=20, blank=True)
    headings = models.JSONField(_("表头"), default=list, blank=True)
    heading_row = models.PositiveIntegerField(_("表头在第几行"), default=0)  # 0: the file has none
    columns = models.JSONField(_("对应的列"), default=dict, blank=True)  # field → place from 0
    is_complete = models.BooleanField(_("文件是完整名册"), default=False)
    skips_errors = models.BooleanField(_("导入没有错误的行"), default=False)
    lines = models.PositiveIntegerField(_("文件行数"), default=0)
    progress = models.PositiveIntegerField(_("已处理行数"), default=0)
    report = models.JSONField(_("结果"), default=dict, blank=True)  # counts by name
    errors = models.JSONField(_("错误"), default=list, blank=True)  # the first of them: row, column, message
    left_alone = models.JSONField(_("没有撤销的"), default=list, blank=True)  # keys of roster rows
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("谁"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    started_at = models.DateTimeField(_("上传时间"), default=timezone.now)
    moved_at = models.DateTimeField(_("状态时间"), default=timezone.now)
    done_at = models.DateTimeField(_("导入时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("名册导入")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="roster_import_state_known")
        ]

    def __str__(self) -> str:
        return f"{self.unit} #{self.pk}"

    @property
    def is_busy(self) -> bool:
        return self.state in {ImportState.CHECKING, ImportState.WRITING}

    @property
    def number_of_errors(self) -> int:
        return int(self.report.get("errors", 0))


class FilePart(models.Model):
    """A piece of the file of an import, packed and encrypted, until it is erased."""

    run = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        verbose_name = _("名册文件的一段")
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="roster_file_part_once")]

    def __str__(self) -> str:
        return f"#{self.run_id}.{self.number}"


class StagedRow(models.Model):
    """A row without errors that waits to be written. Filled and emptied in bulk: no relation is checked row by row."""

    batch = models.BigIntegerField(db_index=True)  # the key of the import
    number = models.IntegerField()  # the row people see in the sheet
    unit = models.BigIntegerField()
    phone = models.CharField(max_length=128)
    name = models.CharField(max_length=60)
    # Null where the file has no such column: what the roster says is then left alone.
    employee_number = models.CharField(max_length=30, null=True)  # noqa: DJ001 -- absent and empty differ
    branch = models.CharField(max_length=60, null=True)  # noqa: DJ001 -- as above
    note = models.CharField(max_length=100, null=True)  # noqa: DJ001 -- as above

    class Meta:
        verbose_name = _("待写入的名册行")

    def __str__(self) -> str:
        return f"#{self.batch}.{self.number}"


class RosterChange(models.Model):
    """What a row of a roster said before an import changed it. Rows that were new need none."""

    run = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="changes")
    entry = models.ForeignKey(RosterEntry, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=7, choices=ChangeKind.choices)
    name = models.CharField(max_length=60)
    employee_number = models.CharField(max_length=30, blank=True)
    branch = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=100, blank=True)
    last_import = models.BigIntegerField(null=True, blank=True)
    had_person = models.BooleanField(default=False)
    membership = models.ForeignKey(HomeMembership, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("名册导入的改动")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="roster_change_kind_known"),
            models.UniqueConstraint(fields=["run", "entry"], name="roster_change_once"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.entry_id}"
