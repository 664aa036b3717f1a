"""Whatever the engine: the same question finds the same things."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import engines
from search.engines.base import Engine
from search.enums import Kind
from search.errors import WrongEngineError
from search.models import IndexEntry
from search.queries import Answer, check_engine, search
from tests.factories.activities import ActivityFactory, ShiftFactory
from tests.search import corpus
from website.services.models import ServicePage

pytestmark = pytest.mark.django_db

ANYTHING = [
    "",
    " ",
    "'\"",
    '助餐" OR terms:"餐',
    "助餐' & !'餐",
    "a:* | b <-> c",
    "NEAR(助 餐, 5) AND NOT x*",
    "title_words : 助餐",
    "{助餐}",
    "%s %(match)s %%",
    "助\0餐",
    "\ud800",
    "🍚",
    "…，。！",
    "助餐" * 5_000,
    "x" * 10_000,
    "𠮷野家 㐂 〇 々",
]


def titles(answer: Answer) -> list[str]:
    return ["".join(map(str, result.title)) for result in answer.results]


def test_every_engine_finds_what_was_judged(engine_name: str, indexed: Callable[[], None]) -> None:
    corpus.build()
    indexed()

    found = {text: titles(search(text, engine=engine_name, locale="zh-hans")) for text in corpus.JUDGED}

    assert {text: sorted(names) for text, names in found.items()} == {
        text: sorted(names) for text, names in corpus.JUDGED.items()
    }


@pytest.mark.elasticsearch
@pytest.mark.usefixtures("elasticsearch")
def test_engines_agree_on_the_first_three(indexed: Callable[[], None]) -> None:
    corpus.build()
    indexed()

    alike = [
        set(titles(search(text, engine="elasticsearch"))[:3]) == set(titles(search(text, engine="database"))[:3])
        for text in corpus.JUDGED
    ]

    assert sum(alike) >= 0.8 * len(alike)


def test_what_says_it_in_its_name_comes_first(engine_name: str, indexed: Callable[[], None]) -> None:
    corpus.build()
    indexed()

    assert {text: titles(search(text, engine=engine_name))[0] for text in corpus.FIRST} == corpus.FIRST


def test_what_is_always_there_comes_before_what_is_on_for_a_day(engine_name: str, indexed: Callable[[], None]) -> None:
    for _ in range(3):
        ShiftFactory(activity=ActivityFactory(title="送餐搭把手", content="送餐送餐送餐"))
    corpus.publish(ServicePage, "送餐上门", who_may="电话预约")
    indexed()

    assert titles(search("送餐", engine=engine_name))[0] == "送餐上门"


def test_any_part_of_a_text_finds_it(engine_name: str, indexed: Callable[[], None]) -> None:
    sentence = "老马师傅常年为独居老人免费修水管换灯泡"
    corpus.publish(ServicePage, "维修", who_may=sentence)
    indexed()

    parts = {sentence[a:b] for a in range(len(sentence)) for b in (a + 1, a + 2, a + 3, a + 5, len(sentence))}

    assert [part for part in sorted(parts) if search(part, engine=engine_name).total != 1] == []


@pytest.mark.parametrize("text", ANYTHING)
def test_any_input_is_a_question(text: str, engine_name: str, indexed: Callable[[], None]) -> None:
    corpus.publish(ServicePage, "老年人助餐")
    indexed()

    answer = search(text, engine=engine_name)

    assert answer.total == len(answer.results) <= 1


def test_rare_characters_are_found_alike(engine_name: str, indexed: Callable[[], None]) -> None:
    corpus.publish(ServicePage, "𠮷野食堂", who_may="㐂事、𬬻子、〇一年、人々")
    indexed()

    assert [search(text, engine=engine_name).total for text in ("𠮷野", "𬬻", "㐂事", "〇一", "人々")] == [1] * 5


def test_a_word_far_into_a_long_text_is_found(engine_name: str, indexed: Callable[[], None]) -> None:
    corpus.publish(ServicePage, "长文", who_may="的是不了人" * 6_000 + "独此一处")
    indexed()

    assert search("独此一处", engine=engine_name).total == 1


def test_languages_and_kinds_narrow_what_is_found(engine_name: str, indexed: Callable[[], None]) -> None:
    corpus.build()
    indexed()

    answer = search("助餐", engine=engine_name, kinds=(Kind.VENUE,))

    assert titles(answer) == ["幸福里助餐点"]
    assert answer.total == 1
    assert answer.counts == {Kind.SERVICE: 1, Kind.VENUE: 1, Kind.CASE: 1}
    assert search("助餐", engine=engine_name, locale="en").total == 0


def test_pages_of_results_follow_each_other(engine_name: str, indexed: Callable[[], None]) -> None:
    for number in range(5):
        corpus.publish(ServicePage, f"助餐点{number}")
    indexed()

    pages = [titles(search("助餐", engine=engine_name, start=start, size=2)) for start in (0, 2, 4, 6)]

    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert sorted(title for page in pages for title in page) == [f"助餐点{number}" for number in range(5)]


def test_engine_that_is_not_here_is_refused(db: None) -> None:
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"

    with pytest.raises(WrongEngineError, match=other):
        search("助餐", engine=other)
    with pytest.raises(WrongEngineError, match="database"):
        search("助餐", engine="elasticsearch")


def test_answer_names_the_engine_that_gave_it(engine_name: str, indexed: Callable[[], None]) -> None:
    indexed()

    assert search("助餐", engine=engine_name).engine == (
        connection.vendor if engine_name == "database" else "elasticsearch"
    )


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_does_not_grow_with_the_results(number: int, indexed: Callable[[], None]) -> None:
    for count in range(number):
        corpus.publish(ServicePage, f"助餐点{count}")
    indexed()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert search("助餐").total == number

    assert len(queries) == 3


def test_check_passes_when_the_engine_in_use_can_answer(engine_name: str) -> None:
    check_engine()


def test_check_fails_without_a_part_of_the_full_text_index(db: None) -> None:
    statement = {
        "sqlite": "DROP TRIGGER search_entry_changed",
        "postgresql": "DROP INDEX search_term_vector",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(statement)

    with pytest.raises(RuntimeError, match="lacks search_"):
        check_engine()


def test_database_index_follows_rows_that_change_and_go(indexed: Callable[[], None]) -> None:
    corpus.publish(ServicePage, "老年人助餐")
    indexed()

    IndexEntry.objects.filter(title="老年人助餐").update(terms="修 锁 修锁")
    assert (search("助餐").total, search("修锁").total) == (0, 1)

    IndexEntry.objects.filter(title="老年人助餐").delete()
    assert search("修锁").total == 0


def test_engines_keep_to_one_protocol(engine_name: str) -> None:
    engine: Engine = engines.named(engine_name)

    assert engine.name in {"sqlite", "postgresql", "elasticsearch"}
