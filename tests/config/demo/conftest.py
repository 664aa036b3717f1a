from collections.abc import Iterator
from io import StringIO

import pytest
from django.db import transaction

from config.demo.build import build_once
from config.demo.progress import Progress
from config.demo.scale import TINY


@pytest.fixture(scope="module")
def built_city(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Build the tiny city once for a module; each test's own changes are rolled back on top of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert build_once(TINY, Progress(StringIO()))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def city(built_city, db) -> None:
    """Ask for the tiny city and for the database."""


@pytest.fixture
def demo_site(settings) -> None:
    """Let the demo's pages exist."""
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.config.demo.urls"
