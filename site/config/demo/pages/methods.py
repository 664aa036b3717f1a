"""The demo's methods."""

from collections.abc import Iterator

from wagtail.models import Locale

from config.demo.content import body, read
from website.methods.models import MethodPage, MethodPart


def methods() -> Iterator[MethodPage]:
    locale = Locale.get_default()
    for row in read("methods")["methods"]:
        page = MethodPage(title=row["title"], slug=row["slug"], summary=row["summary"], body=body(row["body"]))
        page.parts = [
            MethodPart(
                name=part["name"],
                meaning=part["meaning"],
                tasks="\n".join(part["tasks"]),
                locale=locale,
                sort_order=order,
            )
            for order, part in enumerate(row["parts"])
        ]
        yield page
