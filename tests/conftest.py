import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.dispatch import receiver
from django.test.signals import setting_changed
from django.utils import translation
from encrypted_fields.fields import EncryptedFieldMixin

from tests.databases import copy_migrated_postgresql, copy_migrated_sqlite, drop_postgresql, remove_sqlite
from tests.services import missing, url_of

# What these ask of the database is the same everywhere: what a page looks like, who may open it, how a document is
# read, what the demo puts there (the journeys build it on both).
SAME_ON_BOTH = tuple(
    Path(__file__).parent / name
    for name in (
        "access",
        "config/demo",
        "portal/test_urls.py",
        "website/imports",
        "website/test_every_frame.py",
        "website/test_pages.py",
        "website/test_templates.py",
    )
)
LONGEST = Path(__file__).parent / "access" / "test_matrix.py"
KEYS = {"SECRET_KEY", "SECRET_KEY_FALLBACKS", "SALT_KEY"}
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> Iterator[bool]:
    """Lay a migrated copy where this process's test database belongs, unless one is to be kept or made anew."""
    if request.config.getvalue("reuse_db") or request.config.getvalue("create_db"):
        yield bool(request.config.getvalue("reuse_db"))
        return
    name = str(connection.creation._get_test_db_name())  # type: ignore[attr-defined]  # Django has no public name for it
    server = os.environ.get("TEST_DATABASE_URL")
    if server:
        copy_migrated_postgresql(server, name)
    else:
        copy_migrated_sqlite(Path(name))
    yield True
    connection.close()
    if server:
        drop_postgresql(server, name)
    else:
        remove_sqlite(Path(name))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark what asks no database of this process, or nothing one answers in its own way: one run of it is enough.

    Once the others have shuffled them, the longest go first, the journeys and the matrix: begun last, one would keep a
    core waiting.
    """
    for item in items:
        asks = item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        is_decided = bool(asks) and not any(item.path.is_relative_to(path) for path in SAME_ON_BOTH)
        if not is_decided and not item.get_closest_marker("both"):
            item.add_marker(pytest.mark.one_database)
    yield
    items.sort(key=lambda item: item.get_closest_marker("e2e") is None and item.path != LONGEST)


def pytest_collection_finish() -> None:
    """Let the collector walk what tests leave behind, not again and again all that was loaded to run them.

    Thousands of modules, models and tests stay for the whole run; walking them took a sixth of its processor time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


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


@receiver(setting_changed)
def _forget_keys(*, setting: str, **kwargs: object) -> None:
    """Let encrypted fields make their keys anew, as a new process does: kept, they would reach into other tests."""
    if setting in KEYS:
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, EncryptedFieldMixin):
                    field.__dict__.pop("keys", None)
                    field.__dict__.pop("f", None)


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """Each test begins in the site's own language, whatever page the one before asked for."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


def _need_postgresql() -> None:
    if connection.vendor != "postgresql":
        missing("PostgreSQL (set TEST_DATABASE_URL)")
