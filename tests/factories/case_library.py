"""The parts of a method, and the page of all figures."""

import factory

from tests.factories.website import BasePageFactory, MethodPageFactory, source_locale
from website.figures.models import FigureIndexPage
from website.methods.models import MethodPart


class MethodPartFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MethodPart

    page = factory.SubFactory(MethodPageFactory)
    name = factory.Sequence(lambda n: f"第{n}线")
    meaning = "先到位，再出力。"
    tasks = "党员：先动手\n居民：提意见"
    sort_order = factory.Sequence(lambda n: n)
    locale = factory.LazyFunction(source_locale)


class FigureIndexPageFactory(BasePageFactory):
    class Meta:
        model = FigureIndexPage

    title = "数说"
    slug = "figures"
