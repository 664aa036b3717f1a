from decimal import Decimal

import pytest

from website.imports.figures import dated, figures_of
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
        "第12届邻里节在3号楼前举行。",
        "8:30开门，17:30关门。",
        "5A级景区，G20路口。",
        "服务电话0551-62345678个人都能打。",
        "手机13800000000。",
        "邮编230001，文件2024001号。",
        "65岁老人免费。",
        "20世纪90年代的事。",
        "2019—2024年的事。",
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


@pytest.mark.parametrize(
    ("sentence", "least", "most"),
    [
        ("每天来30至50位老人。", 30, 50),
        ("志愿者30万至50万人。", 300_000, 500_000),
        ("志愿者30至50万人。", 300_000, 500_000),
        ("送餐3—5份。", 3, 5),
        ("投入1.2亿~1.5亿元建设绿道。", 120_000_000, 150_000_000),
    ],
)
def test_a_range_is_two_figures_that_say_which_end_they_are(sentence: str, least: int, most: int):
    figures = figures_of([Paragraph(sentence)])

    assert [figure.number for figure in figures] == [least, most]
    assert [figure.label[-4:] for figure in figures] == ["（最少）", "（最多）"]


@pytest.mark.parametrize(
    ("sentence", "is_approximate"),
    [
        ("为180名老人送餐。", False),
        ("约有180名老人来吃饭。", True),
        ("为超过180名老人送餐。", True),
        ("为180余名老人送餐。", True),
        ("调解纠纷200多起。", True),
        ("收到意见1000条左右。", True),
        ("居民满意度达98%以上。", True),
        ("党员近1.2万名。", True),
    ],
)
def test_a_rough_number_says_that_it_is_rough(sentence: str, is_approximate: bool):
    assert [figure.is_approximate for figure in figures_of([Paragraph(sentence)])] == [is_approximate]


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("2023年，社区有食堂2家，2024年添了助餐点5个。", [2023, 2024]),
        ("到2024年底，改造老楼5栋。", [2024]),
        ("改造老楼5栋，这是2024年的事。", [2024]),
        ("改造老楼5栋。", [None]),
        ("改造老楼5栋，2022年开始，2024年完成。", [None]),
    ],
)
def test_a_figure_has_the_year_its_sentence_gives_it(sentence: str, years: list[int | None]):
    assert [figure.year for figure in figures_of([Paragraph(sentence)])] == years


def test_a_figure_without_a_year_takes_the_documents_as_a_guess():
    figures = dated(figures_of([Paragraph("改造老楼5栋。2023年，添了食堂2家。")]), 2024)

    assert [(figure.year, figure.is_year_guessed) for figure in figures] == [(2024, True), (2023, False)]


def test_without_a_year_of_the_document_none_is_made_up():
    assert [figure.year for figure in dated(figures_of([Paragraph("改造老楼5栋。")]), None)] == [None]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("居民满意度提高12个百分点。", [("12", "个百分点")]),
        ("居民平均年龄68岁。", [("68", "岁")]),
        ("60岁以上老人占28%。", [("28", "%")]),
        ("共3,200户、9,800人。", [("3200", "户"), ("9800", "人")]),
    ],
)
def test_units_are_read_whole_and_ages_are_no_counts(sentence: str, expected: list[tuple[str, str]]):
    assert [(str(number), unit) for number, unit, _label in found(sentence)] == expected


def test_what_grew_is_named_for_both_its_numbers():
    assert [label for _number, _unit, label in found("由5个增加到12个社区食堂。")] == ["社区食堂", "社区食堂"]
