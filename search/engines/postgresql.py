"""PostgreSQL's full text, with lexemes of our own making."""

from typing import Any

from search.engines.base import Scope
from search.engines.database import DatabaseEngine
from search.segmentation import Query, Word

WHERE = """
FROM search_indexentry AS entry
WHERE entry.term_vector @@ %(match)s::tsquery AND (%(locale)s = '' OR entry.locale = %(locale)s)
"""

# Weights of a word in the body (D) and in the title (A).
HITS = """
AND (cardinality(%(kinds)s::text[]) = 0 OR entry.kind = ANY(%(kinds)s::text[]))
ORDER BY
    (SELECT count(*) FROM unnest(%(words)s::text[]) AS word WHERE strpos(entry.title_folded, word) > 0) DESC,
    entry.kind = 'activity',
    ts_rank('{0.25, 0.25, 0.25, 1.0}', entry.word_vector, %(ranking)s::tsquery, 1) DESC,
    entry.date DESC NULLS LAST,
    entry.id
LIMIT %(size)s OFFSET %(start)s
"""


class PostgresqlEngine(DatabaseEngine):
    name = "postgresql"
    counts_sql = f"SELECT entry.kind, count(*) {WHERE} GROUP BY entry.kind"
    hits_sql = f"SELECT entry.key {WHERE} {HITS}"
    parts_sql = """
        SELECT attname::text FROM pg_attribute WHERE attrelid = 'search_indexentry'::regclass
        UNION SELECT indexname::text FROM pg_indexes WHERE tablename = 'search_indexentry'
    """
    parts = frozenset({"term_vector", "word_vector", "search_term_vector"})

    def values(self, query: Query, scope: Scope) -> dict[str, Any]:
        return {
            "match": " & ".join(_term(term, word) for word in query.words for term in word.terms),
            "ranking": " | ".join(f"'{word.text}'" for word in query.words),
            "kinds": list(scope.kinds),
            "words": [word.text for word in query.words],
        }


def _term(term: str, word: Word) -> str:
    # Terms hold letters and digits only, so quotes cannot be broken out of.
    return f"'{term}':*" if word.is_prefix else f"'{term}'"
