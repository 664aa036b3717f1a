from decimal import Decimal

import pytest

from website.imports.figures import figures_of
from website.imports.structure import Heading, ItemList, Paragraph


def found(sentence: str) -> list[tuple[Decimal, str, str]]:
    return [(figure.number, figure.unit, figure.label) for figure in figures_of([Paragraph(sentence)])]


@pytest.mark.parametrize(
    ("sentence", "number", "unit", "label"),
    [
        ("党员54.4万名，都在社区。", "544000", "人", "党员"),
        ("全市共有社会组织1,208家。", "1208", "家", "社会组织"),
        ("筹集资金4.5万元。", "45000", "元", "资金"),
        ("建立15.9亿元的激励资金。", "1590000000", "元", "激励资金"),
        ("改造老楼2.7万户。", "27000", "户", "老楼"),
        ("新建绿道1096公里。", "1096", "公里", "绿道"),
        ("增加绿地480万平方米。", "4800000", "平方米", "绿地"),
        ("化解邻里纠纷2.3万起。", "23000", "起", "邻里纠纷"),
        ("为180位老人送餐。", "180", "人", "老人"),
        ("95.8%的居民认可。", "95.8", "%", "居民认可"),
        ("先后12次召开居民会议。", "12", "次", "召开居民会议"),
        ("办好80余项网格事项。", "80", "项", "网格事项"),
        ("开通3条线路。", "3", "条", "线路"),
    ],
)
def test_figures_of_reads_number_unit_and_what_is_counted(sentence, number, unit, label):
    assert found(sentence) == [(Decimal(number), unit, label)]


@pytest.mark.parametrize(
    "sentence",
    [
        "2018年，社区办起食堂。",
        "第3个季度开始。",
        "推行“1+9”文件和“3+X”体系。",
        "1.一起商量。",
        "用了3个月。",
        "图2 一起商量",
        "电话010-55500100。",
        "1月24日开会。",
        "五大行动见成效。",
    ],
)
def test_figures_of_leaves_years_orders_and_formulas(sentence):
    assert found(sentence) == []


def test_figures_of_parts_a_row_of_figures():
    assert found("引领1.5万名居民、300家商户开展活动。") == [
        (Decimal(15000), "人", "居民"),
        (Decimal(300), "家", "商户"),
    ]


def test_figures_of_keeps_the_whole_sentence_as_source():
    sentence = "全市共有社区30个，党员1.2万名。"

    assert [figure.sentence for figure in figures_of([Paragraph(f"大家好。{sentence}再见。")])] == [sentence, sentence]


def test_figures_of_reads_lists_but_no_headings():
    figures = figures_of([Heading(2, "3个做法"), ItemList(("送餐200份", "理发30人次"))])

    assert [figure.number for figure in figures] == [Decimal(200), Decimal(30)]
