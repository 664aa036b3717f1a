"""What files people hand in, and what is refused in words they understand."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.website.service_lists.sheets import HEADER, saved, services, table, workbook
from website.service_lists.entries import Listing, read_listing
from website.service_lists.errors import HeadingsUnknownError
from webui.sheets.errors import (
    CellsBrokenError,
    EncodingUnknownError,
    FileEmptyError,
    FileMissingError,
    FileTooLargeError,
    NotASpreadsheetError,
    OldSpreadsheetError,
    ProtectedError,
    SheetRefusedError,
    SheetTooLargeError,
)
from webui.sheets.limits import MAX_BYTES
from webui.sheets.reading import read_bytes, read_path

ROW = ["01-01", "", "送餐上门", "吃饭", "老人", "0600-881 0101", "打电话、上门", "2026-11-02"]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(raw: bytes) -> Listing:
    return read_listing(read_bytes(raw))


def first(raw: bytes) -> dict[str, str]:
    listing = read(raw)
    assert listing.problems == []
    return {"code": listing.entries[0].code} | listing.entries[0].values


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_in_any_encoding_people_have(encoding: str, delimiter: str) -> None:
    said = first(table([HEADER, ROW], encoding=encoding, delimiter=delimiter))

    assert (said["code"], said["title"], said["channels"]) == ("01-01", "送餐上门", "打电话、上门")


def test_numbers_stay_what_they_say() -> None:
    said = first(services([101, "", "送餐", "", "", 13800000000.0, "", datetime(2026, 11, 2)]))

    assert (said["code"], said["phone"], said["checked_on"]) == ("101", "13800000000", "2026-11-02")


@pytest.mark.parametrize(
    "written",
    [
        date(2026, 11, 2), 46328, "46328", "2026-11-02", "2026/11/2", "2026.11.2", "2026年11月2日", "20261102",
        "2026-11-02 08:30", "２０２６年１１月２日",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(written: object) -> None:
    assert first(services(["1", "", "送餐", "", "", "", "", written]))["checked_on"] == "2026-11-02"


@pytest.mark.parametrize("written", ["明天", "2026-02-30", "11-02", "2026-13-01"])
def test_what_is_no_day_is_named_by_row_and_column(written: str) -> None:
    (problem,) = read(services(ROW, ["2", "", "看病", "", "", "", "", written])).problems

    assert (problem.row, problem.column) == (3, "核对日期")
    assert written in problem.message


def test_a_number_that_lost_its_digits_is_an_error() -> None:
    (problem,) = read(table([HEADER, ["1", "", "送餐", "", "", "1.38E+10", "", ""]])).problems

    assert problem.column == "咨询电话"
    assert "科学计数法" in problem.message


def test_header_is_found_below_titles_under_other_names_and_widths() -> None:
    header = ["序号", " 事项 编码 *", "事项名称（必填）", "联系　电话", "服务对象"]
    rows: list[list[Any]] = [
        ["全市便民服务清单"],
        [],
        ["填表单位：民政局"],
        header,
        [1, "０１－０１", "送餐", "０６００", "老人"],
    ]

    said = first(workbook(("Sheet1", rows)))

    assert said == {"code": "01-01", "title": "送餐", "phone": "0600", "who_may": "老人"}


def test_unknown_columns_are_named_and_left() -> None:
    assert read(services(["1", "送餐", "好"], header=["编号", "名称", "领导批示"])).unknown_headings == ["领导批示"]


def test_cells_merged_over_rows_speak_for_each_row() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["全市清单"], ["编号", "类别", "名称"], ["1", "吃饭", "送餐"], ["2", None, "食堂"]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("B3:B4")

    assert [entry.values["category"] for entry in read(saved(book)).entries] == ["吃饭", "吃饭"]


def test_header_over_two_rows_is_read_at_the_lower_one() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["编号", "名称", "怎么联系", None], [None, None, "电话", "地点"], ["1", "送餐", "0600", "食堂"]):
        sheet.append(row)
    for merged in ("A1:A2", "B1:B2", "C1:D1"):
        sheet.merge_cells(merged)

    assert first(saved(book)) == {"code": "1", "title": "送餐", "phone": "0600", "place": "食堂"}


def test_hidden_sheets_blank_rows_section_titles_and_repeated_headers_are_passed_over() -> None:
    book = Workbook()
    secret = book.worksheets[0]
    secret.title = "旧"
    secret.append(HEADER)
    secret.append(["9", "", "旧的"])
    secret.sheet_state = "hidden"
    sheet = book.create_sheet("服务事项")
    for row in (HEADER, ["一、吃饭"], ROW, [], ["  ", None, "　"], HEADER, ["2", "", "看病"]):
        sheet.append(row)

    assert [entry.code for entry in read(saved(book)).entries] == ["01-01", "2"]


def test_sheets_of_one_workbook_are_read_together() -> None:
    listing = read(workbook(("吃饭", [HEADER, ROW]), ("看病", [HEADER, ["01-01", "", "陪诊"]]), ("说明", [["怎么填"]])))

    (problem,) = listing.problems
    assert (problem.sheet, problem.row) == ("看病", 2)
    assert "“吃饭”第 2 行已经用过" in problem.message


def test_control_characters_are_dropped() -> None:
    assert first(table([HEADER, ["1", "", "送\x07餐", "", "老人" * 90 + "\x00", "", "", ""]]))["title"] == "送餐"


def test_thousands_of_columns_are_refused() -> None:
    with pytest.raises(SheetTooLargeError):
        read_bytes(workbook(("宽", [["字"] * 10_000])))
    with pytest.raises(SheetTooLargeError):
        read_bytes(table([["字"] * 10_000]))
    with pytest.raises(SheetTooLargeError):
        read_bytes(table([["字"]] * 5001))


def test_one_cell_in_the_far_corner_is_refused_before_it_takes_all_memory() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "编号"
    book.worksheets[0]["XFD1048576"] = "远"

    with pytest.raises(SheetTooLargeError):
        read_bytes(saved(book))


def test_a_bomb_is_refused_while_it_unpacks() -> None:
    with pytest.raises(FileTooLargeError):
        read_bytes(_repacked(services(ROW), "xl/bomb.xml", b"0" * 70_000_000))


def test_a_document_type_is_refused() -> None:
    evil = b'<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'

    with pytest.raises(NotASpreadsheetError):
        read_bytes(_repacked(services(ROW), "xl/worksheets/sheet2.xml", evil))


def test_formulas_without_a_result_are_named_by_their_cells() -> None:
    with pytest.raises(CellsBrokenError, match="C2"):
        read_bytes(services(["1", "", "=B1&B2"]))


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        (b"", FileEmptyError),
        (b" \r\n \n", FileEmptyError),
        (b"\x89PNG\r\n\x1a\n....", NotASpreadsheetError),
        (b"%PDF-1.7 ...", NotASpreadsheetError),
        (b"<html><table><tr><td>1</td></tr></table></html>", NotASpreadsheetError),
        (b"PK\x03\x04 broken", NotASpreadsheetError),
        (OLE + b"Workbook", OldSpreadsheetError),
        (OLE + "EncryptedPackage".encode("utf-16-le"), ProtectedError),
        (b"\xff\xfe" + b"\x00\xd8" * 10, EncodingUnknownError),
        (b"a" * (MAX_BYTES + 1), FileTooLargeError),
        (workbook(("空", [])), FileEmptyError),
    ],
    ids=["empty", "blank", "picture", "pdf", "html", "broken", "old", "password", "encoding", "large", "no cells"],
)
def test_what_is_no_list_is_refused_in_words(raw: bytes, refusal: type[SheetRefusedError]) -> None:
    with pytest.raises(refusal) as raised:
        read_bytes(raw)
    assert str(raised.value).endswith("。")


def test_a_package_that_is_no_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", "<document/>")

    with pytest.raises(NotASpreadsheetError):
        read_bytes(file.getvalue())


def test_a_sheet_without_a_header_we_know_is_refused() -> None:
    with pytest.raises(HeadingsUnknownError):
        read(workbook(("Sheet1", [["甲", "乙"], ["1", "2"]])))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileMissingError):
        read_path(tmp_path / "没有.xlsx")


def _repacked(raw: bytes, name: str, part: bytes) -> bytes:
    file = io.BytesIO(raw)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, part)
    return file.getvalue()
