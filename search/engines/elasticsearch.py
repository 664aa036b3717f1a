"""Elasticsearch, through ``elasticsearch.dsl``, over the same terms and words as the databases.

It keeps to what every Elasticsearch 9 has: the whitespace analyser, no scripts, no delete-by-query.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.utils import timezone
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError
from elasticsearch.dsl import A, Date, Document, Keyword, MetaField, Q, Search, Text
from elasticsearch.helpers import BulkIndexError, bulk

from search.engines.base import NOTHING, Found, Scope, total_of
from search.enums import Kind
from search.errors import EngineAwayError
from search.models import IndexEntry, Removal
from search.segmentation import Query, Word, terms_of

# A reader waits for the search, an editor for the write; a rebuild runs on its own.
SEARCH_SECONDS = 0.7
WRITE_SECONDS = 3.0
REBUILD_SECONDS = 60.0

ALREADY_NEWER = 409
NOT_THERE = 404


class EntryDocument(Document):
    """An index entry as Elasticsearch keeps it: only what finds, ranks and counts."""

    kind = Keyword()
    locale = Keyword()
    date = Date()
    terms = Text(analyzer="whitespace", norms=False, index_options="docs")
    title_terms = Text(analyzer="whitespace", norms=False, index_options="docs")
    title_words = Text(analyzer="whitespace")
    body_words = Text(analyzer="whitespace")

    class Meta:
        dynamic = MetaField("strict")

    class Index:
        settings = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}


class ElasticsearchEngine:
    name = "elasticsearch"

    def __init__(self, *, url: str, prefix: str) -> None:
        self.client = _client(url)
        self.alias = f"{prefix}-entries"

    def check(self) -> None:
        with _away_is_an_error():
            if not self._client(SEARCH_SECONDS).indices.exists_alias(name=self.alias):
                raise EngineAwayError(f"there is no index {self.alias}")
            if self._client(SEARCH_SECONDS).cluster.health()["status"] == "red":
                raise EngineAwayError("the cluster is red")

    def index(self, entries: Sequence[IndexEntry]) -> None:
        self._send(_additions(entries), to=self.alias)

    def forget(self, removals: Sequence[Removal]) -> None:
        self._send(
            [
                {"_op_type": "delete", "_id": one.key, "version": one.version, "version_type": "external"}
                for one in removals
            ],
            to=self.alias,
        )

    def count(self) -> int:
        """Return how many entries it holds; none when there is no index."""
        with _away_is_an_error():
            client = self._client(WRITE_SECONDS)
            if not client.indices.exists_alias(name=self.alias):
                return 0
            client.indices.refresh(index=self.alias)
            return int(client.count(index=self.alias)["count"])

    def search(self, query: Query, scope: Scope, *, start: int, size: int) -> Found:
        if not query:
            return NOTHING
        with _away_is_an_error():
            response = self._search(query, scope)[start : start + size].execute()
        counts = {bucket.key: bucket.doc_count for bucket in response.aggregations.kinds.buckets}
        return Found(total=total_of(counts, scope.kinds), counts=counts, keys=[hit.meta.id for hit in response.hits])

    def rebuild(self, batches: Iterable[Sequence[IndexEntry]]) -> None:
        """Fill a new index, then let the alias point at it in one step; readers see the old one until then."""
        client = self._client(REBUILD_SECONDS)
        fresh = f"{self.alias}-{timezone.now():%Y%m%d%H%M%S%f}"
        with _away_is_an_error():
            EntryDocument._index.clone(name=fresh, using=client).create()
            for batch in batches:
                self._send(_additions(batch), to=fresh, seconds=REBUILD_SECONDS, require_alias=False)
            client.indices.refresh(index=fresh)
            stale = self._indices(client)
            swap: list[dict[str, Any]] = [{"remove": {"index": name, "alias": self.alias}} for name in stale]
            client.indices.update_aliases(actions=[*swap, {"add": {"index": fresh, "alias": self.alias}}])
            if stale:
                client.indices.delete(index=stale)

    def _indices(self, client: Elasticsearch) -> list[str]:
        try:
            return sorted(client.indices.get_alias(name=self.alias))
        except NotFoundError:
            return []

    def _client(self, seconds: float) -> Elasticsearch:
        return self.client.options(request_timeout=seconds, max_retries=0)

    def _send(
        self,
        messages: list[dict[str, Any]],
        *,
        to: str,
        seconds: float = WRITE_SECONDS,
        require_alias: bool = True,
    ) -> None:
        # Without require_alias a lost index would come back empty, with a mapping nobody chose.
        with _away_is_an_error():
            _, refused = bulk(
                self._client(seconds), messages, index=to, require_alias=require_alias, raise_on_error=False
            )
        for answer in refused if isinstance(refused, list) else []:
            ((_, result),) = answer.items()
            if result["status"] not in (ALREADY_NEWER, NOT_THERE) or "index" in str(
                result.get("error", {}).get("type")
            ):
                raise EngineAwayError(str(result.get("error")))

    def _search(self, query: Query, scope: Scope) -> "Search[Any]":
        found = [_has(word, "terms") for word in query.words]
        if scope.locale:
            found.append(Q("term", locale=scope.locale))
        words = " ".join(word.text for word in query.words)
        better = [
            *(Q("constant_score", filter=_has(word, "title_terms"), boost=1000) for word in query.words),
            # What is always there comes before what is on for a day.
            Q("constant_score", filter=~Q("term", kind=Kind.ACTIVITY.value), boost=300),
            Q("match", title_words={"query": words, "boost": 4}),
            Q("match", body_words=words),
        ]
        search: Search[Any] = Search(using=self._client(SEARCH_SECONDS), index=self.alias)
        search = search.query("bool", filter=found, should=better).extra(track_total_hits=False)
        search = search.source(False).sort("_score", {"date": {"order": "desc", "missing": "_last"}})
        search.aggs.bucket("kinds", A("terms", field="kind", size=50))
        return search.post_filter("terms", kind=list(scope.kinds)) if scope.kinds else search


@cache
def _client(url: str) -> Elasticsearch:
    return Elasticsearch(url.split(","), max_retries=0, retry_on_timeout=False)


@contextmanager
def _away_is_an_error() -> Iterator[None]:
    try:
        yield
    except (ApiError, TransportError, BulkIndexError) as error:
        raise EngineAwayError(str(error)) from error


def _additions(entries: Sequence[IndexEntry]) -> list[dict[str, Any]]:
    return [
        {"_op_type": "index", "_id": entry.key, "version": entry.version, "version_type": "external_gte"}
        | {
            "kind": entry.kind,
            "locale": entry.locale,
            "date": entry.date,
            "terms": entry.terms,
            "title_terms": " ".join(terms_of(entry.title)),
            "title_words": entry.title_words,
            "body_words": entry.body_words,
        }
        for entry in entries
    ]


def _has(word: Word, field: str) -> Any:
    kind = "prefix" if word.is_prefix else "term"
    return Q("bool", filter=[Q(kind, **{field: term}) for term in word.terms])
