import pytest

from search.excerpts import WIDTH, Piece, excerpt_of, marked
from search.segmentation import parse


def text_of(pieces: list[Piece]) -> str:
    return "".join(map(str, pieces))


def matches(pieces: list[Piece]) -> list[str]:
    return [piece.text for piece in pieces if piece.is_match]


@pytest.mark.parametrize(
    ("text", "question", "found"),
    [
        ("社区助餐点", "助餐", ["助餐"]),
        ("社區助餐點", "助餐点", ["助餐點"]),
        ("拨打１２３４５热线", "12345", ["１２３４５"]),
        ("在 CAFÉ 见面", "cafe", ["CAFÉ"]),
        ("㈱与助餐", "助餐", ["助餐"]),
        ("助餐和送餐", "餐", ["餐", "餐"]),
        ("共享停车", "共享 停车", ["共享停车"]),
        ("没有", "助餐", []),
        ("", "助餐", []),
    ],
)
def test_matches_are_marked_as_they_were_written(text: str, question: str, found: list[str]) -> None:
    pieces = marked(text, parse(question))

    assert text_of(pieces) == text
    assert matches(pieces) == found


def test_excerpt_prefers_the_summary() -> None:
    assert text_of(excerpt_of("食堂助餐", "助餐", parse("助餐"))) == "食堂助餐"


def test_excerpt_is_the_summary_where_the_title_says_it() -> None:
    pieces = excerpt_of("打个电话就送到家。", "老人 · 送餐 · 0600", parse("送餐"), title="送餐上门")

    assert text_of(pieces) == "打个电话就送到家。"


def test_excerpt_is_cut_around_the_match() -> None:
    pieces = excerpt_of("没有提到", "前" * 300 + "助餐" + "后" * 300, parse("助餐"))

    assert matches(pieces) == ["助餐"]
    assert text_of(pieces)[0] == text_of(pieces)[-1] == "…"
    assert len(text_of(pieces)) == WIDTH + 2


def test_excerpt_without_a_match_is_the_beginning() -> None:
    assert text_of(excerpt_of("", "一\n二\t三。\n四", parse("助餐"))) == "一 · 二 三。 四"
    assert excerpt_of("", "", parse("助餐")) == []
