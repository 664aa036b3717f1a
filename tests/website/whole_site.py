"""A site with one of everything, as often as one likes."""

from typing import Any
from urllib.parse import quote

from tests.factories import website as make
from tests.factories.activities import ActivityFactory, ShiftFactory
from tests.factories.case_library import FigureIndexPageFactory, MethodPartFactory
from tests.factories.organisations import CommunityFactory
from tests.factories.services_at import ServiceAudienceFactory, ServicePlaceFactory
from tests.factories.venues import VenueFactory
from website.base.models import BasePage
from website.people.models import RelatedPage

STANDING = (
    *("/", "/privacy/", "/accessibility/", "/site-map/", "/sitemap.xml", "/robots.txt", "/feed/", "/open-data/"),
    *("/nothing-here/", "/services/nothing/", "/feedback/", "/feedback/?about=/", "/feedback/answers/", "/search/"),
    *(f"/search/?q={quote(word)}" for word in ("服务", "案例", "什么都不像")),
    *(
        f"/open-data/{name}.{kind}"
        for name in ("activities", "figures", "services", "service-places", "venues")
        for kind in ("csv", "json")
    ),
)


class WholeSite:
    """Each index page with one page below it that has one of everything; ``add_one_of_each`` adds one more of each."""

    def __init__(self) -> None:
        self.services = make.ServiceIndexPageFactory()
        self.cases = make.CaseStudyIndexPageFactory()
        self.figures = FigureIndexPageFactory()
        self.methods = make.MethodIndexPageFactory()
        self.people = make.PeopleIndexPageFactory()
        self.notices = make.NoticeIndexPageFactory()
        self.venues = make.VenueIndexPageFactory()
        self.calendar = make.ActivityCalendarPageFactory()
        self.content = make.ContentPageFactory()
        self.area = CommunityFactory()
        self.picture = make.ImageFactory()
        self.service = self._page(make.ServicePageFactory, self.services)
        self.case = self._page(make.CaseStudyPageFactory, self.cases, **self._pictures())
        self.method = self._page(make.MethodPageFactory, self.methods)
        self.person = self._page(make.PersonPageFactory, self.people, **self._pictures())
        self.notice = make.NoticePageFactory(parent=self.notices)
        self.venue = VenueFactory(parent=self.venues, at=("30.6", "104.1"), community_code=self.area.code)
        self.audience = ServiceAudienceFactory()
        self.part = MethodPartFactory(page=self.method)

    def add_one_of_each(self) -> None:
        """Add a page to each list, and to each page one of all it may have."""
        ServicePlaceFactory(page=self.service)
        ServicePlaceFactory(page=self._service(), community_code=self.area.code)
        make.ServicePageFactory(parent=self.service, category=None)
        self._case_with_figures()
        MethodPartFactory(page=self.method)
        self._page(make.MethodPageFactory, self.methods)
        for other in (self._page(make.PersonPageFactory, self.people), self.case):
            RelatedPage.objects.create(person=self.person, page=other, sort_order=other.pk)
        make.NoticePageFactory(parent=self.notices)
        make.NoticePageFactory(parent=self.notices, past=True)
        make.ObjectionFactory(notice=self.notice, answered=True)
        VenueFactory(parent=self.venues, at=("30.7", "104.2"), community_code=self.area.code)
        ShiftFactory(activity=ActivityFactory(area=self.area))
        make.ContentPageFactory(parent=self.content)

    def addresses(self) -> list[str]:
        """Return every public address there is on a site with one of everything."""
        pages = (self.service, self.case, self.method, self.person, self.notice, self.venue, self.content)
        return [
            *STANDING,
            *(page.url for page in pages),
            *self._lists(),
            *self._feeds_and_files(),
            f"{self.service.url}?community={self.area.code}",
            f"{self.notice.url}objection/",
        ]

    def _lists(self) -> list[str]:
        here = self.area.code
        return [
            *(
                f"{self.services.url}{rest}"
                for rest in ("", f"?community={here}", f"?q={quote('服务')}&channel=counter")
            ),
            f"{self.services.url}?audience={self.audience.slug}",
            f"{self.services.url}c/{self.service.category.slug}/",
            f"{self.services.url}c/{self.service.category.slug}/?community={here}",
            *(f"{self.services.url}print/{rest}" for rest in ("", f"?community={here}")),
            *(
                f"{self.cases.url}{rest}"
                for rest in ("", f"?city={quote('江城市')}&year=2024&level=community", "?page=2")
            ),
            *(
                f"{self.figures.url}{rest}"
                for rest in ("", f"?measure={quote('报到党员')}", f"?city={quote('江城市')}")
            ),
            self.methods.url,
            self.people.url,
            *(f"{self.notices.url}{rest}" for rest in ("", "?kind=past", "?year=2025", "objections/")),
            *(f"{self.venues.url}{rest}" for rest in ("", f"?near={self.venue.slug}", f"?near={here}", "?open=1")),
            *(f"{self.calendar.url}{rest}" for rest in ("", "?when=month", "?places=1", f"?community={here}")),
        ]

    def _feeds_and_files(self) -> list[str]:
        return [
            f"{self.notices.url}feed/",
            f"{self.calendar.url}feed.ics",
            f"{self.calendar.url}feed.rss",
            f"{self.calendar.url}feed.ics?community={self.area.code}",
            f"{self.venues.url}points/",
            f"{self.case.url}csv/",
            *(f"{self.figures.url}{kind}/{rest}" for kind in ("csv", "json") for rest in ("", "?year=2024")),
        ]

    def _service(self) -> BasePage:
        service = make.ServicePageFactory(parent=self.services, category=self.service.category)
        service.audiences.add(self.audience)
        service.save()
        return service

    def _case_with_figures(self) -> None:
        topic = make.TopicFactory()
        for case in (self.case, self._page(make.CaseStudyPageFactory, self.cases)):
            make.FigureFactory(page=case)
            case.topics.add(topic)
            case.parts.add(self.part)
            case.save()

    def _page(self, factory: type[make.BasePageFactory], parent: BasePage, **fields: Any) -> Any:
        return factory(parent=parent, listing_image=self.picture, **fields)

    def _pictures(self) -> dict[str, Any]:
        picture = {"image": self.picture}
        return {"body": [("paragraph", "<p>如图。</p>"), ("picture", picture)]}
