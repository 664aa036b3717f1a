"""Public pages. A page without a parent is put below home; ``home_page()`` is the one home there is."""

from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

import factory
import wagtail_factories
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from tests.factories.members import UserFactory
from website.base.models import SiteImage
from website.calendar.models import ActivityCalendarPage
from website.case_studies.models import CaseStudyIndexPage, CaseStudyPage, Figure, Topic
from website.home.models import HomePage
from website.methods.models import MethodIndexPage, MethodPage
from website.notices.enums import ObjectionState
from website.notices.models import NoticeIndexPage, NoticePage, Objection
from website.pages.models import ContentPage
from website.people.enums import Scope
from website.people.models import Consent, ConsentPurpose, ConsentText, PeopleIndexPage, PersonPage
from website.services.models import (
    ServiceAudience,
    ServiceCategory,
    ServiceIndexPage,
    ServicePage,
    ServicePlace,
)
from website.venues.models import VenueIndexPage, VenuePage


def source_locale() -> Locale:
    return Locale.objects.get_or_create(language_code="zh-hans")[0]


def home_page() -> HomePage:
    """Return the home page, made anew where a test has emptied the database."""
    if home := HomePage.objects.first():
        return home
    locale = source_locale()
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale)
    home = root.add_child(instance=HomePage(title="报到", slug="home", locale=locale))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    return home


class ImageFactory(wagtail_factories.ImageFactory):
    class Meta:
        model = SiteImage

    title = factory.Sequence(lambda n: f"图片{n}")


class BasePageFactory(wagtail_factories.PageFactory):
    class Meta:
        abstract = True

    parent = factory.LazyFunction(home_page)
    slug = factory.Sequence(lambda n: f"page-{n}")
    summary = "一句话说清这一页。"


class ContentPageFactory(BasePageFactory):
    class Meta:
        model = ContentPage

    title = "关于本站"
    body = [("paragraph", "<p>本站由社区办。</p>")]


class CaseStudyIndexPageFactory(BasePageFactory):
    class Meta:
        model = CaseStudyIndexPage

    title = "案例库"
    slug = "cases"


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    name = factory.Sequence(lambda n: f"主题{n}")
    slug = factory.Sequence(lambda n: f"topic-{n}")
    locale = factory.LazyFunction(source_locale)


class CaseStudyPageFactory(BasePageFactory):
    class Meta:
        model = CaseStudyPage

    parent = factory.SubFactory(CaseStudyIndexPageFactory)
    title = factory.Sequence(lambda n: f"案例{n}")
    city = "江城市"
    district = "北岸区"
    year = 2024
    level = "community"
    body = [
        ("heading", {"level": "2", "text": "背景"}),
        ("paragraph", "<p>停车难。</p>"),
        ("heading", {"level": "2", "text": "做法"}),
        ("list", ["白天归单位", "夜里给居民"]),
        ("heading", {"level": "2", "text": "成效"}),
        ("quote", {"text": "回家不用转圈了。", "said_by": "一位居民"}),
        ("heading", {"level": "2", "text": "启示"}),
        ("paragraph", "<p>错开时间就有位置。</p>"),
    ]
    sources = "街道通报，2024 年 5 月"


class FigureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Figure

    page = factory.SubFactory(CaseStudyPageFactory)
    number = Decimal("544000.00")
    unit = "人"
    label = "报到党员"
    year = 2024
    source = "市委组织部"
    locale = factory.LazyFunction(source_locale)


class ServiceCategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ServiceCategory

    name = factory.Sequence(lambda n: f"类别{n}")
    slug = factory.Sequence(lambda n: f"category-{n}")
    order = factory.Sequence(lambda n: n % 1000)
    locale = factory.LazyFunction(source_locale)


class ServiceIndexPageFactory(BasePageFactory):
    class Meta:
        model = ServiceIndexPage

    title = "便民服务"
    slug = "services"


class ServicePageFactory(BasePageFactory):
    class Meta:
        model = ServicePage

    parent = factory.SubFactory(ServiceIndexPageFactory)
    title = factory.Sequence(lambda n: f"服务{n}")
    code = factory.Sequence(lambda n: f"S-{n:04}")
    category = factory.SubFactory(ServiceCategoryFactory)
    who_may = "本社区六十岁以上的居民。"
    documents = "身份证\n一寸照片"
    steps = "到服务站登记\n次日起用餐"
    place = "服务站一楼"
    hours = "周一至周五 9:00–17:00"
    phone = "010-5550 0123 转 2"
    by_counter = True
    checked_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=21))
    checked_by = "社区服务岗"


class ServiceAudienceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ServiceAudience

    name = factory.Sequence(lambda n: f"人群{n}")
    slug = factory.Sequence(lambda n: f"audience-{n}")
    order = factory.Sequence(lambda n: n % 1000)
    locale = factory.LazyFunction(source_locale)


class ServicePlaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ServicePlace

    page = factory.SubFactory(ServicePageFactory)
    community_code = factory.Sequence(lambda n: f"C{n:04}")
    community_name = factory.Sequence(lambda n: f"社区{n}")
    place = "社区服务站"
    locale = factory.LazyFunction(source_locale)


class ConsentTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ConsentText
        django_get_or_create = ("version",)

    version = "1.0"
    wording = "我同意公开我的姓名、事迹、照片和荣誉。"
    starts_on = date(2025, 1, 1)


class ConsentFactory(factory.django.DjangoModelFactory):
    """A consent to everything our pages ask for; ``purposes`` names fewer."""

    class Meta:
        model = Consent
        skip_postgeneration_save = True

    name = "陈桂香"
    text = factory.SubFactory(ConsentTextFactory)
    given_on = date(2026, 1, 3)

    @factory.post_generation
    def purposes(self, create: bool, codes: Any, **kwargs: Any) -> None:
        scope = list(Scope) if codes is None else codes
        self.purposes.set(
            [ConsentPurpose.objects.get_or_create(code=code, defaults={"name": Scope(code).label})[0] for code in scope]
        )


class PeopleIndexPageFactory(BasePageFactory):
    class Meta:
        model = PeopleIndexPage

    title = "典型人物"
    slug = "people"


class PersonPageFactory(BasePageFactory):
    class Meta:
        model = PersonPage

    parent = factory.SubFactory(PeopleIndexPageFactory)
    title = factory.Sequence(lambda n: f"人物{n}")
    role = "网格员"
    honours = "2022 年 区优秀志愿者\n2024 年 市最美网格员"
    body = [("paragraph", "<p>每天早上先到三号楼敲门。</p>")]
    consent = factory.SubFactory(ConsentFactory)

    @classmethod
    def _create(cls, model_class: type[PersonPage], *args: Any, live: bool = True, **kwargs: Any) -> PersonPage:
        """Make a draft; a live page is one that a second person has released."""
        page: PersonPage = super()._create(model_class, *args, live=False, **kwargs)
        if live:
            release(page)
        return page


def release(page: PersonPage) -> None:
    """Publish ``page`` as two people do: one wrote it, another one looks and publishes."""
    author, releaser = UserFactory.create_batch(2, is_superuser=True)
    page.save_revision(user=author).publish(user=releaser)
    page.refresh_from_db()


class NoticeIndexPageFactory(BasePageFactory):
    class Meta:
        model = NoticeIndexPage

    title = "公示通知"
    slug = "notices"


class NoticePageFactory(BasePageFactory):
    class Meta:
        model = NoticePage

    class Params:
        past = factory.Trait(starts_on=date(2025, 1, 1), ends_on=date(2025, 1, 8), result="没有异议。")

    parent = factory.SubFactory(NoticeIndexPageFactory)
    title = factory.Sequence(lambda n: f"公示{n}")
    starts_on = factory.LazyFunction(timezone.localdate)
    ends_on = factory.LazyAttribute(lambda notice: notice.starts_on + timedelta(days=7))
    responsible = "街道志愿服务岗"
    phone = "010-5550 0100"


class ObjectionFactory(factory.django.DjangoModelFactory):
    """An objection; its code is ``CADE2CADE2CA``."""

    class Meta:
        model = Objection

    class Params:
        answered = factory.Trait(
            state=ObjectionState.ANSWERED, answer="已经核实。", closed_at=factory.LazyFunction(timezone.now)
        )

    notice = factory.SubFactory(NoticePageFactory)
    number = factory.Sequence(lambda n: f"YJ260101-{n:05}")
    code_hash = sha256(b"CADE2CADE2CA").hexdigest()
    once_hash = factory.Sequence(lambda n: sha256(str(n).encode()).hexdigest())
    text = "三号楼的名单不对。"
    name = "周居民"
    contact = "010-5550 0999"


class VenueIndexPageFactory(BasePageFactory):
    class Meta:
        model = VenueIndexPage

    title = "阵地"
    slug = "venues"


class VenuePageFactory(BasePageFactory):
    class Meta:
        model = VenuePage

    parent = factory.SubFactory(VenueIndexPageFactory)
    title = factory.Sequence(lambda n: f"阵地{n}")
    address = "向阳路 12 号"
    hours = "每天 8:30–20:30"
    phone = "010-5550 0111"
    facilities = "无障碍坡道\n母婴室"


class MethodIndexPageFactory(BasePageFactory):
    class Meta:
        model = MethodIndexPage

    title = "工作法"
    slug = "methods"


class MethodPageFactory(BasePageFactory):
    class Meta:
        model = MethodPage

    parent = factory.SubFactory(MethodIndexPageFactory)
    title = factory.Sequence(lambda n: f"工作法{n}")
    body = [("heading", {"level": "2", "text": "党员线"}), ("paragraph", "<p>先到位。</p>")]


class ActivityCalendarPageFactory(BasePageFactory):
    class Meta:
        model = ActivityCalendarPage

    title = "活动日历"
    slug = "activities"


def children(count: int, of: type[BasePageFactory], *, parent: Page, **fields: Any) -> list[Page]:
    """Return ``count`` new pages below ``parent``."""
    return [of(parent=parent, **fields) for _ in range(count)]
