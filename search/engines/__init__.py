"""Which engine answers here."""

from django.conf import settings
from django.db import connection

from search.engines.base import Engine
from search.engines.database import DatabaseEngine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.postgresql import PostgresqlEngine
from search.engines.sqlite import SqliteEngine
from search.errors import WrongEngineError

DATABASES: dict[str, type[DatabaseEngine]] = {"sqlite": SqliteEngine, "postgresql": PostgresqlEngine}


def database() -> Engine:
    """Return the engine inside the database. It is always there, and always complete."""
    return DATABASES[connection.vendor]()


def outside() -> ElasticsearchEngine | None:
    """Return the engine outside the database, if this installation has one."""
    if settings.SEARCH_ENGINE != "elasticsearch":
        return None
    return ElasticsearchEngine(url=settings.ELASTICSEARCH_URL, prefix=settings.SEARCH_INDEX_PREFIX)


def in_use() -> Engine:
    """Return the engine that is asked first."""
    return outside() or database()


def named(name: str) -> Engine:
    """Return the engine called ``name``; ``database`` is whichever this database has.

    Raises:
        WrongEngineError: this installation has no such engine.
    """
    here: dict[str, Engine] = {"database": database(), database().name: database()}
    if other := outside():
        here[other.name] = other
    if name not in here:
        raise WrongEngineError(asked=name, here=sorted(here))
    return here[name]
