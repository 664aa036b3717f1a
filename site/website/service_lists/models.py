"""What became of each file somebody handed in."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from website.service_lists.enums import ChangeKind, RunState


class ImportRun(models.Model):
    """One import: looked at, done, perhaps undone. Holds the cells of the file until it is done, and then no more."""

    state = models.CharField(_("状态"), max_length=9, choices=RunState.choices, default=RunState.PREVIEWED)
    file_name = models.CharField(_("文件"), max_length=200)
    sheets = models.JSONField(_("表格内容"), default=list)
    report = models.JSONField(_("差异"), default=dict)
    fingerprint = models.CharField(_("差异的指纹"), max_length=64, blank=True)
    creates_categories = models.BooleanField(_("没有的类别自动新建"), default=False)
    closes_gone = models.BooleanField(_("表里没有的服务改为“停办”"), default=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("谁"), on_delete=models.SET_NULL, related_name="+", null=True
    )
    started_at = models.DateTimeField(_("什么时候"), auto_now_add=True)
    done_at = models.DateTimeField(_("导入时间"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("谁撤销"), on_delete=models.SET_NULL, related_name="+", null=True
    )
    undone_at = models.DateTimeField(_("撤销时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("清单导入")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=RunState.values), name="import_run_state_known")
        ]

    def __str__(self) -> str:
        return self.file_name

    def number_of(self, kind: str) -> int:
        found: Any = self.report.get(kind, 0)
        return found if isinstance(found, int) else len(found)

    @property
    def counts(self) -> dict[str, int]:
        changed = len({change["code"] for change in self.report.get("changed", [])})
        return {**{kind: self.number_of(kind) for kind in ("new", "gone", "unchanged", "errors")}, "changed": changed}


class ImportChange(models.Model):
    """What an import did to one page, and where to go back to."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="changes")
    page = models.ForeignKey(Page, on_delete=models.SET_NULL, related_name="+", null=True)
    title = models.CharField(_("服务名称"), max_length=255)
    code = models.CharField(_("事项编号"), max_length=64)
    kind = models.CharField(_("怎么变的"), max_length=8, choices=ChangeKind.choices)
    before = models.ForeignKey(Revision, on_delete=models.SET_NULL, related_name="+", null=True)
    after = models.ForeignKey(Revision, on_delete=models.SET_NULL, related_name="+", null=True)
    parent_before = models.ForeignKey(Page, on_delete=models.SET_NULL, related_name="+", null=True)
    is_undone = models.BooleanField(_("已撤销"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("导入的改动")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=ChangeKind.values), name="import_change_kind_known"),
            models.UniqueConstraint(fields=["run", "page"], name="import_change_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
