import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.website.imports.damage import (
    SAMPLE,
    could_be,
    inject_between_bytes,
    lose_first_byte,
    read_dropping_private_use,
    read_keeping_private_use,
    read_strictly,
    traditional,
    with_pinyin,
)
from website.imports.characters import LOST, PRIVATE_USE
from website.imports.repair import repair

TRADITIONAL = traditional(SAMPLE)
READERS = [read_keeping_private_use, read_dropping_private_use, read_strictly]
FOLDED = str.maketrans("，；：！？（）", ",;:!?()")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("original", [SAMPLE, TRADITIONAL], ids=["simplified", "traditional"])
@pytest.mark.parametrize("is_folded", [False, True], ids=["full width", "half width"])
def test_repair_gives_back_the_original_or_a_mark(original, reader, is_folded):
    widths = FOLDED if is_folded else {}
    places = [at for at, letter in enumerate(original) if not letter.isascii()]

    wrong = []
    for at in places:
        damaged = reader(lose_first_byte(original, at)).translate(widths)
        result = repair(damaged).text.translate(widths)
        if LOST not in result or not could_be(result, original.translate(widths)):
            wrong.append((at, result))

    assert wrong == []


@pytest.mark.parametrize("original", [SAMPLE, TRADITIONAL], ids=["simplified", "traditional"])
def test_repair_loses_little_where_every_byte_was_kept(original):
    at = original.index("确保") if "确保" in original else original.index("確保")

    result = repair(read_keeping_private_use(lose_first_byte(original, at + 1))).text

    assert result.count(LOST) <= 2
    assert result[: at + 1] == original[: at + 1]


@given(data=st.data())
def test_repair_survives_several_losses_at_once(data):
    lines = SAMPLE.splitlines(keepends=True)
    reader = data.draw(st.sampled_from(READERS))
    damaged = ""
    for line in lines:
        places = [at for at, letter in enumerate(line) if not letter.isascii()]
        damaged += reader(lose_first_byte(line, data.draw(st.sampled_from(places))))

    result = repair(damaged).text

    assert could_be(result, SAMPLE)


def test_repair_takes_out_pinyin_injected_between_the_bytes_of_characters():
    at = TRADITIONAL.index("黨組織的作用")
    damaged = read_keeping_private_use(inject_between_bytes(TRADITIONAL, at, "cè"))

    result = repair(damaged)

    assert result.removed == ["cè)"]
    assert could_be(result.text, TRADITIONAL)
    assert "cè" not in result.text


def test_repair_recovers_the_whole_characters_of_a_shifted_run():
    original = "我們把社區的工作做好。黨組織體現作用，基層治理充分體現居民的意見。\ue000"
    damaged = read_keeping_private_use(lose_first_byte(original[:-1], original.index("。"))) + original[-1]

    result = repair(damaged).text

    assert result.startswith("我們把社區的工作做好▢黨")
    assert result.endswith("居民的意見。▢")


def test_repair_leaves_no_private_use_character():
    assert repair("社区\ue42b食堂").text == "社区▢食堂"


def test_repair_marks_neighbours_nobody_writes():
    assert repair("社区鶎韯食堂").text == "社区▢▢食堂"


@pytest.mark.parametrize(
    "text", ["您吃了吗?吃了。", "好不好?大家说了算。", "为什么?", "见 https://example.org/?a=1 。"]
)
def test_repair_keeps_question_marks_that_ask(text):
    assert repair(text).text == text


@pytest.mark.parametrize(
    ("damaged", "repaired"),
    [
        ("社区?书记走访居民。", "社区▢书记走访居民。"),
        ("社区\ufffd书记", "社区▢书记"),
        ("居民议事?制度健全。", "居民议事▢制度健全。"),
    ],
)
def test_repair_marks_a_lone_lost_character(damaged, repaired):
    assert repair(damaged).text == repaired


def test_repair_leaves_a_sound_text_as_it_is():
    assert repair(SAMPLE) == (SAMPLE, [])


@given(st.text(alphabet="社区党员?；鶎又卫\ue42bcè()h_^,。\n", max_size=60))
def test_repair_never_leaves_private_use_and_never_fails(text):
    assert not PRIVATE_USE.search(repair(text).text)


def test_repair_lists_the_pinyin_it_took_out():
    damaged = with_pinyin("鄉村和社區開會。", {"鄉": "xiāng", "區": "qū", "會": "huì"})

    assert repair(damaged) == ("鄉村和社區開會。", ["(xiāng)", "(qū)", "(huì)"])
