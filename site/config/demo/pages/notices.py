"""The demo's notices."""

from collections.abc import Iterator

from config.demo.city import City
from config.demo.content import body, read
from website.notices.models import NoticePage


def notices(city: City) -> Iterator[NoticePage]:
    for number, row in enumerate(read("notices")["notices"][: city.scale.notices]):
        yield NoticePage(
            **{name: row[name] for name in ("title", "summary", "kind", "responsible", "phone")},
            slug=f"notice-{number + 1:02}",
            starts_on=city.day(row["starts"]),
            ends_on=city.day(row["ends"]),
            body=body(row["body"]),
            result=row.get("result", ""),
        )
