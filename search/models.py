from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.enums import Kind


class IndexEntry(models.Model):
    """One published thing that can be found: a page in one language, or a public activity.

    The last three columns are the text as ``search.segmentation`` cuts it, joined by spaces. The database itself keeps
    its full-text index in step with them (migration ``0002_full_text``), so that whoever writes or deletes a row has
    also indexed it.
    """

    key = models.CharField(_("键"), max_length=80, unique=True)
    kind = models.CharField(_("类型"), max_length=12, choices=Kind.choices)
    locale = models.CharField(_("语言"), max_length=20)
    title = models.CharField(_("标题"), max_length=255)
    summary = models.TextField(_("摘要"), blank=True)
    body = models.TextField(_("正文"), blank=True)
    facets = models.JSONField(_("分类信息"), default=dict, blank=True)
    date = models.DateField(_("日期"), null=True, blank=True)
    url = models.CharField(_("网址"), max_length=500)
    updated_at = models.DateTimeField(_("更新时间"), default=timezone.now)
    indexed_at = models.DateTimeField(
        _("送达时间"), null=True, blank=True, help_text=_("空白表示外部搜索引擎还没有收到这次更新。")
    )
    title_folded = models.TextField(editable=False)
    terms = models.TextField(editable=False)
    title_words = models.TextField(editable=False)
    body_words = models.TextField(editable=False)

    class Meta:
        verbose_name = _("搜索条目")
        verbose_name_plural = _("搜索条目")
        indexes = [
            models.Index(fields=["locale", "kind"], name="search_locale_kind"),
            models.Index(fields=["updated_at"], name="search_to_send", condition=Q(indexed_at__isnull=True)),
        ]
        constraints = [models.CheckConstraint(condition=Q(kind__in=Kind.values), name="search_kind_known")]

    def __str__(self) -> str:
        return self.title

    @property
    def version(self) -> int:
        """Grows with every change, so that a late message never overwrites a newer one."""
        return int(self.updated_at.timestamp() * 1_000_000)


class Removal(models.Model):
    """A key that an engine outside the database still has to forget, or forgot lately."""

    key = models.CharField(_("键"), max_length=80, unique=True)
    removed_at = models.DateTimeField(_("移除时间"), default=timezone.now)
    is_sent = models.BooleanField(_("已送达"), default=False)

    class Meta:
        verbose_name = _("待移除的搜索条目")
        verbose_name_plural = _("待移除的搜索条目")

    def __str__(self) -> str:
        return self.key

    @property
    def version(self) -> int:
        return int(self.removed_at.timestamp() * 1_000_000)
