"""What services are grouped by and where they are."""

import factory

from tests.factories.website import ServicePageFactory, source_locale
from website.services.models import ServiceAudience, ServicePlace


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
