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
def kept_rows_return(initial_data_returns: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    """Put back, once the tables have been emptied, the triggers that keep rows from being deleted."""
    triggers: list[str] = []
    yield triggers
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for statement in triggers:
            cursor.execute(statement)


@pytest.fixture
def committed(
    kept_rows_return: list[str], django_db_serialized_rollback: None, transactional_db: None
) -> Iterator[None]:
    """Commit for real. The order of these three is the point: the last to begin is the first to end."""
    yield
    if connection.vendor == "sqlite":  # PostgreSQL truncates, which no trigger on rows hears of
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'")
            for name, statement in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
                kept_rows_return.append(statement)
