from search.documents.base import Content, stream_text
from search.enums import Kind
from website.methods.models import MethodPage


def method(page: MethodPage) -> Content:
    return Content(kind=Kind.METHOD, body=stream_text(page.body))
