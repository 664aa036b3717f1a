"""The demo's public pages, published through Wagtail as an editor would: one module a kind."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from config.demo.city import City
from config.demo.pages.cases import cases
from config.demo.pages.content_pages import content_pages
from config.demo.pages.frame import frame
from config.demo.pages.imports import uploads
from config.demo.pages.methods import methods
from config.demo.pages.notices import notices, objections
from config.demo.pages.people import people, people_index, relate_people
from config.demo.pages.pictures import picture
from config.demo.pages.service_pages import services
from config.demo.pages.venues import venues
from website.calendar.models import ActivityCalendarPage
from website.case_studies.models import CaseStudyIndexPage
from website.figures.models import FigureIndexPage
from website.home.models import HomePage
from website.methods.models import MethodIndexPage
from website.notices.models import NoticeIndexPage
from website.people.models import PersonPage
from website.services.models import ServiceIndexPage
from website.venues.models import VenueIndexPage


def build_pages(city: City) -> None:
    """Fill the site below the home page that the first migration made."""
    home = HomePage.objects.get(depth=2, locale=Locale.get_default())
    home.summary = "在社区，找得到服务，看得到身边的人，帮得上忙。"
    home.intro = "云汀市的便民服务、身边的好做法和近期活动，都在这里。"
    home.listing_image = picture(city, "town", title="云汀的早晨", seed="home", alt="清晨的屋顶和远处的山")
    _publish(home, city)
    for pages in (_methods(home), _pages(city, home)):  # cases name the parts of methods
        for page, parent in city.progress.track(_("公共页面"), list(pages)):
            parent.add_child(instance=page)
            log(page, "wagtail.create", user=city.roles["editor"])
            _publish(page, city)
    relate_people(city)
    objections(city)
    frame(city)
    uploads(city)


def _publish(page: Page, city: City) -> None:
    """Let the editor publish; a person's page is released by the reviewer, as two people must."""
    editor = city.roles["editor"]
    releaser = city.roles["reviewer"] if isinstance(page, PersonPage) else editor
    page.save_revision(user=editor).publish(user=releaser)


def _methods(home: HomePage) -> Iterator[tuple[Page, Page]]:
    index = MethodIndexPage(title="工作法", slug="methods", summary="名字好记的做法，拆开来讲。")
    yield index, home
    yield from ((page, index) for page in methods())


def _pages(city: City, home: HomePage) -> Iterator[tuple[Page, Page]]:
    """Yield each page with its parent, a parent before its children."""
    service_index = ServiceIndexPage(title="便民服务", slug="services", summary="谁可以办、带什么、去哪里。")
    yield service_index, home
    yield from ((page, above or service_index) for page, above in services(city))
    sections: tuple[tuple[Page, Iterable[Page]], ...] = (
        (CaseStudyIndexPage(title="案例", slug="cases", summary="别处是怎么做的，数字从哪里来。"), cases(city)),
        (ActivityCalendarPage(title="活动日历", slug="calendar", summary="近期谁都能参加的活动。"), ()),
        (NoticeIndexPage(title="公示通知", slug="notices", summary="正在公示的，和该知道的。"), notices(city)),
        (people_index(), people(city)),
        (VenueIndexPage(title="阵地", slug="venues", summary="可以去坐坐、办事、活动的地方。"), venues(city)),
        (FigureIndexPage(title="数说", slug="figures", summary="案例里的全部数字：谁说的，哪一年，别处是多少。"), ()),
    )
    for index, children in sections:
        yield index, home
        yield from ((page, index) for page in children)
    yield from ((page, home) for page in content_pages(city))
