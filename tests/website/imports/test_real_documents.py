"""The two documents the importer was made for, where they lie beside the repository. Their sentences stay there."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from website.imports.actions import import_document
from website.imports.characters import LOST, PRIVATE_USE, is_han, is_standard
from website.imports.duplicates import Library
from website.imports.pinyin import is_syllable
from website.imports.report import HeadingLine, ImportReport, Status

FOLDER = Path(settings.BASE_DIR).parent / "shared" / "documents"
CHENGDU = [
    *map(Decimal, [11, 2, 22, 1804, 1590000000, 28000, 2800, 453, 30, 21, 22000, 68000, 25, 13000, 66, 130000]),
    *map(Decimal, [32000, 35, 12000, 1700000, 96, 218, 12000, 362800, 4328, 706, 347, 23000, 3070, 1684000, 21000]),
    *map(Decimal, [6059, 58000000000, 27000, 1918, 109, 4800000, 1096, 65, 810, 220, 174, 37, 148, 14000, 200]),
    *map(Decimal, ["95.8", "96.6"]),
]
_LATIN_IN_BRACKETS = re.compile(r"[(（]?([a-zà-ǜ]+)[)）]")


@pytest.fixture(params=["chengdu", "dalian"])
def report(request: pytest.FixtureRequest) -> ImportReport:
    return imported(request.param)


def imported(city: str) -> ImportReport:
    path = FOLDER / f"{city}-garbled.txt"
    if not path.exists():
        pytest.skip(f"{path.name} was not found in ../shared/documents")
    return import_document(path, library=Library(), dry_run=True)


def test_each_is_ready_with_a_title_and_its_encoding(report):
    assert (report.status, report.reason, report.encoding) == (Status.READY, "", "utf-8")
    assert report.title


def test_no_debris_is_left_in_the_text(report):
    assert not PRIVATE_USE.search(report.body)
    assert not any(is_syllable(found, toneless=True) for found in _LATIN_IN_BRACKETS.findall(report.body))
    assert "?" not in report.body
    assert "？" not in report.body


def test_every_character_is_simplified_and_ordinary(report):
    assert {letter for letter in report.body if is_han(letter) and not is_standard(letter)} == set()
    assert not set("黨區會發個們體實從與為對學國長").intersection(report.body)


def test_what_is_lost_is_marked_and_counted(report):
    assert report.lost_characters == report.body.count(LOST)


def test_hundreds_of_readings_were_taken_out(report):
    assert sum(piece.kind == "pinyin" for piece in report.removed) > 800


def test_few_characters_are_lost():
    assert imported("chengdu").lost_characters == 6
    assert imported("dalian").lost_characters == 11


def test_dalian_has_its_outline():
    headings = imported("dalian").headings

    assert [heading.text for heading in headings if heading.level == 2] == [
        "工作背景", "工作做法", "工作成效", "思考与启示",
    ]  # fmt: skip
    assert [heading.text[:2] for heading in headings if heading.level == 3] == [
        "1.", "2.", "3.", "4.", "5.", "6.", "1.", "2.", "3.",
    ]  # fmt: skip
    assert headings[0] == HeadingLine(2, "工作背景")


def test_dalian_states_its_members_as_data():
    figures = {(figure.number, figure.unit, figure.label) for figure in imported("dalian").figures}

    assert {(544000, "人", "党员"), (30085, "个", "基层党组织")} <= figures


def test_chengdu_states_its_figures_as_data():
    figures = {(figure.number, figure.unit) for figure in imported("chengdu").figures}

    assert {(1590000000, "元"), (28000, "人"), (362800, "人"), (96, "项"), (218, "小项"), (1096, "公里")} <= figures
    assert {float(number) for number, unit in figures if unit == "%"} == {95.8, 96.6}


def test_chengdu_states_every_number_counted_by_hand():
    """Read by hand: 48 numbers worth keeping, none beside them; none missed and none made up."""
    assert sorted(figure.number for figure in imported("chengdu").figures) == sorted(CHENGDU)


def test_dalian_states_every_number_counted_by_hand():
    assert sorted(figure.number for figure in imported("dalian").figures) == sorted([30085, 544000, 70, 7, 80])


def test_chengdu_parts_its_byline_and_captions_from_the_text():
    report = imported("chengdu")

    assert [piece.kind for piece in report.removed if piece.kind != "pinyin"] == ["byline", "caption", "caption"]
    assert "◎" not in report.body
    assert report.headings == []


def test_the_two_are_no_duplicates():
    library = Library()
    library.add(title="成都", url="/1/", text=imported("chengdu").body)

    assert library.near(imported("dalian").body) == []
