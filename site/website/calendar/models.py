from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode, urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from website.base.models import BasePage
from website.calendar import queries
from website.calendar.enums import Span
from website.calendar.ical import entries_of
from website.calendar.rss import ActivityFeed, Channel
from webui.ical import CONTENT_TYPE, calendar_file, fingerprint
from webui.page_cache import kept
from webui.pagination import page_of
from webui.providers import ActivityPlace, communities, community_today, service_days

AT_ONCE = 40
FRESH_FOR = "public, max-age=300"  # seconds a calendar may keep the file before it asks again


class ActivityCalendarPage(RoutablePageMixin, BasePage):
    """The portal's public activities, by day; to subscribe to as iCalendar and RSS."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    menu_title = _("活动")
    show_in_menus_default = True
    questions: ClassVar[frozenset[str]] = frozenset({"when", "from", "district", "community", "places", "page"})
    template = "website/calendar/activity_calendar_page.html"

    class Meta:
        verbose_name = _("活动日历")

    @property
    def feed_url(self) -> str:
        return self._feed_address("feed.rss", district="", community="")

    def community_feed_url(self, code: str) -> str:
        return self._feed_address("feed.ics", district="", community=code)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        wanted = queries.wanted(request.GET)
        places = queries.where(wanted)
        found = queries.found(wanted, places=places)
        return context | {
            "service_days": service_days(),
            "wanted": wanted,
            "spans": list(Span),
            "districts": queries.districts_of(places),
            "communities": [place for place in places if wanted.district in ("", place.district_code)],
            "place_name": _place_name(wanted, places),
            "number": len(found),
            "activities": page_of(request, found, size=AT_ONCE),
            **self._feeds(wanted),
        }

    @path("feed.ics/", name="ical")
    def ical(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the file to subscribe to; only its fingerprint where the asker has it already."""
        district, community = _place(request)
        entries = entries_of(queries.to_subscribe(district=district, community=community))
        name = self._feed_title(community)
        etag = f'"{fingerprint(entries, name=name)}"'
        answer = get_conditional_response(request, etag=etag)
        if answer is None:
            # Writing a thousand events takes a second, and the fingerprint names them all.
            file = kept(f"ical.{etag}", lambda: calendar_file(entries, name=name))
            answer = HttpResponse(file, content_type=CONTENT_TYPE)
            answer["Content-Disposition"] = 'inline; filename="activities.ics"'
        answer["ETag"], answer["Cache-Control"] = etag, FRESH_FOR
        return answer

    @path("feed.rss/", name="rss")
    def rss(self, request: HttpRequest) -> HttpResponseBase:
        """Answer what was made known last, for feed readers."""
        district, community = _place(request)
        channel = Channel(
            title=self._feed_title(community),
            link=self.full_url or "",
            address=self._feed_address("feed.rss", district=district, community=community),
            district=district,
            community=community,
        )
        answer = ActivityFeed()(request, channel=channel)
        set_response_etag(answer)
        answer["Cache-Control"] = FRESH_FOR
        return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer

    def _feeds(self, wanted: queries.Wanted) -> dict[str, str]:
        address = self._feed_address("feed.ics", district=wanted.district, community=wanted.community)
        return {
            "ical": address,
            "webcal": f"webcal:{address.partition(':')[2]}",
            "rss": self._feed_address("feed.rss", district=wanted.district, community=wanted.community),
        }

    def _feed_address(self, name: str, *, district: str, community: str) -> str:
        asked = urlencode({key: value for key, value in (("district", district), ("community", community)) if value})
        return urljoin(settings.BASE_URL, f"{self.url}{name}{'?' if asked else ''}{asked}")

    def _feed_title(self, community: str) -> str:
        name = next((each.name for each in communities() if each.code == community), "") if community else ""
        return f"{self.title} · {name}" if name else self.title


def _place(request: HttpRequest) -> tuple[str, str]:
    return request.GET.get("district", "")[:24], community_today(request.GET.get("community", "")[:24])


def _place_name(wanted: queries.Wanted, places: Sequence[ActivityPlace]) -> str:
    if wanted.community:
        return next((place.name for place in places if place.code == wanted.community), "")
    return next((place.district for place in places if place.district_code == wanted.district), "")
