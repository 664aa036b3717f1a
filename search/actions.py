"""What keeps the index true to what is published.

Everything starts from the published thing itself: it is read anew, and its entry is written, left alone or removed. So
each of these may run twice, late, or in any order. The database's own index changes with the rows; an engine outside it
is told after the commit, and what it missed stays marked until it has it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import chain, islice
from typing import Any, TypeVar

import structlog
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import default_task_backend
from wagtail.models import Page

from search import engines
from search.documents import Document, activity_documents, activity_key, page_documents, page_key, pk_of
from search.engines import rest
from search.engines.elasticsearch import ElasticsearchEngine
from search.enums import Kind
from search.errors import EngineAwayError
from search.models import IndexEntry, Removal
from search.segmentation import fold, terms_of, words_of

logger = structlog.get_logger(__name__)

Thing = TypeVar("Thing")

BATCH = 200
HEAL_EVERY = timedelta(minutes=1)
REMOVALS_KEPT = timedelta(days=1)

TOLD = ("kind", "locale", "title", "summary", "body", "facets", "date", "url")
DERIVED = ("title_folded", "terms", "title_words", "body_words", "updated_at", "indexed_at")


def refresh_pages(pks: Collection[int]) -> None:
    """Make the entries of these pages what the pages are now."""
    _refresh(page_documents(pks), keys={page_key(pk) for pk in pks})


def refresh_subtree(pk: int) -> None:
    """Make the entries of a page and all below it what they are now: their addresses or their readers have changed."""
    page = Page.objects.filter(pk=pk).first()
    below = page.get_descendants().values_list("pk", flat=True) if page else ()
    refresh_pages([pk, *below])


def refresh_activities(pks: Collection[int]) -> None:
    """Make the entries of these activities what the activities are now."""
    _refresh(activity_documents(pks), keys={activity_key(pk) for pk in pks})


def refresh_past_activities() -> int:
    """Let go of activities that are over, and move the others on to their next day; return how many were looked at."""
    past = IndexEntry.objects.filter(kind=Kind.ACTIVITY, date__lte=timezone.localdate()).values_list("key", flat=True)
    pks = {pk_of(key) for key in past}
    refresh_activities(pks)
    return len(pks)


def rebuild(*, on_progress: Callable[[int], None] = lambda done: None) -> int:
    """Read everything published anew and return how many entries there are. Readers may search meanwhile."""
    seen: set[str] = set()
    for batch in _batches(chain(page_documents(), activity_documents())):
        _write(batch)
        seen.update(document.key for document in batch)
        on_progress(len(seen))
    _remove(set(IndexEntry.objects.values_list("key", flat=True)) - seen)
    return len(seen)


def rebuild_outside(engine: ElasticsearchEngine, *, on_progress: Callable[[int], None] = lambda done: None) -> int:
    """Fill a new index outside from the entries, swap it in, and catch up with what changed meanwhile."""
    started_at = timezone.now()
    entries = IndexEntry.objects.order_by("pk")
    engine.rebuild(_counted(_batches(entries.iterator(chunk_size=BATCH)), on_progress))
    rest.end()
    entries.filter(updated_at__lt=started_at).update(indexed_at=started_at)
    entries.filter(updated_at__gte=started_at).update(indexed_at=None)
    Removal.objects.filter(removed_at__gte=started_at).update(is_sent=False)
    _send(engine)
    return entries.count()


def send() -> None:
    """Tell the engine outside what it has not heard yet. When it is away, come back later."""
    engine = engines.outside()
    if engine is None:
        return
    if rest.is_resting():
        heal_later()
        return
    try:
        _send(engine)
    except EngineAwayError as error:
        rest.begin()
        logger.warning("search.engine.away", engine=engine.name, error=str(error))
        heal_later()


def heal() -> bool:
    """Bring the engine outside up to date, anew from the start if it has lost entries; return whether it is.

    Raises:
        EngineAwayError: it is still away.
    """
    engine = engines.outside()
    if engine is None:
        return True
    try:
        engine.check()
        _send(engine)
        is_whole = engine.count() == IndexEntry.objects.count()
    except EngineAwayError:
        # Away altogether, or up without its index? Only the second can be mended from here.
        is_whole = False
    if not is_whole:
        rebuild_outside(engine)
    rest.end()
    Removal.objects.filter(is_sent=True, removed_at__lt=timezone.now() - REMOVALS_KEPT).delete()
    return engine.count() == IndexEntry.objects.count()


def heal_later() -> None:
    """Let a worker bring the engine outside up to date in a minute; asked often, it is queued once."""
    from search.tasks import heal_index  # noqa: PLC0415 -- breaks the tasks/actions circle

    if default_task_backend.supports_defer and cache.add("search.heal", True, HEAL_EVERY.total_seconds()):
        heal_index.using(run_after=timezone.now() + HEAL_EVERY).enqueue()


def _refresh(documents: Iterable[Document], *, keys: set[str]) -> None:
    documents = list(documents)
    _write(documents)
    _remove(keys - {document.key for document in documents})


@transaction.atomic
def _write(documents: Sequence[Document]) -> None:
    keys = [document.key for document in documents]
    known = {entry.key: entry for entry in IndexEntry.objects.filter(key__in=keys).defer(*DERIVED)}
    changed = [_entry(document) for document in documents if not _is_same(document, known.get(document.key))]
    if not changed:
        return
    IndexEntry.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["key"], update_fields=[*TOLD, *DERIVED], batch_size=BATCH
    )
    Removal.objects.filter(key__in=[entry.key for entry in changed]).delete()
    transaction.on_commit(send, robust=True)


@transaction.atomic
def _remove(keys: Collection[str]) -> None:
    known = list(IndexEntry.objects.filter(key__in=keys).values_list("key", flat=True))
    if not known:
        return
    IndexEntry.objects.filter(key__in=known).delete()
    if engines.outside():
        removals = [Removal(key=key) for key in known]
        Removal.objects.bulk_create(
            removals, update_conflicts=True, unique_fields=["key"], update_fields=["removed_at", "is_sent"]
        )
    transaction.on_commit(send, robust=True)


def _is_same(document: Document, entry: IndexEntry | None) -> bool:
    return entry is not None and all(getattr(document, name) == getattr(entry, name) for name in TOLD)


def _entry(document: Document) -> IndexEntry:
    told: dict[str, Any] = {name: getattr(document, name) for name in TOLD}
    text = f"{document.summary}\n{document.body}"
    return IndexEntry(
        key=document.key,
        **told,
        title_folded=fold(document.title),
        terms=" ".join(terms_of(f"{document.title}\n{text}")),
        title_words=" ".join(words_of(document.title)),
        body_words=" ".join(words_of(text)),
    )


def _send(engine: ElasticsearchEngine) -> None:
    while waiting := list(Removal.objects.filter(is_sent=False).order_by("removed_at")[:BATCH]):
        engine.forget(waiting)
        for removal in waiting:
            Removal.objects.filter(pk=removal.pk, removed_at=removal.removed_at).update(is_sent=True)
    while entries := list(IndexEntry.objects.filter(indexed_at__isnull=True).order_by("updated_at", "pk")[:BATCH]):
        engine.index(entries)
        for entry in entries:
            # Changed again while it was being sent: it stays marked.
            IndexEntry.objects.filter(pk=entry.pk, updated_at=entry.updated_at).update(indexed_at=F("updated_at"))


def _batches(items: Iterable[Thing]) -> Iterator[list[Thing]]:
    waiting = iter(items)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _counted(batches: Iterable[list[IndexEntry]], on_progress: Callable[[int], None]) -> Iterator[list[IndexEntry]]:
    done = 0
    for batch in batches:
        yield batch
        done += len(batch)
        on_progress(done)
