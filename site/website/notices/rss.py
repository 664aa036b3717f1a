"""The notices published last, for feed readers."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.translation import gettext as _

from website.base.queries import with_addresses
from website.notices import queries
from website.notices.models import NoticeIndexPage, NoticePage
from webui.feeds import PlainRss


class NoticeFeed(Feed):
    """One entry a notice: what, and from when until when."""

    feed_type = PlainRss

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> NoticeIndexPage:
        index: NoticeIndexPage = kwargs["index"]
        return index

    def title(self, index: NoticeIndexPage) -> str:
        return index.title

    def link(self, index: NoticeIndexPage) -> str:
        return str(index.full_url)

    def feed_url(self, index: NoticeIndexPage) -> str:
        return index.feed_url

    def description(self, index: NoticeIndexPage) -> str:
        return index.summary or _("最近的公示和通知。")

    def items(self, index: NoticeIndexPage) -> list[NoticePage]:
        return with_addresses(queries.newest(locale_id=index.locale_id))

    def item_title(self, item: Any) -> str:
        return f"{item.get_kind_display()}：{item.title}"

    def item_description(self, item: Any) -> str:
        return "。".join(filter(None, (item.period, item.summary.rstrip("。"))))

    def item_link(self, item: NoticePage) -> str:
        return str(item.full_url)

    def item_pubdate(self, item: NoticePage) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: NoticePage) -> datetime | None:
        return item.last_published_at

    def item_categories(self, item: NoticePage) -> list[str]:
        return [str(item.get_kind_display())]
