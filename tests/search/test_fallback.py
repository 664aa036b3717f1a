"""Elasticsearch away, slow or empty: readers get an answer, and the index becomes whole again."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from search import actions, engines
from search.engines import rest
from search.engines.elasticsearch import ElasticsearchEngine
from search.errors import EngineAwayError
from search.models import IndexEntry, Removal
from search.queries import check_engine, search
from tests.search import corpus
from tests.search.conftest import delete_indices
from website.services.models import ServicePage

pytestmark = pytest.mark.django_db

Committed = Callable[[], Any]


def use(settings: Settings, url: str) -> None:
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = url


@pytest.fixture
def closed_port(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        use(settings, f"http://127.0.0.1:{probe.getsockname()[1]}")


@pytest.fixture
def sleeping_server(settings: Settings) -> Iterator[None]:
    """A server that takes every connection and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def accept() -> None:
            while True:
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        use(settings, f"http://127.0.0.1:{server.getsockname()[1]}")
        yield
        server.shutdown(socket.SHUT_RDWR)
        for connection_ in held:
            connection_.close()


@pytest.fixture
def page(committed: Committed) -> ServicePage:
    page: ServicePage = corpus.publish(ServicePage, "老年人助餐")
    actions.rebuild()
    return page


@pytest.mark.usefixtures("closed_port", "page")
def test_database_answers_with_a_notice_when_the_engine_is_away(client: Client) -> None:
    response = client.get(reverse("search:search"), {"q": "助餐"})

    assert response.status_code == 200
    assert response.context["answer"].engine == connection.vendor
    assert response.context["answer"].total == 1
    assert "搜索服务正在恢复，结果可能不全。" in response.content.decode()


@pytest.mark.usefixtures("sleeping_server", "page")
def test_slow_engine_keeps_nobody_waiting(client: Client) -> None:
    started = time.monotonic()
    first = search("助餐")
    waited = time.monotonic() - started

    started = time.monotonic()
    others = [search("助餐") for _ in range(5)]
    then = time.monotonic() - started

    assert first.is_stand_in
    assert all(other.is_stand_in and other.total == 1 for other in others)
    assert waited < 1.5
    assert then < 0.5


@pytest.mark.usefixtures("closed_port")
def test_check_fails_when_the_engine_in_use_is_away() -> None:
    with pytest.raises(EngineAwayError):
        check_engine()


@pytest.mark.usefixtures("closed_port")
def test_engine_asked_for_by_name_has_no_stand_in() -> None:
    with pytest.raises(EngineAwayError):
        search("助餐", engine="elasticsearch")


@pytest.mark.usefixtures("closed_port")
def test_publishing_works_and_is_remembered_while_the_engine_is_away(committed: Committed) -> None:
    with committed():
        page = corpus.publish(ServicePage, "老年人助餐")
    assert IndexEntry.objects.get(title="老年人助餐").indexed_at is None

    with committed():
        page.unpublish()
    assert Removal.objects.get(key=f"page:{page.pk}").is_sent is False
    assert not IndexEntry.objects.filter(title="老年人助餐").exists()


@pytest.mark.elasticsearch
def test_changes_arrive_at_once_while_the_engine_is_there(
    elasticsearch: ElasticsearchEngine, committed: Committed
) -> None:
    with committed():
        page = corpus.publish(ServicePage, "老年人助餐")
    assert elasticsearch.count() == 2  # the page and the list it stands in
    assert IndexEntry.objects.filter(indexed_at__isnull=True).count() == 0

    with committed():
        page.unpublish()
    assert elasticsearch.count() == 1
    assert Removal.objects.filter(is_sent=False).count() == 0


@pytest.mark.elasticsearch
def test_what_was_missed_is_healed(
    elasticsearch: ElasticsearchEngine, settings: Settings, committed: Committed
) -> None:
    url = settings.ELASTICSEARCH_URL
    with committed():
        gone = corpus.publish(ServicePage, "停办的服务")
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    with committed():
        corpus.publish(ServicePage, "老年人助餐")
        gone.unpublish()
    assert search("助餐").is_stand_in
    settings.ELASTICSEARCH_URL = url

    assert actions.heal()

    assert not rest.is_resting()
    assert elasticsearch.count() == IndexEntry.objects.count() == 2
    answer = search("助餐")
    assert (answer.engine, answer.total) == ("elasticsearch", 1)


@pytest.mark.elasticsearch
def test_withdrawn_thing_is_never_shown_from_a_stale_index(
    elasticsearch: ElasticsearchEngine, committed: Committed
) -> None:
    with committed():
        corpus.publish(ServicePage, "老年人助餐")
    elasticsearch.count()
    IndexEntry.objects.filter(title="老年人助餐").delete()

    assert search("助餐").results == []


@pytest.mark.elasticsearch
@pytest.mark.usefixtures("page")
def test_empty_index_is_noticed_and_filled(elasticsearch: ElasticsearchEngine) -> None:
    answer = search("助餐")
    assert (answer.engine, answer.total, answer.is_stand_in) == (connection.vendor, 1, True)

    assert actions.heal()

    assert search("助餐").engine == "elasticsearch"


@pytest.mark.elasticsearch
@pytest.mark.usefixtures("page")
def test_lost_index_is_noticed_and_built_anew(elasticsearch: ElasticsearchEngine, committed: Committed) -> None:
    delete_indices(elasticsearch)
    with pytest.raises(EngineAwayError):
        check_engine()
    assert search("助餐").is_stand_in
    rest.end()

    # A write must not bring the index back by itself, with a mapping nobody chose.
    with committed():
        corpus.publish(ServicePage, "送餐上门")
    assert not elasticsearch.client.indices.exists(index=elasticsearch.alias)

    assert actions.heal()
    assert search("送餐").engine == "elasticsearch"
    check_engine()


@pytest.mark.elasticsearch
def test_late_message_never_overwrites_a_newer_one(elasticsearch: ElasticsearchEngine, committed: Committed) -> None:
    with committed():
        page = corpus.publish(ServicePage, "老年人助餐")
    late = IndexEntry.objects.get(title="老年人助餐")
    with committed():
        page.title = "老年人食堂"
        page.save_revision().publish()

    elasticsearch.index([late])

    elasticsearch.count()
    assert search("食堂", engine="elasticsearch").total == 1
    assert search("助餐", engine="elasticsearch").total == 0


@pytest.mark.elasticsearch
@pytest.mark.usefixtures("page")
def test_rebuilding_swaps_the_index_and_leaves_one(elasticsearch: ElasticsearchEngine) -> None:
    before = list(elasticsearch.client.indices.get_alias(name=elasticsearch.alias))

    assert actions.rebuild_outside(elasticsearch) == 2

    after = list(elasticsearch.client.indices.get(index=f"{elasticsearch.alias}*"))
    assert len(after) == 1
    assert after != before
    assert search("助餐").engine == "elasticsearch"


def test_healing_has_nothing_to_do_without_an_engine_outside() -> None:
    assert engines.outside() is None
    assert actions.heal()
