from search.documents.base import Content, stream_text
from search.enums import Kind
from website.base.models import BasePage
from website.pages.models import ContentPage


def content_page(page: ContentPage) -> Content:
    return Content(kind=Kind.PAGE, body=stream_text(page.body))


def index_page(page: BasePage) -> Content:
    """Return an index page by its title and summary alone: what it lists is found by itself."""
    return Content(kind=Kind.PAGE)
