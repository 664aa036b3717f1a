"""The demo's methods."""

from collections.abc import Iterator

from config.demo.content import body, read
from website.methods.models import MethodPage


def methods() -> Iterator[MethodPage]:
    for row in read("methods")["methods"]:
        yield MethodPage(title=row["title"], slug=row["slug"], summary=row["summary"], body=body(row["body"]))
