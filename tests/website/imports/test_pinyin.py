import pytest

from website.imports.pinyin import SYLLABLES, is_syllable, remove_pinyin, tail_at


@pytest.mark.parametrize("letters", ["xiāng", "qū", "huì", "lǜ", "nüè", "ér", "ā", "zhuàng", "shí"])
def test_is_syllable_accepts_real_syllables_with_a_tone(letters):
    assert is_syllable(letters)


@pytest.mark.parametrize("letters", ["app", "cpi", "wifi", "xiang", "xiāāng", "bā̄", "vé", "tǒk", "qr", ""])
def test_is_syllable_refuses_everything_else(letters):
    assert not is_syllable(letters)


def test_every_syllable_is_lower_case_and_short():
    assert all(syllable.islower() and len(syllable) <= 6 for syllable in SYLLABLES)


@pytest.mark.parametrize(
    "text",
    [
        "物价(CPI)上涨",
        "会议(2018)纪要",
        "“3+X”体系",
        "社区(天府)",
        "平台(app)",
        "选项(a)和(b)",
        "用户(he)说",
        "xiāng(xiāng)",
        "(xiāng)村",
    ],
)
def test_remove_pinyin_leaves_other_brackets(text):
    assert remove_pinyin(text) == (text, [])


def test_remove_pinyin_takes_readings_right_before_punctuation():
    assert remove_pinyin("社區(qū),開會(huì)。").text == "社區,開會。"


def test_remove_pinyin_takes_neutral_tones_from_a_text_full_of_pinyin():
    cleaned = remove_pinyin("鄉(xiāng)村的(de)社區(qū)開會(huì)了(le)(a)")

    assert cleaned.text == "鄉村的社區開會了(a)"
    assert cleaned.removed == ["(xiāng)", "(de)", "(qū)", "(huì)", "(le)"]


def test_tail_at_finds_pinyin_without_its_opening_bracket():
    assert tail_at("總?cè)三", 2) == "cè)"
    assert tail_at("總?app)", 2) == ""
