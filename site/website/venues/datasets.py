"""The venues as open data. The columns and their order are a promise: new ones are only added at the end."""

from collections.abc import Iterator
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from website.open_data.datasets import Column, Dataset, Record
from website.venues.enums import Facility
from website.venues.models import VenueIndexPage
from website.venues.queries import Entry, entries
from webui.providers import merged_communities


def records() -> Iterator[Record]:
    """Give each published venue of the reader's language."""
    index = VenueIndexPage.objects.live().filter(locale=Locale.get_active()).first()
    if index is not None:
        known = entries(locale_id=index.locale_id, below=index.url or "", merged=merged_communities())
        yield from map(_record, known)


def _record(entry: Entry) -> Record:
    return {
        "title": entry.title,
        "kind": entry.kind.value,
        "kind_name": str(entry.kind.label),
        "community": entry.community,
        "community_code": entry.community_code,
        "address": entry.address,
        "latitude": round(entry.position.latitude, 6) if entry.position else None,
        "longitude": round(entry.position.longitude, 6) if entry.position else None,
        "hours": [str(hours) for hours in entry.hours],
        "hours_note": entry.hours_text,
        "facilities": [facility.value for facility in Facility if facility in entry.facilities],
        "phone": entry.phone,
        "url": urljoin(settings.BASE_URL, entry.url),
    }


VENUES = Dataset(
    slug="venues",
    name=_("阵地"),
    description=_("全市的阵地，每行一处：是什么、在哪里、什么时候开、有什么。"),
    columns=(
        Column("title", _("名称"), standard="schema.org Place.name"),
        Column("kind", _("类型的代码")),
        Column("kind_name", _("类型")),
        Column("community", _("所在社区")),
        Column("community_code", _("社区编码")),
        Column("address", _("地址"), standard="schema.org Place.address"),
        Column("latitude", _("纬度，WGS-84"), standard="schema.org GeoCoordinates.latitude"),
        Column("longitude", _("经度，WGS-84"), standard="schema.org GeoCoordinates.longitude"),
        Column("hours", _("每周的开放时间"), standard="schema.org Place.openingHoursSpecification"),
        Column("hours_note", _("节假日和其他例外")),
        Column("facilities", _("设施的代码"), standard="schema.org Place.amenityFeature"),
        Column("phone", _("电话"), standard="schema.org Place.telephone"),
        Column("url", _("网址"), standard="schema.org url"),
    ),
    records=records,
)
