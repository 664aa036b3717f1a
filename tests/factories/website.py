"""Public pages. A page without a parent is put below home; ``home_page()`` is the one home there is."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone
from wagtail.models import Page

from tests.factories.pages import BasePageFactory, ImageFactory, home_page, source_locale
from tests.factories.people import (
    ConsentFactory,
    ConsentTextFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    release,
)
from tests.factories.public_notices import NoticeIndexPageFactory, NoticePageFactory, ObjectionFactory
from website.calendar.models import ActivityCalendarPage
from website.case_studies.models import CaseStudyIndexPage, CaseStudyPage, Figure, Topic
from website.methods.models import MethodIndexPage, MethodPage
from website.pages.models import ContentPage
from website.services.models import (
    ServiceCategory,
    ServiceIndexPage,
    ServicePage,
)
from website.venues.models import VenueIndexPage, VenuePage

# Told on: made in files of their own.
__all__ = [
    "BasePageFactory",
    "ConsentFactory",
    "ConsentTextFactory",
    "ImageFactory",
    "NoticeIndexPageFactory",
    "NoticePageFactory",
    "ObjectionFactory",
    "PeopleIndexPageFactory",
    "PersonPageFactory",
    "home_page",
    "release",
    "source_locale",
]


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
