import pytest

from website.imports.details import details_of, topics_in, year_of


@pytest.mark.parametrize(
    ("title", "body", "bylines", "year"),
    [
        ("桥头社区2022年的一天", "2019年开始，2024年完成。", ["日期：2025-01-02"], 2022),
        ("桥头社区的一天", "2019年开始，2024年完成。", ["来源：桥头日报 2025-01-02"], 2025),
        ("桥头社区的一天", "2019年开始，2024年完成。", ["作者：王敏"], 2024),
        ("桥头社区的一天", "大家都说好。", ["日期：2025-13-40"], None),
        ("桥头社区的一天", "编号12024年，电话82024年。", [], None),
    ],
    ids=["title", "day it appeared", "latest named", "none", "part of a longer number"],
)
def test_year_is_the_titles_else_the_bylines_else_the_latest(title, body, bylines, year):
    assert year_of(title=title, body=body, bylines=bylines) == year
    assert details_of(title=title, body=body, bylines=bylines).year == year


@pytest.mark.parametrize(
    ("text", "city", "district"),
    [
        ("合肥市的社区，合肥的居民。包河区的老楼，包河区的食堂。", "合肥市", "包河区"),
        ("全市都来学，我市的社区，本区的居民，该县的老人。", "", ""),
        ("这个小区在老城区，是一片新社区。", "", ""),
    ],
    ids=["named", "ours and theirs", "no districts"],
)
def test_place_is_the_one_named_most_and_never_a_way_of_speaking(text, city, district):
    details = details_of(title="一起商量", body=text)

    assert (details.city, details.district) == (city, district)


@pytest.mark.parametrize(
    ("title", "body", "level"),
    [
        ("桥头社区的助餐点", "全市都来学，全市都说好。", "community"),
        ("城东街道的助餐点", "大家都说好。", "street"),
        ("助餐点的故事", "全市都来学，全市都说好，市委很支持。", "city"),
        ("助餐点的故事", "大家都说好。", ""),
    ],
)
def test_level_is_the_titles_else_what_the_text_speaks_of_most(title, body, level):
    assert details_of(title=title, body=body).level == level


def test_summary_is_the_first_whole_sentences_that_fit():
    body = "小标题\n\n" + "老人吃上了热饭。" + "社区请居民坐到一起，" * 12 + "大家都说好。"

    assert details_of(title="一", body=body).summary == "老人吃上了热饭。"


def test_summary_shows_no_lost_character():
    assert details_of(title="一", body="老人吃上了▢饭。大家都说好。").summary == ""


def test_topics_are_those_named_more_than_once():
    assert topics_in("垃圾分类很要紧，垃圾分类天天做，养老一次。", ["垃圾分类", "养老"]) == ["垃圾分类"]
