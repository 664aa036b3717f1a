from search.documents.base import Content, facets, joined, stream_text
from search.enums import Kind
from website.notices.models import NoticePage


def notice(page: NoticePage) -> Content:
    """Return what the public reads: of objections nothing but the published result."""
    return Content(
        kind=Kind.NOTICE,
        body=joined(page.get_kind_display(), page.period, stream_text(page.body), page.result, page.responsible),
        facets=facets(notice_kind=page.kind),
        date=page.starts_on,
    )
