"""Headings, pictures, and what each kind of page must say."""

from typing import Any

import pytest

from tests.factories.website import ServicePageFactory
from website.editing.checks.completeness import case, notice, service, sources, venue
from website.editing.checks.pictures import without_words, writing
from website.editing.checks.structure import headings, long_without_heading, summary
from website.editing.enums import PieceKind
from website.editing.reading import Piece, Reading, Shown, read


def headed(*each: tuple[int, str]) -> Reading:
    pieces = [Piece(f"body.{n}", text, PieceKind.HEADING, level=level) for n, (level, text) in enumerate(each)]
    return Reading(kind="case_studies.casestudypage", pieces=tuple(pieces), rows={"figures": 1})


def codes(remarks: Any) -> list[str]:
    return [remark.code for remark in remarks]


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        ([(2, "背景"), (3, "起因"), (2, "做法")], []),
        ([(3, "起因")], ["heading-order"]),
        ([(2, "背景"), (2, " ")], ["empty-heading"]),
        ([(2, "长" * 41)], ["long-heading"]),
    ],
)
def test_headings(each: list[tuple[int, str]], expected: list[str]) -> None:
    assert codes(headings(headed(*each))) == expected


def test_long_text_without_a_heading_is_noticed() -> None:
    long = Piece("body.1", "字" * 1300, PieceKind.PARAGRAPH)

    assert codes(long_without_heading(Reading(pieces=(long,)))) == ["no-heading"]
    assert codes(long_without_heading(Reading(pieces=(*headed((2, "背景")).pieces, long)))) == []


def test_missing_summary_is_noticed() -> None:
    assert codes(summary(Reading(values={"summary": ""}))) == ["no-summary"]
    assert codes(summary(Reading(values={"summary": "一句话。"}))) == []


@pytest.mark.parametrize(
    ("alt", "is_decorative", "expected"),
    [
        ("", False, ["no-alt"]),
        ("  ", False, ["no-alt"]),
        ("", True, []),
        ("IMG_2031.jpg", False, ["alt-is-file-name"]),
        ("微信图片_20240501", False, ["alt-is-file-name"]),
        ("图片 3", False, ["alt-is-file-name"]),
        ("几位老人在社区食堂吃午饭", False, []),
    ],
)
def test_pictures_say_what_they_show(alt: str, is_decorative: bool, expected: list[str]) -> None:
    picture = Shown("body.1", "食堂", alt, is_decorative)

    assert codes(without_words(Reading(pictures=(picture,)))) == expected


@pytest.mark.parametrize(
    ("picture", "is_noticed"),
    [
        (Shown("body.1", "停水通知", "停水通知"), True),
        (Shown("body.1", "报名海报", "活动"), True),
        (Shown("body.1", "IMG", "一页", width=1240, height=1754), True),
        (Shown("body.1", "食堂", "午饭", width=1600, height=900), False),
        (Shown("body.1", "小图", "午饭", width=124, height=175), False),
    ],
)
def test_pictures_of_words_are_guessed(picture: Shown, is_noticed: bool) -> None:
    assert bool(list(writing(Reading(pictures=(picture,))))) is is_noticed


def test_case_names_the_sections_it_lacks() -> None:
    [remark] = case(headed((2, "一、问题在哪里"), (2, "怎么做")))

    assert "成效、启示" in remark.message
    assert "背景" not in remark.message


def test_whole_case_is_left_alone() -> None:
    assert codes(case(headed((2, "背景"), (2, "做法"), (2, "成效"), (2, "启示")))) == []


def test_case_without_figures_and_sources_is_noticed() -> None:
    reading = Reading(kind="case_studies.casestudypage", values={"sources": ""})

    assert codes(case(reading)) == ["case-sections", "no-figures"]
    assert codes(sources(reading)) == ["no-sources"]
    assert codes(sources(Reading(kind=reading.kind, rows={"source_list": 0}))) == ["no-sources"]
    assert codes(sources(Reading(kind=reading.kind, rows={"source_list": 2}))) == []


WHOLE_SERVICE = {"who_may": "居民", "documents": "身份证", "hours": "周一", "phone": "12345", "place": "一楼"}


@pytest.mark.parametrize("name", WHOLE_SERVICE)
def test_service_lacks(name: str) -> None:
    values = WHOLE_SERVICE | {name: ""}

    assert codes(service(Reading(kind="services.servicepage", values=values))) == [f"no-{name.replace('_', '-')}"]


def test_service_at_home_needs_no_place() -> None:
    values = WHOLE_SERVICE | {"place": "", "by_home_visit": True}

    assert codes(service(Reading(kind="services.servicepage", values=values))) == []


def test_notice_and_venue_say_when_and_where() -> None:
    a_notice = Reading(kind="public_notices.noticepage", values={"ends_on": None, "responsible": ""})
    a_venue = Reading(kind="venues.venuepage", values={"address": "", "hours": ""})

    assert codes(notice(a_notice)) == ["no-ends-on", "no-responsible"]
    assert codes(venue(a_venue)) == ["no-address", "no-hours"]


def test_venue_with_its_week_says_when() -> None:
    a_venue = Reading(kind="venues.venuepage", values={"address": "青年路 2 号", "hours": ""}, rows={"weekly_hours": 2})

    assert codes(venue(a_venue)) == []


@pytest.mark.django_db
def test_sub_item_need_not_repeat_what_the_item_above_says() -> None:
    item = ServicePageFactory(
        who_may="六十岁以上", documents="不用带", hours="每天", phone="0600-881 0101", place="食堂", by_counter=True
    )
    part = ServicePageFactory(
        parent=item, who_may="", documents="不用带", hours="", phone="", place="", by_counter=False, by_phone=False
    )

    assert codes(service(read(part))) == []


def test_other_kinds_of_page_are_not_asked() -> None:
    other = Reading(kind="pages.contentpage", values={"sources": "", "hours": ""})

    assert [codes(check(other)) for check in (case, sources, service, notice, venue)] == [[], [], [], [], []]
