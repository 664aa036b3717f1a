from search.documents.base import Content, joined, stream_text
from search.enums import Kind
from website.methods.models import MethodPage


def method(page: MethodPage) -> Content:
    parts = [joined(part.name, part.meaning, part.tasks) for part in page.parts.all()]
    return Content(kind=Kind.METHOD, body=joined(stream_text(page.body), *parts))
