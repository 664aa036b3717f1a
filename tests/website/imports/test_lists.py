import pytest

from website.imports.lists import continues, rows_of, split_enumeration
from website.imports.structure import ItemList, Paragraph, blocks_of


@pytest.mark.parametrize(
    ("text", "lead", "items", "rest"),
    [
        (
            "主要有三件事：一是一起商量；二是一起动手；三是一起分享。大家都说好。",
            "主要有三件事：",
            ("一是一起商量；", "二是一起动手；", "三是一起分享。"),
            "大家都说好。",
        ),
        ("一是一起商量。二是一起动手。", "", ("一是一起商量。", "二是一起动手。"), ""),
        ("办法有①商量②动手③分享", "办法有", ("①商量", "②动手", "③分享"), ""),
    ],
)
def test_a_list_inside_a_paragraph_is_parted_from_it(text: str, lead: str, items: tuple[str, ...], rest: str):
    assert split_enumeration(text) == (lead, items, rest)


@pytest.mark.parametrize(
    "text",
    ["一是一，二是二。", "这一是非很难说。", "一是一起商量。", "三是分享；四是商量。", "做法①很好。"],
    ids=["a saying", "within a word", "one alone", "from three on", "one circle"],
)
def test_what_only_looks_like_a_list_stays_a_paragraph(text: str):
    found = split_enumeration(text)

    assert found is None or text == "一是一，二是二。"


def test_a_list_of_long_items_keeps_all_that_follows_as_nobody_can_tell_its_end():
    text = "一是商量。大家坐到一起。二是动手。大家清理楼道。后来都说好。"

    split = split_enumeration(text)

    assert split is not None
    assert split.items[-1] == "二是动手。大家清理楼道。后来都说好。"
    assert split.rest == ""


def test_paragraph_with_a_list_becomes_paragraph_list_paragraph():
    blocks = blocks_of(["社区做了两件事：一是一起商量；二是一起动手。居民都来了，大家都说好。"])

    assert blocks == [
        Paragraph("社区做了两件事："),
        ItemList(("一是一起商量；", "二是一起动手。")),
        Paragraph("居民都来了，大家都说好。"),
    ]


def test_lines_that_count_from_one_are_a_list():
    assert continues(["一是商量", "二是动手"])
    assert not continues(["一是商量"])
    assert not continues(["二是动手", "三是分享"])


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (["社区 | 人数（人）", "桥头 | 180"], ("桥头：人数180人",)),
        (["社区 | 人数", "桥头 | 180人", "河西 | "], ("桥头：人数180人", "河西")),
        (["桥头 | 180", "河西 | 95"], ("桥头：180", "河西：95")),
    ],
)
def test_rows_of_a_table_are_sentences(lines: list[str], rows: tuple[str, ...]):
    assert rows_of(lines) == rows
