"""The activities as open data. The columns and their order are a promise: new ones are only added at the end."""

from collections.abc import Iterator
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from website.calendar.queries import to_subscribe
from website.open_data.datasets import Column, Dataset, Record


def records() -> Iterator[Record]:
    """Give each shift of the last week and the next half year; nobody's name or number."""
    for item in to_subscribe(district="", community=""):
        yield {
            "id": item.uid,
            "title": item.title,
            "starts_at": item.starts_at,
            "ends_at": item.ends_at,
            "community": item.community,
            "community_code": item.community_code,
            "place": item.place,
            "summary": item.summary,
            "state": "cancelled" if item.is_cancelled else "scheduled",
            "places_left": None if item.is_cancelled else item.places_left,
            "updated_at": item.updated_at,
            "url": urljoin(settings.BASE_URL, item.url),
        }


ACTIVITIES = Dataset(
    slug="activities",
    name=_("公开活动"),
    description=_("过去一周和今后半年的公开活动，每行一个班次，取消的也在内。"),
    columns=(
        Column("id", _("班次的编号，一直不变"), standard="iCalendar UID"),
        Column("title", _("活动名称"), standard="schema.org Event.name"),
        Column("starts_at", _("开始时间（ISO 8601，北京时间）"), standard="schema.org Event.startDate"),
        Column("ends_at", _("结束时间"), standard="schema.org Event.endDate"),
        Column("community", _("组织活动的社区"), standard="schema.org Event.organizer"),
        Column("community_code", _("社区编码")),
        Column("place", _("地点"), standard="schema.org Event.location"),
        Column("summary", _("一句话介绍"), standard="schema.org Event.description"),
        Column("state", _("scheduled 照常，cancelled 已取消"), standard="schema.org Event.eventStatus"),
        Column("places_left", _("还有几个名额"), standard="schema.org Event.remainingAttendeeCapacity"),
        Column("updated_at", _("最后一次改动的时间")),
        Column("url", _("活动页的网址"), standard="schema.org url"),
    ),
    records=records,
)
