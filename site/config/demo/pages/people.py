"""The demo's exemplary people: the living with a consent in the register, the dead with their sources."""

from collections.abc import Iterator
from typing import Any

from config.demo.city import City
from config.demo.content import body, read
from config.demo.pages.pictures import picture
from website.people.enums import Channel
from website.people.models import Consent, ConsentPurpose, ConsentText, PeopleIndexPage, PersonPage, RelatedPage

CONSENT_VERSION = "2026-1"
WORDING = """\
我同意在云汀市的公共网站上公开我的姓名、事迹、照片和获得的荣誉，供居民了解和学习。
我知道可以只同意其中几项，也可以随时撤回，撤回不需要理由，页面和照片会立即下线。"""
SCENES = ("people", "evening", "books", "street", "meal", "park", "people", "courtyard", "town", "street")
ONE_WITHDRAWN = 200  # days since somebody thought better of it; they have no page


def people_index() -> PeopleIndexPage:
    return PeopleIndexPage(
        title="典型人物",
        slug="people",
        summary="身边的人：做小事，做了很久。",
        contact="云汀市志愿服务中心",
        contact_phone="0600-881 0009",
    )


def people(city: City) -> Iterator[PersonPage]:
    """Yield drafts: a person's page goes live when a second person releases it."""
    text = ConsentText.objects.create(version=CONSENT_VERSION, wording=WORDING, starts_on=city.day(-500))
    taken_back = _consent({"name": "顾念慈", "given": ONE_WITHDRAWN}, text=text, city=city)
    taken_back.withdrawn_on, taken_back.withdrawn_by = city.day(-ONE_WITHDRAWN // 2), Channel.PHONE
    taken_back.withdrawal_recorded_by = city.roles["reviewer"]
    taken_back.save()
    for number, row in enumerate(read("people")["people"][: city.scale.people]):
        scene = SCENES[number % len(SCENES)]
        yield PersonPage(
            **{name: row[name] for name in ("title", "name", "summary", "role", "place", "dates")},
            slug=f"person-{number + 1:02}",
            live=False,
            honours="\n".join(row["honours"]),
            body=body(row["body"]),
            checked_on=city.day(-14),
            listing_image=picture(city, scene, title=row["name"], seed=row["name"], alt=""),
            **_right_to_show(row, text=text, city=city),
        )


def relate_people(city: City) -> None:
    """Let the first two lead to each other; the reviewer releases that, too."""
    first, second = PersonPage.objects.live().order_by("path")[:2]
    for page, other in ((first, second), (second, first)):
        page.related.add(RelatedPage(page=other))
        page.save_revision(user=city.roles["editor"]).publish(user=city.roles["reviewer"])


def _right_to_show(row: dict[str, Any], *, text: ConsentText, city: City) -> dict[str, Any]:
    if "died" not in row:
        sources = "本人口述，云汀市志愿服务中心整理（虚构）"
        return {"consent": _consent(row, text=text, city=city), "sources": sources}
    return {
        "is_living": False,
        "sources": "\n".join(row["sources"]),
        "kin_asked_on": city.day(-row["kin_asked"]),
        **{name: row[name] for name in ("died", "kin_position", "kin_note")},
    }


def _consent(row: dict[str, Any], *, text: ConsentText, city: City) -> Consent:
    consent = Consent.objects.create(
        name=row["name"], text=text, given_on=city.day(-row["given"]), recorded_by=city.roles["editor"]
    )
    consent.purposes.set(ConsentPurpose.objects.all())
    return consent
