import pytest

from website.imports.characters import is_common, is_odd, level_one, simplify


def test_level_one_has_its_3755_characters():
    assert len(level_one()) == 3755


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("隨著社區發展", "随着社区发展"),
        ("著力解決", "着力解决"),
        ("著名的名著與顯著成效", "著名的名著与显著成效"),
        ("頭髮與發展", "头发与发展"),
        ("乾淨的乾隆年間", "干净的乾隆年间"),
        ("後來皇后", "后来皇后"),
        ("裡面一隻", "里面一只"),
        ("答覆與複雜", "答复与复杂"),
    ],
)
def test_simplify_minds_characters_with_several_counterparts(traditional, simplified):
    assert simplify(traditional) == simplified


def test_simplify_leaves_a_simplified_text_alone():
    text = "编著者在慰藉中写下乾坤，着力于社区。" * 10

    assert simplify(text) == text


def test_simplify_brings_a_lone_traditional_character_along():
    text = "社区的老人吃上了热饭，大家都说好。" * 10

    assert simplify(text + "國") == text + "国"


@pytest.mark.parametrize("character", ["鶎", "韯", "\ue42b", "ぷ", "^", "ā"])
def test_is_odd_knows_signs_of_damage(character):
    assert is_odd(character)


@pytest.mark.parametrize("character", ["社", "區", "“", "，", "A", "3", "?"])
def test_is_odd_lets_ordinary_characters_pass(character):
    assert not is_odd(character)


def test_is_common_counts_traditional_forms():
    assert is_common("體")
    assert not is_common("鶎")
