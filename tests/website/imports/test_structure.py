import pytest

from website.imports.structure import Heading, ItemList, Paragraph, blocks_of, plain_text

SENTENCE = "社区请居民坐到一起，把关心的事一件一件写在纸上，再一件一件办好。"


def test_blocks_of_finds_short_lines_as_headings_and_numbered_ones_below_them():
    blocks = blocks_of(["工作背景", SENTENCE, "工作做法", "1.网格里办事，邻里间说话", SENTENCE, "2.一起商量", SENTENCE])

    assert blocks == [
        Heading(2, "工作背景"),
        Paragraph(SENTENCE),
        Heading(2, "工作做法"),
        Heading(3, "1.网格里办事，邻里间说话"),
        Paragraph(SENTENCE),
        Heading(3, "2.一起商量"),
        Paragraph(SENTENCE),
    ]


def test_blocks_of_ranks_chinese_numbers_above_brackets_and_digits():
    blocks = blocks_of(["一、背景", SENTENCE, "（一）老楼", SENTENCE, "1.楼道", SENTENCE])

    assert [block.level for block in blocks if isinstance(block, Heading)] == [2, 3, 3]


def test_blocks_of_takes_the_first_sentence_of_a_numbered_series_as_heading():
    blocks = blocks_of(["启示", f"1.有事一起商量。{SENTENCE}", f"2.有事一起动手▢{SENTENCE}"])

    assert blocks == [
        Heading(2, "启示"),
        Heading(3, "1.有事一起商量"),
        Paragraph(SENTENCE),
        Heading(3, "2.有事一起动手▢"),
        Paragraph(SENTENCE),
    ]


def test_blocks_of_leaves_a_series_whose_sentences_are_long():
    long = f"2.{SENTENCE.replace('。', '')}{SENTENCE}{SENTENCE}"

    assert blocks_of(["启示", f"1.一起商量。{SENTENCE}", long])[1:] == [
        Paragraph(f"1.一起商量。{SENTENCE}"),
        Paragraph(long),
    ]


@pytest.mark.parametrize(
    "line",
    [f"一是一起商量。{SENTENCE}", "2018年12月3日", "大家都说好。", "主要有以下几点：", "2018", "老人，孩子，邻居"],
)
def test_blocks_of_takes_no_other_line_for_a_heading(line):
    assert Heading(2, line) not in blocks_of([line, SENTENCE])


def test_blocks_of_takes_no_last_line_for_a_heading():
    assert blocks_of([SENTENCE, "桥头社区党支部"]) == [Paragraph(SENTENCE), Paragraph("桥头社区党支部")]


def test_blocks_of_gathers_bullets_and_short_numbered_rows_into_lists():
    blocks = blocks_of([SENTENCE, "• 送餐", "• 理发", SENTENCE, "1.带身份证", "2.填登记表", "3.等电话", SENTENCE])

    assert [block for block in blocks if isinstance(block, ItemList)] == [
        ItemList(("送餐", "理发")),
        ItemList(("1.带身份证", "2.填登记表", "3.等电话")),
    ]


def test_plain_text_parts_blocks_by_an_empty_line():
    assert plain_text([Heading(2, "做法"), Paragraph("一起。"), ItemList(("甲", "乙"))]) == "做法\n\n一起。\n\n甲\n乙"


def test_blocks_of_nothing_is_nothing():
    assert blocks_of(["", ""]) == []
