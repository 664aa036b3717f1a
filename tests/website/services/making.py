from typing import Any

from tests.factories.website import ServiceIndexPageFactory, ServicePageFactory
from website.services.models import ServiceIndexPage, ServicePage


def a_service(**fields: Any) -> ServicePage:
    """Return a new service in the one list there is."""
    page: ServicePage = ServicePageFactory(
        parent=ServiceIndexPage.objects.first() or ServiceIndexPageFactory(), **fields
    )
    return page
