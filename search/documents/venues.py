from search.documents.base import Content, facets, joined, stream_text
from search.enums import Kind
from website.venues.models import VenuePage


def venue(page: VenuePage) -> Content:
    return Content(
        kind=Kind.VENUE,
        body=joined(
            page.get_kind_display(),
            page.community_name,
            page.address,
            *(str(hours) for hours in page.weekly_hours.all()),
            page.hours,
            page.closure,
            *(str(facility.label) for facility in (*page.access, *page.amenities)),
            page.facilities,
            stream_text(page.body),
            page.phone,
        ),
        facets=facets(venue_kind=page.kind, area=page.community_code),
    )
