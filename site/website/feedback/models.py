from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from website.feedback.enums import FeedbackState
from website.feedback.masking import masked

LONGEST = 1000
LONGEST_ADDRESS = 255


class Feedback(models.Model):
    """Whether a page was of use to a reader, and what they said. Nobody knows who it was."""

    page = models.ForeignKey(
        Page, verbose_name=_("页面"), on_delete=models.SET_NULL, related_name="feedback", null=True, blank=True
    )
    address = models.CharField(_("网址"), max_length=LONGEST_ADDRESS, blank=True)
    is_useful = models.BooleanField(_("有用"), null=True)
    text = models.TextField(_("原话"), max_length=LONGEST, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=FeedbackState.choices, default=FeedbackState.NEW)
    question = models.CharField(
        _("公开的问题"),
        max_length=200,
        blank=True,
        help_text=_("用一句话转述，不写人名和住址。公开的是这一句，不是原话。"),
    )
    answer = models.TextField(_("答复"), max_length=LONGEST, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("处理人"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    handled_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    created_at = models.DateTimeField(_("收到时间"), default=timezone.now, db_index=True)
    # A keyed digest of who sent it on which day, so that one reader counts once; emptied when the day is over.
    once = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)

    panels: ClassVar[list] = [
        MultiFieldPanel(
            [
                FieldPanel("page", read_only=True),
                FieldPanel("is_useful", read_only=True),
                FieldPanel("text", read_only=True),
                FieldPanel("created_at", read_only=True),
            ],
            _("读者说"),
        ),
        MultiFieldPanel([FieldPanel("state"), FieldPanel("question"), FieldPanel("answer")], _("处理")),
    ]

    class Meta:
        verbose_name = verbose_name_plural = _("读者意见")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "created_at"], name="feedback_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FeedbackState.values), name="feedback_state_known"),
            models.CheckConstraint(
                condition=~Q(state=FeedbackState.ANSWERED) | (~Q(question="") & ~Q(answer="")),
                name="feedback_answer_is_there",
            ),
        ]

    def __str__(self) -> str:
        # The label stands in logs and lists: never the reader's words.
        return str(_("意见 %(number)s") % {"number": self.pk or ""})

    def save(self, *args: object, **kwargs: object) -> None:
        self.text = masked(self.text)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came

    @property
    def about(self) -> str:
        """Name the page, or the site where it was no page of ours."""
        return self.page.title if self.page else str(_("整个网站"))

    @property
    def verdict(self) -> str:
        return {True: str(_("有用")), False: str(_("没用"))}.get(self.is_useful, "—")  # type: ignore[arg-type]  # None is none
