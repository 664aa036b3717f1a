import pytest

from website.editing.checks.wording import left_over, links, lost_characters, two_writings
from website.editing.enums import PieceKind
from website.editing.reading import Piece, Reading


def linking(*texts: str) -> Reading:
    return Reading(pieces=(Piece("body.1", "。".join(texts), links=texts),))


@pytest.mark.parametrize(
    "text",
    [
        "点击这里",
        "请点击此处",
        "这里",
        "更多",
        "更多>>",
        "查看详情",
        "点击查看更多",
        "了解更多…",
        "Click here",
        "read more",
        "",
    ],
)
def test_link_that_says_nothing_is_noticed(text: str) -> None:
    assert [remark.code for remark in links(linking(text))] == ["link-text"]


@pytest.mark.parametrize("text", ["助餐点名单", "查看助餐点名单", "更多助餐点", "这里的老人吃什么", "Opening hours"])
def test_link_that_says_where_it_leads_is_left_alone(text: str) -> None:
    assert list(links(linking(text))) == []


def test_bare_address_as_link_text_is_noticed() -> None:
    assert [remark.code for remark in links(linking("https://example.org/a"))] == ["bare-address"]


def test_traditional_characters_in_simplified_text_are_shown() -> None:
    [remark] = two_writings(Reading(pieces=(Piece("body.1", "社区为老人办实事，大家覺得很好。"),)))

    assert remark.message.endswith("覺")


def test_simplified_characters_in_traditional_text_are_shown() -> None:
    [remark] = two_writings(Reading(language="zh-hant", pieces=(Piece("body.1", "社區為老人辦實事，大家觉得好。"),)))

    assert remark.message.endswith("觉")


@pytest.mark.parametrize(
    "text",
    [
        "社区为老人办实事，大家觉得很好。",
        "匾上写着“為人民服務”，社区还留着。",
        "《紅樓夢》读书会在社区举办。",
        "著名书法家讲乾隆与瞭望塔的故事，这里后面还有。",
        "重庆为发展办实事，干部后来也来了，里面有面条。",
    ],
)
def test_one_writing_and_quotations_are_left_alone(text: str) -> None:
    assert list(two_writings(Reading(pieces=(Piece("body.1", text),)))) == []


def test_quote_block_may_be_in_the_other_writing() -> None:
    pieces = (Piece("body.1", "社区为老人办实事。"), Piece("body.2", "做得好，謝謝。", PieceKind.QUOTE))

    assert list(two_writings(Reading(pieces=pieces))) == []


def test_english_is_not_asked_about_chinese_writing() -> None:
    assert list(two_writings(Reading(language="en", pieces=(Piece("body.1", "为办实 覺"),)))) == []


def test_lost_characters_are_counted_where_they_stand() -> None:
    [remark] = lost_characters(Reading(pieces=(Piece("body.1", "好"), Piece("body.2", "社▢区▢"))))

    assert (remark.path, "2" in remark.message) == ("body.2", True)


def test_skeleton_nobody_replaced_is_noticed() -> None:
    assert [remark.path for remark in left_over(Reading(pieces=(Piece("body.1", "〔写什么〕"),)))] == ["body.1"]
