import pytest

from website.imports.titles import take_title


def test_take_title_takes_a_short_first_line():
    assert take_title(["桥头社区的助餐点", "老人吃上了热饭。"], "a.txt") == ("桥头社区的助餐点", ["老人吃上了热饭。"])


@pytest.mark.parametrize(
    "first", ["工作背景", "一、工作背景", "案例背景", "1.一起商量", "老人吃上了热饭。", "缘起", "主要有："]
)
def test_take_title_does_not_mistake_a_section_for_a_title(first):
    title, lines = take_title([first, "老人吃上了热饭。"], "qiao_tou-2024.txt")

    assert title == "（标题待定）qiao tou 2024"
    assert lines == [first, "老人吃上了热饭。"]


def test_take_title_trusts_a_chinese_file_name():
    assert take_title(["老人吃上了热饭。"], "橋頭社區_助餐.txt")[0] == "桥头社区 助餐"
