"""What is found."""

import datetime as dt
from dataclasses import dataclass, field

import structlog

from search import engines
from search.engines import rest
from search.engines.base import NOTHING, Engine, Found, Scope
from search.enums import Kind
from search.errors import EngineAwayError
from search.excerpts import Piece, excerpt_of, marked
from search.models import IndexEntry
from search.segmentation import Query, parse
from website.services.enums import ServiceStatus

logger = structlog.get_logger(__name__)

PAGE_SIZE = 20
LAST_HIT = 1000  # nobody reads on; and to reach hit 100,000 every engine works a hundred times as hard


@dataclass(frozen=True)
class Result:
    """One hit, ready to show. Texts come in pieces, so that marking a match needs no markup in data."""

    title: list[Piece]
    url: str
    kind: Kind
    locale: str
    excerpt: list[Piece]
    date: dt.date | None
    status: str = ""  # of a service that is not open as usual

    @property
    def shown_date(self) -> dt.date | None:
        """The day, where it tells a reader something: when it takes place or begins."""
        return self.date if self.kind in (Kind.ACTIVITY, Kind.NOTICE) else None


@dataclass(frozen=True)
class Answer:
    """What was found, by which engine, and whether the engine that should have answered was away."""

    query: Query
    engine: str
    total: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)
    is_stand_in: bool = False


def search(
    text: str,
    *,
    locale: str = "",
    kinds: tuple[str, ...] = (),
    start: int = 0,
    size: int = PAGE_SIZE,
    engine: str = "",
) -> Answer:
    """Return what ``text`` finds, best first. When the engine outside is away, the database answers for it.

    Raises:
        WrongEngineError: ``engine`` was named and is not here.
        EngineAwayError: ``engine`` was named and does not answer.
    """
    query, scope = parse(text), Scope(locale=locale, kinds=kinds)
    start, size = max(0, min(start, LAST_HIT)), max(0, min(size, LAST_HIT))
    if engine:
        chosen, is_stand_in = engines.named(engine), False
        found = chosen.search(query, scope, start=start, size=size)
    else:
        chosen, is_stand_in, found = _first_answer(query, scope, start=start, size=size)
    return Answer(
        query=query,
        engine=chosen.name,
        total=found.total,
        counts=found.counts,
        results=_results(found, query),
        is_stand_in=is_stand_in,
    )


def check_engine() -> None:
    """Raise when the engine in use cannot answer."""
    engines.in_use().check()


def _first_answer(query: Query, scope: Scope, *, start: int, size: int) -> tuple[Engine, bool, Found]:
    first, database = engines.in_use(), engines.database()
    if first.name == database.name:
        return database, False, database.search(query, scope, start=start, size=size)
    found = _unless_away(first, query, scope, start=start, size=size)
    if found and found.counts:
        return first, False, found
    # No hits at all: truly none, or an index that lost its entries? The database knows.
    certain = database.search(query, scope, start=start, size=size) if query else NOTHING
    if found and not certain.counts:
        return first, False, found
    return database, True, certain


def _unless_away(engine: Engine, query: Query, scope: Scope, *, start: int, size: int) -> Found | None:
    if rest.is_resting():
        return None
    try:
        return engine.search(query, scope, start=start, size=size)
    except EngineAwayError as error:
        rest.begin()
        logger.warning("search.engine.away", engine=engine.name, error=str(error))
        return None


def _results(found: Found, query: Query) -> list[Result]:
    entries = IndexEntry.objects.defer("terms", "title_words", "body_words", "title_folded").in_bulk(
        found.keys, field_name="key"
    )
    return [_result(entries[key], query) for key in found.keys if key in entries]


def _result(entry: IndexEntry, query: Query) -> Result:
    return Result(
        title=marked(entry.title, query),
        url=entry.url,
        kind=Kind(entry.kind),
        locale=entry.locale,
        excerpt=excerpt_of(entry.summary, entry.body, query, title=entry.title),
        date=entry.date,
        status=_status(entry),
    )


def _status(entry: IndexEntry) -> str:
    status = entry.facets.get("status", "")
    return str(ServiceStatus(status).label) if status in ServiceStatus.values else ""
