import pytest

from website.imports.tidying import lines_of, tidy


@pytest.mark.parametrize(
    ("line", "tidied"),
    [
        ("社区,居民;大家:好!", "社区，居民；大家：好！"),
        ("2018年,共有3,120户", "2018年，共有3,120户"),
        ("10:30开门", "10:30开门"),
        ("中心(天府之家)和(CPI)", "中心（天府之家）和(CPI)"),
        ("２０１８年９５．８％", "2018年95.8%"),
        ("体系的 “3+X” 做法", "体系的“3+X”做法"),
        ("QQ、APP等", "QQ、APP等"),
        ("见 https://example.org/a,b", "见 https://example.org/a,b"),
        ("张三 李四", "张三 李四"),
    ],
)
def test_tidy_writes_punctuation_as_chinese_has_it(line, tidied):
    assert tidy(line) == tidied


def test_lines_of_drops_what_cannot_be_seen():
    assert lines_of("\ufeff　　社区\u200b食堂\r\n\r\n大家\xa0 好") == ["社区食堂", "", "大家 好"]
