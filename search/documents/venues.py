from search.documents.base import Content, facets, joined, stream_text
from search.enums import Kind
from website.venues.models import VenuePage


def venue(page: VenuePage) -> Content:
    return Content(
        kind=Kind.VENUE,
        body=joined(
            page.get_kind_display(), page.address, page.hours, page.facilities, stream_text(page.body), page.phone
        ),
        facets=facets(venue_kind=page.kind),
    )
