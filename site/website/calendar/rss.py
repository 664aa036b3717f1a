"""The activities made known last, for feed readers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from website.calendar.queries import newest
from webui.feeds import PlainRss
from webui.providers import ActivityItem


@dataclass(frozen=True, slots=True)
class Channel:
    """What one feed is about, and where it and its page are."""

    title: str
    link: str
    address: str
    district: str
    community: str


class ActivityFeed(Feed):
    """One entry a shift: what, when, where."""

    feed_type = PlainRss

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        channel: Channel = kwargs["channel"]
        return channel

    def title(self, channel: Channel) -> str:
        return channel.title

    def link(self, channel: Channel) -> str:
        return channel.link

    def feed_url(self, channel: Channel) -> str:
        return channel.address

    def description(self, channel: Channel) -> str:
        return _("最近公布的公开活动。")

    def items(self, channel: Channel) -> list[ActivityItem]:
        return newest(district=channel.district, community=channel.community)

    def item_title(self, item: Any) -> str:
        day = date_format(item.starts_at, "MONTH_DAY_FORMAT")
        if item.is_cancelled:
            return _("已取消：%(day)s %(title)s") % {"day": day, "title": item.title}
        return f"{day} {item.title}"

    def item_description(self, item: Any) -> str:
        when = f"{date_format(item.starts_at, 'DATE_FORMAT')} {time_format(item.starts_at, 'H:i')}"
        where = "，".join(filter(None, (item.community, item.place)))
        return "。".join(filter(None, (f"{when}–{time_format(item.ends_at, 'H:i')}", where, item.summary.rstrip("。"))))

    def item_link(self, item: ActivityItem) -> str:
        return urljoin(settings.BASE_URL, item.url)

    def item_guid(self, item: ActivityItem) -> str:
        return f"{item.uid}@activities.baodao"

    item_guid_is_permalink = False

    def item_pubdate(self, item: ActivityItem) -> datetime | None:
        return item.published_at

    def item_categories(self, item: ActivityItem) -> list[str]:
        return [item.community]
