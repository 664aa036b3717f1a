import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.segmentation import LONGEST_QUERY, MOST_WORDS, RUN, fold, parse, terms_of, words_of

CHINESE_TEXT = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=20)


def words(text: str) -> list[str]:
    return [word.text for word in parse(text).words]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("助餐點", "助餐点"),
        ("報到", "报到"),
        ("乾隆", "干隆"),
        ("沿著", "沿着"),
        ("ＡＢＣ１２３", "abc123"),
        ("Café", "cafe"),
        ("Straße", "strasse"),
        ("ｶﾞｲﾄﾞ"[:1], "カ"),
        ("㈱", "(株)"),
        ("한국", "한국"),
    ],
)
def test_fold_makes_one_of_what_reads_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=40), st.text(max_size=40))
def test_fold_never_looks_at_neighbours(before: str, after: str) -> None:
    assert fold(before + after) == fold(before) + fold(after)


def test_terms_are_characters_pairs_and_whole_words() -> None:
    assert terms_of("修门锁 5G Wi-Fi") == ["修", "门", "锁", "修门", "门锁", "5g", "wi", "fi"]


def test_words_are_those_of_a_dictionary() -> None:
    assert words_of("大连志愿者服务，ABC") == ["大连", "志愿", "愿者", "志愿者", "服务", "abc"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("社区助餐怎么申请", ["社区", "助餐", "申请"]),
        ("的", ["的"]),
        ("怎么办", ["怎么办"]),
        ("12345热线", ["12345", "热线"]),
        ("修锁", ["修锁"]),
        ("助餐 助餐", ["助餐"]),
        ("'\";--", []),
    ],
)
def test_query_is_cut_into_its_telling_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(CHINESE_TEXT)
def test_a_text_has_every_term_of_every_part_of_it(text: str) -> None:
    terms = set(terms_of(text))

    for start in range(len(text)):
        for word in parse(text[start : start + 7]).words:
            assert set(word.terms) <= terms


@given(st.text())
def test_any_input_is_a_query_of_plain_terms(text: str) -> None:
    query = parse(text)

    assert len(query.words) <= MOST_WORDS
    assert len(query.text) <= LONGEST_QUERY
    assert all(RUN.fullmatch(term) for word in query.words for term in word.terms)


def test_long_input_is_cut_off() -> None:
    query = parse("助餐服务" * 10_000)

    assert len(query.text) == LONGEST_QUERY
