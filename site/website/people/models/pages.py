"""The people's pages. A page goes live through ``save`` alone, and ``save`` asks the rules."""

from contextlib import nullcontext
from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.log_actions import LogContext, get_active_log_context
from wagtail.models import Orderable, Page, Revision
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from website.base.blocks import BodyBlock
from website.base.fields import StreamField
from website.base.models import BasePage
from website.people import rules
from website.people.enums import KinPosition
from website.people.forms import PersonPageForm
from website.people.models.consents import Consent
from webui.pagination import page_of


class PeopleIndexPage(BasePage):
    """The list of exemplary people, and whom they or their families may ask."""

    contact = models.CharField(
        _("撤回、更正联系谁"), max_length=80, blank=True, help_text=_("部门或岗位。显示在每个人物的页面上。")
    )
    contact_phone = models.CharField(_("联系电话"), max_length=40, blank=True)

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["people.PersonPage"]
    max_count_per_parent = 1
    menu_title = _("人物")
    show_in_menus_default = True
    template = "website/people/people_index_page.html"

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("contact"), FieldPanel("contact_phone")]),
    ]
    override_translatable_fields: ClassVar[list] = [SynchronizedField("contact_phone")]

    class Meta:
        verbose_name = _("典型人物列表")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from website.people import queries  # noqa: PLC0415 -- queries read these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["people"] = page_of(request, queries.people(locale_id=self.locale_id))
        return context

    def structured_data(self) -> dict[str, Any]:
        return {"@type": "CollectionPage", "name": self.title, "description": self.summary, "url": self.full_url}


class PersonPage(BasePage):
    """An exemplary person: what they did, when, how it was honoured, and how we know."""

    name = models.CharField(_("姓名"), max_length=60, blank=True, help_text=_("留空时取标题里“：”前面的部分。"))
    role = models.CharField(_("身份"), max_length=80, blank=True, help_text=_("如：某社区网格员。"))
    place = models.CharField(_("所在地"), max_length=80, blank=True)
    dates = models.CharField(_("时间"), max_length=80, blank=True, help_text=_("如：2016 年至今。"))
    honours = models.TextField(
        _("荣誉"),
        blank=True,
        help_text=_("每行一项：年份、名称、颁发单位；有期限的写明期限，已撤销的写明“已撤销”。"),
    )
    body = StreamField(BodyBlock(), verbose_name=_("事迹"), blank=True)
    sources = models.TextField(_("来源"), blank=True, help_text=_("每行一条：名称、发布者、日期。已故人物必填。"))
    is_living = models.BooleanField(_("健在"), default=True)
    died = models.CharField(_("去世时间"), max_length=40, blank=True, help_text=_("可以只写年份。"))
    kin_position = models.CharField(
        _("近亲属的意见"), max_length=12, choices=KinPosition.choices, blank=True, help_text=_("已故人物适用。不公开。")
    )
    kin_asked_on = models.DateField(_("征求意见的日期"), null=True, blank=True)
    kin_note = models.TextField(_("意见记录"), blank=True, help_text=_("只给编辑看：谁、怎么说的。不要写证件号码。"))
    consent = models.ForeignKey(
        Consent,
        verbose_name=_("公开同意书"),
        on_delete=models.PROTECT,
        related_name="pages",
        null=True,
        blank=True,
        help_text=_("健在的人，须有未撤回的同意书才能发布。"),
    )
    checked_on = models.DateField(_("核对日期"), null=True, blank=True, help_text=_("上次核对内容和来源的日期。"))

    parent_page_types: ClassVar[list[str]] = ["people.PeopleIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "website/people/person_page.html"
    read_along: ClassVar[tuple[str, ...]] = (*BasePage.read_along, "consent")
    base_form_class = PersonPageForm

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("name"), FieldPanel("role"), FieldPanel("place"), FieldPanel("dates")], _("是谁")),
        FieldPanel("body"),
        FieldPanel("honours"),
        FieldPanel("sources"),
        FieldPanel("checked_on"),
        MultiFieldPanel([FieldPanel("is_living"), FieldPanel("consent")], _("公开的依据")),
        MultiFieldPanel(
            [
                FieldPanel("died"),
                FieldRowPanel([FieldPanel("kin_position"), FieldPanel("kin_asked_on")]),
                FieldPanel("kin_note"),
            ],
            _("已故人物"),
        ),
        InlinePanel("related", heading=_("相关的人和案例"), label=_("相关页面"), max_num=6),
    ]
    search_fields: ClassVar[list] = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("honours"),
        index.FilterField("consent"),
    ]
    override_translatable_fields: ClassVar[list] = [
        TranslatableField("honours"),
        SynchronizedField("consent"),
        SynchronizedField("is_living"),
        SynchronizedField("kin_position"),
        SynchronizedField("kin_asked_on"),
        SynchronizedField("kin_note"),
        SynchronizedField("checked_on"),
        SynchronizedField("related"),
    ]

    class Meta:
        verbose_name = _("典型人物")

    @property
    def who(self) -> list[str]:
        return [part for part in (self.role, self.place, self.dates) if part]

    @property
    def person_name(self) -> str:
        return self.name or self.title.partition("：")[0].partition(":")[0].strip()

    @property
    def shows_pictures(self) -> bool:
        return bool(self.listing_image_id) or any(block.block_type == "picture" for block in self.body)

    @property
    def may_be_shown(self) -> bool:
        return not rules.reasons_against(self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_be_shown:  # withdrawn a moment ago, or past our own doors
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return super().get_sitemap_urls(request) if self.may_be_shown else []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["index"] = self.people_index
        return context

    @cached_property
    def people_index(self) -> PeopleIndexPage | None:
        return PeopleIndexPage.objects.ancestor_of(self).first()

    def related_pages(self) -> list[BasePage]:
        from website.people import queries  # noqa: PLC0415 -- queries read these models

        return queries.related_to(self)

    def structured_data(self) -> dict[str, Any]:
        person: dict[str, Any] = {"@type": "Person", "name": self.person_name, "description": self.summary}
        person |= {"jobTitle": self.role} if self.role else {}
        person |= {"homeLocation": {"@type": "Place", "name": self.place}} if self.place else {}
        honours = [line.strip() for line in self.honours.splitlines() if line.strip()]
        person |= {"award": honours} if honours else {}
        page = {"@type": "ProfilePage", "name": self.title, "url": self.full_url, "mainEntity": person}
        if self.last_published_at:
            page["dateModified"] = self.last_published_at.isoformat()
        return page

    def publish(self, revision: Revision, user: Any = None, **kwargs: Any) -> Any:
        """Publish or schedule ``revision``, released by ``user``.

        Raises:
            website.people.errors.NotToBeShown: the law, our rules or the missing second person forbid it.
        """
        named = user is not None and get_active_log_context().user != user
        with LogContext(user=user) if named else nullcontext():
            revision.as_object()._refuse_unless_releasable(revision)
            return super().publish(revision, user=user, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save, unless this would show a person who may not be shown, or whom nobody but the author has looked at.

        Every way to publish ends here: buttons, schedule, workflow, copies, aliases, translations, the API.

        Raises:
            website.people.errors.NotToBeShown: names the field and the reason.
        """
        fields = kwargs.get("update_fields")
        if self.live and (fields is None or "live" in fields):
            self._refuse_unless_releasable(self._release())
        return super().save(*args, **kwargs)

    def _release(self) -> Revision | None:
        """Return the version this save makes live, if it makes one live."""
        before = PersonPage.objects.filter(pk=self.pk).values_list("live", "live_revision_id").first()
        return self.live_revision if before != (True, self.live_revision_id) else None

    def _refuse_unless_releasable(self, revision: Revision | None) -> None:
        from website.people import queries  # noqa: PLC0415 -- queries read these models
        from website.people.errors import BornLive, SecondPersonIsMissing  # noqa: PLC0415 -- named where raised

        for reason in rules.reasons_against(self):
            raise reason
        if self.alias_of_id:
            return  # shows what has been released already
        if self._state.adding:
            raise BornLive
        if revision and not queries.has_second_person(revision, by=get_active_log_context().user):
            raise SecondPersonIsMissing


class RelatedPage(Orderable):
    """A person or case worth reading next."""

    person = ParentalKey(PersonPage, on_delete=models.CASCADE, related_name="related")
    page = models.ForeignKey(
        Page,
        verbose_name=_("页面"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels: ClassVar[list] = [PageChooserPanel("page", ["people.PersonPage", "case_studies.CaseStudyPage"])]

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("相关页面")

    def __str__(self) -> str:
        return str(self.page)
