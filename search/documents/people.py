from search.documents.base import Content, facets, joined, stream_text
from search.enums import Kind
from website.people.models import PersonPage


def person(page: PersonPage) -> Content | None:
    """Return nothing for a living person who has not agreed, or no longer agrees, to be shown."""
    if not page.may_be_shown:
        return None
    return Content(
        kind=Kind.PERSON,
        body=joined(page.role, page.place, page.dates, stream_text(page.body), page.honours),
        facets=facets(place=page.place),
    )
