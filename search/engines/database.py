"""What both databases share: two statements, of hits and of counts, given the words of a query."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import connection

from search.engines.base import NOTHING, Found, Scope, total_of
from search.models import IndexEntry, Removal
from search.segmentation import Query


class DatabaseEngine:
    """Writing a row of ``IndexEntry`` *is* indexing it here: triggers and generated columns do the rest."""

    name: ClassVar[str]
    counts_sql: ClassVar[str]
    hits_sql: ClassVar[str]
    parts_sql: ClassVar[str]
    parts: ClassVar[frozenset[str]]

    def check(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(self.parts_sql)
            missing = self.parts - {name for (name,) in cursor.fetchall()}
        if missing:
            raise RuntimeError(f"the full-text index lacks {', '.join(sorted(missing))}")

    def index(self, entries: Sequence[IndexEntry]) -> None:
        """Do nothing: the rows were written."""

    def forget(self, removals: Sequence[Removal]) -> None:
        """Do nothing: the rows were deleted."""

    def search(self, query: Query, scope: Scope, *, start: int, size: int) -> Found:
        if not query:
            return NOTHING
        values = {"locale": scope.locale, "start": start, "size": size, **self.values(query, scope)}
        with connection.cursor() as cursor:
            cursor.execute(self.counts_sql, values)
            counts = dict(cursor.fetchall())
            cursor.execute(self.hits_sql, values)
            keys = [key for (key,) in cursor.fetchall()]
        return Found(total=total_of(counts, scope.kinds), counts=counts, keys=keys)

    def values(self, query: Query, scope: Scope) -> dict[str, Any]:
        """Return what this database's statements need besides language and span."""
        raise NotImplementedError
