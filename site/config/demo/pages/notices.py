"""The demo's notices, and what two people object to one of them."""

from collections.abc import Iterator
from uuid import UUID

from config.demo.city import City
from config.demo.content import body, read
from website.notices import actions
from website.notices.models import NoticePage


def notices(city: City) -> Iterator[NoticePage]:
    for number, row in enumerate(read("notices")["notices"][: city.scale.notices]):
        yield NoticePage(
            **{name: row[name] for name in ("title", "summary", "kind", "responsible", "phone")},
            slug=_slug(number),
            starts_on=city.day(row["starts"]),
            ends_on=city.day(row["ends"]),
            body=body(row["body"]),
            result=row.get("result", ""),
        )


def objections(city: City) -> None:
    """Object as a reader does; the reviewer answers what has an answer."""
    for number, row in enumerate(read("notices")["notices"][: city.scale.notices]):
        for said in row.get("objections", []):
            objection, _code = actions.object_to(
                notice=NoticePage.objects.get(slug=_slug(number)),
                text=said["text"],
                name=said.get("name", ""),
                contact="",
                once=UUID(int=city.dice.getrandbits(128)),
            )
            if "answer" in said:
                actions.answer(objection=objection, text=said["answer"], by=city.roles["reviewer"])


def _slug(number: int) -> str:
    return f"notice-{number + 1:02}"
