from io import BytesIO

import pytest
from openpyxl import Workbook

from webui.sheets import CITY, Limits, SheetRefusedError, open_rows
from webui.sheets.errors import FileTooLargeError, NotASpreadsheetError, SheetTooLargeError


def workbook(*rows):
    book = Workbook()
    book.create_sheet("空表", 0)
    for row in rows:
        book["Sheet"].append(row)
    book.save(file := BytesIO())
    file.seek(0)
    return file


def test_rows_are_those_of_the_first_sheet_that_has_any():
    assert list(open_rows(workbook(["编码", "名称"], [101, "东湖"]))) == [["编码", "名称"], ["101", "东湖"]]


def test_limits_are_the_callers():
    few = Limits(rows=2)

    with pytest.raises(SheetTooLargeError, match="最多 2 行"):
        open_rows(workbook(["a"], ["b"], ["c"]), limits=few)
    with pytest.raises(SheetTooLargeError):
        open_rows(BytesIO(b"a,b\n" * 3), limits=few)
    with pytest.raises(FileTooLargeError):
        open_rows(BytesIO(b"a" * 11), limits=Limits(bytes=10))
    assert len(list(open_rows(BytesIO(b"a,b\n" * 6000), limits=CITY))) == 6000


def test_what_is_no_table_is_refused_in_words(tmp_path):
    with pytest.raises(NotASpreadsheetError, match="不是表格文件"):
        open_rows(BytesIO(b"%PDF-1.7"))
    with pytest.raises(SheetRefusedError):
        open_rows(tmp_path / "missing.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_csv_may_be_in_either_encoding(encoding):
    table = "编码,名称\n101,东湖社区\n"

    assert list(open_rows(BytesIO(table.encode(encoding)))) == [["编码", "名称"], ["101", "东湖社区"]]
