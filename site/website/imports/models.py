"""What is kept between an upload and its draft: seen by its owner alone, and erased after some days."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class ImportDraft(models.Model):
    """A document somebody uploaded and looks through. Once its page is there, nothing of its text is kept here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("上传者"), on_delete=models.CASCADE, related_name="import_drafts"
    )
    file_name = models.CharField(_("文件名"), max_length=255)
    created_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    expires_at = models.DateTimeField(_("保留到"), db_index=True)
    reading = models.JSONField(_("读出的内容"), default=dict)
    answers = models.JSONField(_("编辑填写的内容"), default=dict)
    page = models.ForeignKey(
        Page, verbose_name=_("存成的页面"), on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = verbose_name_plural = _("导入中的文档")
        ordering = ["-created_at"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.file_name


class ImportPicture(models.Model):
    """A picture out of an uploaded document, until it becomes one of the site's or is forgotten."""

    draft = models.ForeignKey(ImportDraft, on_delete=models.CASCADE, related_name="pictures")
    number = models.PositiveIntegerField(_("第几张"))
    name = models.CharField(_("名称"), max_length=80)
    data = models.BinaryField(_("内容"))

    class Meta:
        verbose_name = verbose_name_plural = _("导入中的图片")
        ordering = ["number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="import_picture_once")]

    def __str__(self) -> str:
        return self.name
