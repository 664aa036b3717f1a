"""The demo's public pages, published through Wagtail as an editor would."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from config.demo import pictures
from config.demo.city import City
from config.demo.content import body, read, read_folder
from website.base.models import SiteImage
from website.calendar.models import ActivityCalendarPage
from website.case_studies.models import CaseStudyIndexPage, CaseStudyPage, Figure, Topic
from website.home.models import HomePage
from website.methods.models import MethodIndexPage, MethodPage
from website.notices.models import NoticeIndexPage, NoticePage
from website.pages.models import ContentPage
from website.people.models import Consent, PeopleIndexPage, PersonPage
from website.services.models import ServiceCategory, ServiceIndexPage, ServicePage
from website.venues.models import VenueIndexPage, VenuePage

CREDIT = "程序绘制"
CONSENT_VERSION = "2026-1"
PEOPLE_SCENES = ("people", "evening", "books", "street", "meal", "park", "people", "courtyard", "town", "street")
VENUE_SCENES = {
    "service_centre": "town",
    "service_station": "street",
    "canteen": "meal",
    "reading_room": "books",
    "hall": "table",
    "outdoor": "park",
}
SERVICE_SCENES = ("meal", "people", "courtyard", "books", "door", "evening", "table")


def build_pages(city: City) -> None:
    """Fill the site below the home page that the first migration made."""
    home = HomePage.objects.get(depth=2, locale=Locale.get_default())
    home.summary = "在社区，找得到服务，看得到身边的人，帮得上忙。"
    home.intro = "云汀市的便民服务、身边的好做法和近期活动，都在这里。"
    home.listing_image = _picture(city, "town", title="云汀的早晨", seed="home", alt="清晨的屋顶和远处的山")
    _publish(home, city)
    for page, parent in city.progress.track(_("公共页面"), list(_pages(city, home))):
        parent.add_child(instance=page)
        log(page, "wagtail.create", user=city.roles["editor"])
        _publish(page, city)


def _publish(page: Page, city: City) -> None:
    editor = city.roles["editor"]
    page.save_revision(user=editor).publish(user=editor)


def _pages(city: City, home: HomePage) -> Iterator[tuple[Page, Page]]:
    """Yield each page with its parent, a parent before its children."""
    sections: tuple[tuple[Page, Iterable[Page]], ...] = (
        (ServiceIndexPage(title="便民服务", slug="services", summary="谁可以办、带什么、去哪里。"), _services(city)),
        (CaseStudyIndexPage(title="案例", slug="cases", summary="别处是怎么做的，数字从哪里来。"), _cases(city)),
        (ActivityCalendarPage(title="活动日历", slug="calendar", summary="近期谁都能参加的活动。"), ()),
        (NoticeIndexPage(title="公示通知", slug="notices", summary="正在公示的，和该知道的。"), _notices(city)),
        (PeopleIndexPage(title="身边的人", slug="people", summary="做小事的人，和他们的故事。"), _people(city)),
        (VenueIndexPage(title="阵地", slug="venues", summary="可以去坐坐、办事、活动的地方。"), _venues(city)),
        (MethodIndexPage(title="工作法", slug="methods", summary="名字好记的做法，拆开来讲。"), _methods()),
    )
    for index, children in sections:
        yield index, home
        yield from ((page, index) for page in children)
    yield from ((page, home) for page in _content_pages(city))


def _services(city: City) -> Iterator[ServicePage]:
    for order, data in enumerate(read_folder("services")):
        category = ServiceCategory.objects.create(
            name=data["name"], slug=data["slug"], order=order, locale=Locale.get_default()
        )
        picture = _picture(city, SERVICE_SCENES[order], title=data["name"], seed=data["slug"], alt="")
        for number, row in enumerate(data["services"][: city.scale.services_per_category]):
            yield _service({**data, **row}, category, picture, code=f"{order + 1:02}-{number + 1:02}", city=city)


def _service(
    row: dict[str, Any], category: ServiceCategory, picture: SiteImage, *, code: str, city: City
) -> ServicePage:
    channels = {"counter": "by_counter", "phone": "by_phone", "online": "by_internet", "home_visit": "by_home_visit"}
    lines = {name: "\n".join(row.get(name, ())) for name in ("conditions", "documents", "steps")}
    names = ("title", "summary", "who_may", "place", "hours", "phone", "provider", "provider_kind")
    return ServicePage(
        **{name: row[name] for name in names},
        **lines,
        **{channels[channel]: True for channel in row["channels"]},
        slug=f"service-{code}",
        code=code,
        category=category,
        listing_image=picture,
        fee=row.get("fee", ""),
        time_limit=row.get("time_limit", ""),
        checked_on=city.day(-city.dice.randint(3, 80)),
        checked_by=row["provider"],
    )


def _cases(city: City) -> Iterator[CaseStudyPage]:
    for data in read_folder("cases"):
        page = CaseStudyPage(
            **{name: data.get(name) for name in ("title", "slug", "summary", "city", "year", "level")},
            body=body(data["body"]),
            sources="\n".join(data["sources"]),
            listing_image=_picture(
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


def _people(city: City) -> Iterator[PersonPage]:
    for number, row in enumerate(read("people")["people"][: city.scale.people]):
        consent = Consent.objects.create(
            name=row["name"], text_version=CONSENT_VERSION, given_on=city.day(-row["given"])
        )
        scene = PEOPLE_SCENES[number % len(PEOPLE_SCENES)]
        yield PersonPage(
            **{name: row[name] for name in ("title", "summary", "role", "place", "dates")},
            slug=f"person-{number + 1:02}",
            honours="\n".join(row["honours"]),
            body=body(row["body"]),
            sources="本人口述，云汀市志愿服务中心整理（虚构）",
            consent=consent,
            listing_image=_picture(city, scene, title=row["name"], seed=row["name"], alt=""),
        )


def _notices(city: City) -> Iterator[NoticePage]:
    for number, row in enumerate(read("notices")["notices"][: city.scale.notices]):
        yield NoticePage(
            **{name: row[name] for name in ("title", "summary", "kind", "responsible", "phone")},
            slug=f"notice-{number + 1:02}",
            starts_on=city.day(row["starts"]),
            ends_on=city.day(row["ends"]),
            body=body(row["body"]),
            result=row.get("result", ""),
        )


def _venues(city: City) -> Iterator[VenuePage]:
    for number, row in enumerate(read("venues")["venues"][: city.scale.venues]):
        picture = _picture(city, VENUE_SCENES[row["kind"]], title=row["title"], seed=row["title"], alt="")
        yield VenuePage(
            **{name: row[name] for name in ("title", "summary", "kind", "address", "hours", "phone")},
            slug=f"venue-{number + 1:02}",
            facilities="\n".join(row["facilities"]),
            body=body(row["body"]),
            listing_image=picture,
        )


def _methods() -> Iterator[MethodPage]:
    for row in read("methods")["methods"]:
        yield MethodPage(title=row["title"], slug=row["slug"], summary=row["summary"], body=body(row["body"]))


def _content_pages(city: City) -> Iterator[ContentPage]:
    for row in read("pages")["pages"]:
        picture = _picture(city, row["picture"], title=row["title"], seed=row["slug"], alt="")
        yield ContentPage(
            title=row["title"],
            slug=row["slug"],
            summary=row["summary"],
            body=body(row["body"]),
            listing_image=picture,
        )


def _picture(city: City, scene: str, *, title: str, seed: str, alt: str) -> SiteImage:
    file: ContentFile[bytes] = pictures.draw(scene, seed=seed)
    file.name = f"{scene}.jpg"
    image = SiteImage(title=title, description=alt, credit=CREDIT, file=file, uploaded_by_user=city.roles["editor"])
    image.width, image.height = pictures.WIDTH, pictures.HEIGHT
    image.save()
    city.picture_files.append(image.file.name)
    return image
