from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

from tests.services import missing, url_of


@pytest.fixture(autouse=True)
def _services(request: pytest.FixtureRequest) -> None:
    """Skip, naming what is missing, a test whose marker asks for a service this run has not."""
    checks: dict[str, Callable[[], object]] = {
        "postgresql": _need_postgresql,
        "redis": lambda: url_of("TEST_REDIS_URL", "Redis"),
        "elasticsearch": lambda: url_of("TEST_ELASTICSEARCH_URL", "Elasticsearch"),
    }
    for marker, check in checks.items():
        if request.node.get_closest_marker(marker):
            check()


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """Each test begins in the site's own language, whatever page the one before asked for."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


def _need_postgresql() -> None:
    if connection.vendor != "postgresql":
        missing("PostgreSQL (set TEST_DATABASE_URL)")
