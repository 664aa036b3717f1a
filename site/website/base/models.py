"""The page every page of ours is, and our own images and documents."""

from typing import Any, ClassVar
from urllib.parse import urljoin

from django.conf import settings
from django.db import models
from django.db.models import QuerySet, prefetch_related_objects
from django.dispatch import Signal
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from webui.page_cache import understands

# Asked by the language switch of the page it leads to instead of one that is not translated yet.
UNTRANSLATED = "untranslated"


sizes_made = Signal()  # many sizes are written at once, without a signal of Django's


class SiteImage(AbstractImage):
    """A picture, with who made it."""

    credit = models.CharField(_("图片来源"), max_length=120, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = verbose_name_plural = _("图片")

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        made: dict[Filter, AbstractRendition] = super().create_renditions(*filters)
        sizes_made.send(type(self))
        return made


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]


class SiteDocument(AbstractDocument):
    """A file to download."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = verbose_name_plural = _("文件")


class BasePage(Page):
    """What every public page has: a one-sentence summary for lists, search and share cards, and a picture."""

    summary = models.CharField(
        _("一句话摘要"), max_length=200, blank=True, help_text=_("显示在列表、搜索结果和分享卡片上。")
    )
    listing_image = models.ForeignKey(
        SiteImage,
        verbose_name=_("列表图片"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("显示在列表和分享卡片上，建议使用横图。"),
    )

    # What the header calls a page of this type; an empty string means the page's own title.
    menu_title: ClassVar[str | Promise] = ""
    # What is read along with the page when it is shown, in the same query.
    read_along: ClassVar[tuple[str, ...]] = ("listing_image", "alias_of__locale")
    # Whether any page of the site is restricted; ``None`` until somebody has looked.
    is_any_restricted: bool | None = None
    # What one may ask this page after the "?", by name; see ``webui.page_cache``.
    questions: ClassVar[frozenset[str]] = frozenset({"page"})

    content_panels: ClassVar[list] = [*Page.content_panels, FieldPanel("summary")]
    promote_panels: ClassVar[list] = [
        FieldPanel("listing_image"),
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")], _("搜索引擎")),
    ]
    search_fields: ClassVar[list] = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        understands(request, self.questions | {UNTRANSLATED})
        answer: HttpResponseBase = super().serve(request, *args, **kwargs)
        return answer

    def structured_data(self) -> dict[str, Any] | None:
        """Return what this page is about in the words of schema.org, for machines; ``None`` says nothing."""
        return None

    def related_pages(self) -> list["BasePage"]:
        """Return a few pages worth reading next."""
        return []

    @property
    def feed_url(self) -> str:
        """Return the address of the feed that tells what is new here; empty where there is none."""
        return ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["address"] = urljoin(settings.BASE_URL, request.path)
        context["picture"] = self.listing_image
        context["related"] = self.related_pages()
        context["content_language"] = self.borrowed_language()
        self.fetch_renditions()
        return context

    def borrowed_language(self) -> str:
        """Return the language this page's words are in, where it stands in for a translation nobody has written yet."""
        if self.alias_of_id is None or self.alias_of.locale_id == self.locale_id:
            return ""
        return str(self.alias_of.locale.language_code)

    def fetch_renditions(self) -> None:
        """Fetch the sizes of all pictures of the page at once, however many of them it shows."""
        body = getattr(self, "body", ())
        pictures = [block.value["image"] for block in body if block.block_type == "picture"]
        prefetch_related_objects([image for image in (self.listing_image, *pictures) if image], "renditions")

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return the restrictions on this page; hardly any site has one, and then one look is enough."""
        if self.is_any_restricted is None:
            self.is_any_restricted = PageViewRestriction.objects.exists()
        if not self.is_any_restricted:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def get_full_url(self, request: HttpRequest | None = None) -> str | None:
        """Return the page's one address: the host comes from the settings, whatever the site record says."""
        url = self.get_url(request)
        return urljoin(settings.BASE_URL, url) if url else None

    full_url = property(get_full_url)
