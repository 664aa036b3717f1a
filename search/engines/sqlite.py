"""SQLite's FTS5, over terms and words joined by spaces."""

import json
from typing import Any

from search.engines.base import Scope
from search.engines.database import DatabaseEngine
from search.segmentation import Query, Word

WHERE = """
FROM search_fulltext
JOIN search_indexentry AS entry ON entry.id = search_fulltext.rowid
WHERE search_fulltext MATCH %(match)s AND (%(locale)s = '' OR entry.locale = %(locale)s)
"""

# bm25() counts the words of both arms of the match below; it is smaller for a better hit.
HITS = """
AND (json_array_length(%(kinds)s) = 0 OR entry.kind IN (SELECT value FROM json_each(%(kinds)s)))
ORDER BY
    (SELECT count(*) FROM json_each(%(words)s) AS word WHERE instr(entry.title_folded, word.value) > 0) DESC,
    entry.kind = 'activity',
    bm25(search_fulltext, 0.1, 4.0, 1.0),
    entry.date DESC,
    entry.id
LIMIT %(size)s OFFSET %(start)s
"""


class SqliteEngine(DatabaseEngine):
    name = "sqlite"
    counts_sql = f"SELECT entry.kind, count(*) {WHERE} GROUP BY entry.kind"
    hits_sql = f"SELECT entry.key {WHERE} {HITS}"
    parts_sql = "SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')"
    parts = frozenset({"search_fulltext", "search_entry_added", "search_entry_changed", "search_entry_removed"})

    def values(self, query: Query, scope: Scope) -> dict[str, Any]:
        return {
            "match": _match(query),
            "kinds": json.dumps(scope.kinds),
            "words": json.dumps([word.text for word in query.words]),
        }


def _match(query: Query) -> str:
    """Return the FTS5 expression: the terms decide what is found, the words add to the rank of what is found."""
    terms = "terms : (" + " AND ".join(_term(term, word) for word in query.words for term in word.terms) + ")"
    words = "{title_words body_words} : (" + " OR ".join(f'"{word.text}"' for word in query.words) + ")"
    return f"({terms}) OR (({terms}) AND ({words}))"


def _term(term: str, word: Word) -> str:
    # Terms hold letters and digits only, so quotes cannot be broken out of.
    return f'"{term}"*' if word.is_prefix else f'"{term}"'
