"""Threads see only what is committed, so these tests commit; every table is emptied after each."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture
def initial_data_returns(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Put back the root page and the languages that migrations made, once the tables have been emptied."""
    yield
    with django_db_blocker.unblock():
        contents = connection._test_serialized_contents  # type: ignore[attr-defined]  # set where serialized_rollback is asked for
        connection.creation.deserialize_db_from_string(contents)


@pytest.fixture
def committed(initial_data_returns: None, django_db_serialized_rollback: None, transactional_db: None) -> None:
    """Commit for real. The order of these three is the point: the last to begin is the first to end."""
