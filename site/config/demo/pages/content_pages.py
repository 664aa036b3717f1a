"""The demo's plain pages."""

from collections.abc import Iterator

from config.demo.city import City
from config.demo.content import body, read
from config.demo.pages.pictures import picture
from website.pages.models import ContentPage


def content_pages(city: City) -> Iterator[ContentPage]:
    for row in read("pages")["pages"]:
        drawn = picture(city, row["picture"], title=row["title"], seed=row["slug"], alt="")
        yield ContentPage(
            title=row["title"],
            slug=row["slug"],
            summary=row["summary"],
            body=body(row["body"]),
            listing_image=drawn,
        )
