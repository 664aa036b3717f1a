from collections.abc import Iterator

import pytest

from config import providers as portal_providers
from tests.website.calendar.portal import Portal
from webui import providers


@pytest.fixture
def portal() -> Iterator[Portal]:
    portal = Portal()
    providers.register_activities(portal.activities, places=portal.places)
    yield portal
    portal_providers.register()
