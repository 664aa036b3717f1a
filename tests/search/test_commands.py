import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from pytest_django.fixtures import Settings

from search.models import IndexEntry
from tests.search import corpus
from website.services.models import ServicePage

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = StringIO()
    call_command(*args, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_search_prints_exactly_what_was_agreed(engine_name: str, indexed: Callable[[], None]) -> None:
    page = corpus.publish(ServicePage, "老年人助餐", summary="六十岁以上可以在<b>食堂</b>助餐。")
    indexed()

    found: dict[str, Any] = json.loads(run("search", "助餐", "--engine", engine_name, "--locale", "zh-hans", "--json"))

    assert found == {
        "engine": connection.vendor if engine_name == "database" else "elasticsearch",
        "total": 1,
        "results": [
            {
                "title": "老年人助餐",
                "url": page.get_url(),
                "kind": "service",
                "locale": "zh-hans",
                "excerpt": "六十岁以上可以在<b>食堂</b>助餐。",
            }
        ],
    }


def test_search_shows_no_more_than_the_limit(indexed: Callable[[], None]) -> None:
    for number in range(3):
        corpus.publish(ServicePage, f"助餐点{number}")
    indexed()

    found = json.loads(run("search", "助餐", "--limit", "2", "--json"))

    assert (found["total"], len(found["results"])) == (3, 2)


def test_search_reads_well_without_json(indexed: Callable[[], None]) -> None:
    corpus.publish(ServicePage, "老年人助餐")
    indexed()

    assert run("search", "助餐").startswith(f"1 ({connection.vendor})\n\n老年人助餐 [service, zh-hans]\n")


def test_search_refuses_an_engine_that_is_not_here(settings: Settings) -> None:
    with pytest.raises(CommandError, match="这里没有搜索引擎 elasticsearch"):
        run("search", "助餐", "--engine", "elasticsearch")
    with pytest.raises(CommandError, match="limit"):
        run("search", "助餐", "--limit=-1")

    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL = "elasticsearch", "http://127.0.0.1:9"
    with pytest.raises(CommandError, match="does not answer"):
        run("search", "助餐", "--engine", "elasticsearch")
    assert json.loads(run("search", "助餐", "--json"))["engine"] == connection.vendor


def test_rebuild_brings_in_what_is_missing_and_drops_what_is_gone() -> None:
    corpus.publish(ServicePage, "老年人助餐")
    IndexEntry.objects.create(key="page:0", kind="page", locale="zh-hans", title="早就没有了", url="/x/")

    printed = run("rebuild_search")

    assert printed.strip() == f"{connection.vendor}: 2 entries"
    assert not IndexEntry.objects.filter(key="page:0").exists()


@pytest.mark.elasticsearch
@pytest.mark.usefixtures("elasticsearch")
def test_rebuild_fills_the_engine_outside_too() -> None:
    corpus.publish(ServicePage, "老年人助餐")

    printed = run("rebuild_search")

    assert printed.split("\n")[:2] == [f"{connection.vendor}: 2 entries", "elasticsearch: 2 entries"]
    assert run("rebuild_search", "--engine", "elasticsearch").strip() == "elasticsearch: 2 entries"
    assert "complete" in run("heal_search")


def test_rebuild_and_heal_say_when_the_engine_is_away(settings: Settings) -> None:
    with pytest.raises(CommandError, match="elasticsearch"):
        run("rebuild_search", "--engine", "elasticsearch")

    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL = "elasticsearch", "http://127.0.0.1:9"
    with pytest.raises(CommandError, match="does not answer"):
        run("rebuild_search")
    with pytest.raises(CommandError, match="does not answer"):
        run("heal_search")
