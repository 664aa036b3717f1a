"""The demo's case studies."""

from collections.abc import Iterator
from decimal import Decimal

from wagtail.models import Locale

from config.demo.city import City
from config.demo.content import body, read_folder
from config.demo.pages.pictures import picture
from website.case_studies.models import CaseStudyPage, Figure, Topic


def cases(city: City) -> Iterator[CaseStudyPage]:
    for data in read_folder("cases"):
        page = CaseStudyPage(
            **{name: data.get(name) for name in ("title", "slug", "summary", "city", "year", "level")},
            body=body(data["body"]),
            sources="\n".join(data["sources"]),
            listing_image=picture(
                city, data["picture"], title=data["title"], seed=data["slug"], alt=data["picture_alt"]
            ),
        )
        page.topics = [_topic(name) for name in data["topics"]]
        page.figures = [
            Figure(
                number=Decimal(row["number"]),
                unit=row["unit"],
                label=row["label"],
                year=row.get("year"),
                source=data["sources"][0].partition("；")[0],
                locale=Locale.get_default(),
                sort_order=order,
            )
            for order, row in enumerate(data["figures"])
        ]
        yield page


def _topic(name: str) -> Topic:
    return Topic.objects.get_or_create(name=name, defaults={"slug": name, "locale": Locale.get_default()})[0]
