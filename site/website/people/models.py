from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from website.base.blocks import BodyBlock
from website.base.fields import StreamField
from website.base.models import BasePage
from website.people.forms import PersonPageForm
from webui.pagination import page_of


@register_snippet
class Consent(models.Model):
    """A living person's word that we may show their story: in which words, from when, until when."""

    name = models.CharField(_("姓名"), max_length=60)
    text_version = models.CharField(_("同意书版本"), max_length=20)
    given_on = models.DateField(_("同意日期"))
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)

    panels: ClassVar[list] = [
        FieldPanel("name"),
        FieldPanel("text_version"),
        FieldPanel("given_on"),
        FieldPanel("withdrawn_on"),
    ]

    class Meta:
        verbose_name = verbose_name_plural = _("公开同意书")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="person_consent_withdrawn_after_given",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.given_on}"

    @property
    def is_open(self) -> bool:
        return self.withdrawn_on is None


class PeopleIndexPage(BasePage):
    """The list of exemplary people."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["people.PersonPage"]
    max_count_per_parent = 1
    menu_title = _("人物")
    show_in_menus_default = True
    template = "website/people/people_index_page.html"

    class Meta:
        verbose_name = _("典型人物列表")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from website.people import queries  # noqa: PLC0415 -- queries read these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["people"] = page_of(request, queries.people(locale_id=self.locale_id))
        return context


class PersonPage(BasePage):
    """An exemplary person: what they did, when, how it was honoured, and how we know."""

    role = models.CharField(_("身份"), max_length=80, blank=True, help_text=_("如：某社区网格员。"))
    place = models.CharField(_("所在地"), max_length=80, blank=True)
    dates = models.CharField(_("时间"), max_length=80, blank=True, help_text=_("如：2016 年至今。"))
    honours = models.TextField(_("荣誉"), blank=True, help_text=_("每行一项，写明年份。"))
    body = StreamField(BodyBlock(), verbose_name=_("事迹"), blank=True)
    sources = models.TextField(_("来源"), blank=True, help_text=_("每行一条：名称、发布者、日期。"))
    is_living = models.BooleanField(_("健在"), default=True)
    consent = models.ForeignKey(
        Consent,
        verbose_name=_("公开同意书"),
        on_delete=models.PROTECT,
        related_name="pages",
        null=True,
        blank=True,
        help_text=_("健在的人，须有未撤回的同意书才能发布。"),
    )

    parent_page_types: ClassVar[list[str]] = ["people.PeopleIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "website/people/person_page.html"
    base_form_class = PersonPageForm

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("role"), FieldPanel("place"), FieldPanel("dates")], _("是谁")),
        FieldPanel("body"),
        FieldPanel("honours"),
        FieldPanel("sources"),
        MultiFieldPanel([FieldPanel("is_living"), FieldPanel("consent")], _("公开的依据")),
    ]
    search_fields: ClassVar[list] = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("honours"),
        index.FilterField("consent"),
    ]

    class Meta:
        verbose_name = _("典型人物")

    @property
    def who(self) -> list[str]:
        return [part for part in (self.role, self.place, self.dates) if part]

    @property
    def may_be_shown(self) -> bool:
        return not self.is_living or bool(self.consent and self.consent.is_open)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save, unless this would show a living person who has not consented.

        Raises:
            django.core.exceptions.ValidationError: there is no open consent.
        """
        if self.live and not self.may_be_shown:
            raise ValidationError({"consent": _("还没有本人的公开同意书，不能发布。")})
        return super().save(*args, **kwargs)
