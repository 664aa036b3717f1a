"""What is new on the whole site, for readers' own programs."""

from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page

from website.base.queries import with_addresses
from website.home.queries import newest
from webui.feeds import PlainRss
from webui.page_cache import understands


class NewsFeed(Feed):
    """The newest cases, notices, services and people in the reader's language, as RSS."""

    feed_type = PlainRss

    title = _("报到：最近更新")
    description = _("新的案例、公示、便民服务和身边的人。")

    def __call__(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        understands(request, frozenset())
        answer: HttpResponse = super().__call__(request, *args, **kwargs)
        return answer

    def link(self) -> str:
        return urljoin(settings.BASE_URL, "/")

    def feed_url(self) -> str:
        return urljoin(settings.BASE_URL, reverse("news_feed"))

    def items(self) -> list[Page]:
        return with_addresses(newest(language=get_supported_content_language_variant(get_language())))

    def item_title(self, item: Page) -> str:
        return str(item.title)

    def item_description(self, item: Page) -> str:
        return str(getattr(item, "summary", ""))

    def item_link(self, item: Page) -> str:
        return str(item.full_url)

    def item_guid(self, item: Page) -> str:
        return f"{settings.BASE_URL}#{item.translation_key}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Page) -> datetime | None:
        first: datetime | None = item.first_published_at
        return first

    def item_updateddate(self, item: Page) -> datetime | None:
        last: datetime | None = item.last_published_at
        return last

    def item_categories(self, item: Page) -> list[str]:
        return [str(item.specific_class._meta.verbose_name)]
