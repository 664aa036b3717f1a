"""Published things to find, and engines to find them with."""

import contextlib
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings

from search import actions, engines
from search.engines import rest
from search.engines.elasticsearch import ElasticsearchEngine
from tests.services import url_of

Commit = Callable[[], contextlib.AbstractContextManager[object]]


@pytest.fixture(autouse=True)
def _awake() -> None:
    rest.end()


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Callable[..., object]) -> Callable[[], object]:
    """Run what waits for the commit when the block ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def elasticsearch(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[ElasticsearchEngine]:
    """An index of this test's own in the real Elasticsearch, empty.

    A reader is soon answered by the database instead; who asks what it finds waits, as a busy machine is slow.
    """
    monkeypatch.setattr("search.engines.elasticsearch.SEARCH_SECONDS", 10.0)
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = url_of("TEST_ELASTICSEARCH_URL", "Elasticsearch")
    settings.SEARCH_INDEX_PREFIX = f"test-{uuid4().hex}"
    engine = engines.outside()
    assert engine is not None
    engine.rebuild([])
    yield engine
    delete_indices(engine)


def delete_indices(engine: ElasticsearchEngine) -> None:
    names = list(engine.client.indices.get(index=f"{engine.alias}*"))
    if names:
        engine.client.indices.delete(index=names)


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Each engine in turn: the one of this run's database, and the real Elasticsearch."""
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch")
    return str(request.param)


@pytest.fixture
def indexed(db: None) -> Callable[[], None]:
    """Bring every engine of this test up to date with what is published."""

    def bring_up_to_date() -> None:
        actions.rebuild()
        if outside := engines.outside():
            actions.rebuild_outside(outside)

    return bring_up_to_date
