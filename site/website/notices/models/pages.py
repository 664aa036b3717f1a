"""The pages of the notice board. A notice ends by its date, without a clock, and keeps its address."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Min, Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from website.base.blocks import BodyBlock
from website.base.fields import StreamField
from website.base.models import BasePage
from website.notices import rules
from website.notices.enums import NoticeKind, Phase
from website.notices.forms import NoticePageForm


class NoticeIndexPage(RoutablePageMixin, BasePage):
    """The notice board: what runs now, what comes, and what is past."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["public_notices.NoticePage"]
    max_count_per_parent = 1
    menu_title = _("公示")
    show_in_menus_default = True
    questions: ClassVar[frozenset[str]] = frozenset({"page", "kind", "year"})
    template = "website/notices/notice_index_page.html"

    class Meta:
        verbose_name = _("公示通知栏")

    @property
    def feed_url(self) -> str:
        return f"{self.full_url}feed/"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from website.notices import queries  # noqa: PLC0415 -- queries read these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | queries.board(request, locale_id=self.locale_id, on=timezone.localdate())

    def structured_data(self) -> dict[str, Any]:
        return {"@type": "CollectionPage", "name": self.title, "description": self.summary, "url": self.full_url}

    @path("feed/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the notices published last, for feed readers."""
        from website.notices.rss import NoticeFeed  # noqa: PLC0415 -- it lists these models

        return NoticeFeed()(request, index=self)

    @path("objections/", name="objections")
    def objections(self, request: HttpRequest) -> HttpResponseBase:
        """Show the answer to an objection to whoever has its number and code."""
        from website.notices import views  # noqa: PLC0415 -- views show these models

        return views.objection_status(request, index=self)


class NoticePage(RoutablePageMixin, BasePage):
    """Something shown or told to everybody, from a day until a day, by someone who answers for it."""

    kind = models.CharField(_("类型"), max_length=16, choices=NoticeKind.choices, default=NoticeKind.FOR_OBJECTION)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True, help_text=_("公示必填。当天仍在公示期内。"))
    responsible = models.CharField(
        _("负责人"), max_length=80, blank=True, help_text=_("部门或岗位，会公开显示。公示必填。")
    )
    phone = models.CharField(_("联系电话"), max_length=40, blank=True, help_text=_("公示必填。"))
    open_since = models.DateField(_("公众从哪天起能提意见"), null=True, blank=True, editable=False)
    body = StreamField(BodyBlock(), verbose_name=_("正文"), blank=True)
    result = models.TextField(
        _("结果"), blank=True, help_text=_("公示结束后填写：收到哪些意见，怎么处理，最后怎么定。")
    )

    parent_page_types: ClassVar[list[str]] = ["public_notices.NoticeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "website/notices/notice_page.html"
    base_form_class = NoticePageForm
    exclude_fields_in_copy: ClassVar[list[str]] = ["open_since"]  # a copy begins anew

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldRowPanel([FieldPanel("responsible"), FieldPanel("phone")]),
            ],
            _("何时、由谁"),
        ),
        FieldPanel("body"),
        FieldPanel("result"),
        HelpPanel(_("到期后自动移到“往期”，地址不变，不用撤下。公示期间收到的意见在左侧“公示意见”里答复，不会公开。")),
    ]
    search_fields: ClassVar[list] = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("result"),
        index.FilterField("starts_on"),
        index.FilterField("ends_on"),
    ]
    override_translatable_fields: ClassVar[list] = [SynchronizedField("phone")]

    class Meta:
        verbose_name = _("公示通知")
        constraints: ClassVar[list] = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="notice_ends_after_start"
            )
        ]

    @property
    def phase(self) -> Phase:
        today = timezone.localdate()
        if self.starts_on > today:
            return Phase.COMING
        return Phase.ENDED if self.ends_on and self.ends_on < today else Phase.RUNNING

    @property
    def has_ended(self) -> bool:
        return self.phase == Phase.ENDED

    @property
    def is_for_objection(self) -> bool:
        return self.kind == NoticeKind.FOR_OBJECTION

    @property
    def takes_objections(self) -> bool:
        return self.live and self.is_for_objection and self.phase == Phase.RUNNING

    @property
    def days_left(self) -> int:
        """Return how many days are left, today among them."""
        return (self.ends_on - timezone.localdate()).days + 1 if self.ends_on else 0

    @property
    def period(self) -> str:
        """Return from when until when, in words."""
        begins = date_format(self.starts_on)
        if self.ends_on is None:
            return gettext("%(day)s起") % {"day": begins}
        return gettext("%(from)s至%(until)s") % {"from": begins, "until": date_format(self.ends_on)}

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("结束日期不能早于开始日期。")})

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save, unless this would publish a 公示 that lacks what it must say, or that runs too short.

        Raises:
            website.notices.errors.NoticeIncomplete: names the field and the reason.
        """
        fields = kwargs.get("update_fields")
        goes_out = self.live and (fields is None or "live" in fields)
        if goes_out and not self.is_public_as_it_is:
            for reason in rules.reasons_against(self):
                raise reason
        if fields is None:  # a revision, or a draft's form, knows nothing of it
            since = self.shown_since
            self.open_since = since or (rules.first_day(self) if goes_out and self.is_for_objection else None)
        return super().save(*args, **kwargs)

    @property
    def shown_since(self) -> date | None:
        """Return the day from which the public has seen it as a 公示, in whichever language that was first."""
        same = NoticePage.objects.filter(translation_key=self.translation_key)
        first: date | None = same.aggregate(first=Min("open_since"))["first"]
        return first

    @property
    def is_public_as_it_is(self) -> bool:
        """Tell whether the public sees it already, with these dates: a result may be added at any time."""
        return NoticePage.objects.filter(
            pk=self.pk, live=True, kind=self.kind, starts_on=self.starts_on, ends_on=self.ends_on
        ).exists()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from website.notices import queries  # noqa: PLC0415 -- queries read these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["objections"] = queries.objection_counts(self) if self.is_for_objection else None
        return context

    def structured_data(self) -> dict[str, Any]:
        said: dict[str, Any] = {"@type": "SpecialAnnouncement", "name": self.title, "url": self.full_url}
        said |= {"text": self.summary or self.title, "datePosted": self.starts_on.isoformat()}
        said |= {"expires": self.ends_on.isoformat()} if self.ends_on else {}
        if self.responsible:
            said["publisher"] = {"@type": "Organization", "name": self.responsible}
            said["publisher"] |= {"telephone": self.phone} if self.phone else {}
        return said

    @path("objection/", name="objection")
    def objection(self, request: HttpRequest) -> HttpResponseBase:
        """Take an objection, without a log-in."""
        from website.notices import views  # noqa: PLC0415 -- views show these models

        return views.objection_send(request, notice=self)
