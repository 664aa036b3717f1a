"""A small file cannot make a reader lay out a large sheet."""

import zipfile
from io import BytesIO

import pytest

from portal.rosters.errors import FileRefusedError, FileTooLargeError
from portal.rosters.packages import check_package
from tests.portal.rosters.sheets import HEADER, PEOPLE, workbook_of

SHEET = "xl/worksheets/sheet1.xml"


def with_sheet(change, *, more=()):
    """Return a workbook whose sheet went through ``change``."""
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook_of([HEADER, *PEOPLE]))) as package, zipfile.ZipFile(changed, "w") as anew:
        for name in package.namelist():
            part = package.read(name)
            anew.writestr(name, change(part) if name == SHEET else part)
        for name in more:
            anew.writestr(name, b"")
    return BytesIO(changed.getvalue())


def cell_at(place):
    return with_sheet(lambda part: part.replace(b'r="A1"', f'r="{place}"'.encode()))


def test_a_usual_workbook_passes():
    check_package(with_sheet(lambda part: part))


@pytest.mark.parametrize("place", ["IV1", "Z1048576", "A1048576", "AB65536"])
def test_a_cell_within_the_limits_passes(place):
    check_package(cell_at(place))


@pytest.mark.parametrize(
    "place", ["XFD1", "AAA1", "IW1", "JA1", "A1048577", "A1048580", "A1048600", "A1049000", "A2000000", "a9999999999"]
)
def test_a_cell_in_a_far_corner_is_refused(place):
    with pytest.raises(FileTooLargeError):
        check_package(cell_at(place))


def test_a_sheet_both_wide_and_deep_is_refused():
    with pytest.raises(FileTooLargeError):
        check_package(with_sheet(lambda part: part.replace(b'r="A1"', b'r="AB1"').replace(b'r="A2"', b'r="A65537"')))


@pytest.mark.parametrize(
    "change",
    [
        lambda part: part.replace(b'r="A1"', b'r="&#65;&#88;&#70;1048576"'),
        lambda part: b"<!DOCTYPE x [<!ENTITY a 'XFD'>]>" + part,
        lambda part: part.decode().encode("utf-16"),
    ],
)
def test_what_could_hide_a_place_is_refused(change):
    with pytest.raises(FileRefusedError):
        check_package(with_sheet(change))


def test_a_row_far_down_counts_as_its_cells_do():
    with pytest.raises(FileTooLargeError):
        check_package(with_sheet(lambda part: part.replace(b'<row r="2"', b"<row  r = '99999999'")))


def test_a_part_by_the_same_name_twice_is_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        file = with_sheet(lambda part: part, more=[SHEET])
    with pytest.raises(FileRefusedError):
        check_package(file)


def test_what_unpacks_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr("portal.rosters.packages.MAX_UNPACKED_BYTES", 1000)

    with pytest.raises(FileTooLargeError):
        check_package(with_sheet(lambda part: part))
