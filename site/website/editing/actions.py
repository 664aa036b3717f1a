"""What the desk writes down about pages."""

from wagtail.models import Page

from website.editing import queries
from website.editing.models import RemarkCount

MOST = 999


def note_remarks(*, page: Page) -> int:
    """Remember how many remarks there are on ``page`` as it is in memory; return how many. Idempotent."""
    found = min(len(queries.remarks(page)), MOST)
    RemarkCount.objects.update_or_create(page_id=page.pk, defaults={"remarks": found})
    return found


def note_all_remarks() -> int:
    """Look at every published page again, as after new checks came in; return how many have remarks."""
    return sum(bool(note_remarks(page=page)) for page in Page.objects.live().specific().iterator(chunk_size=100))
