"""What a table of areas or units says: its columns found, each cell read, and every cell that cannot be read named."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.organisations.enums import PlaceKind
from webui.sheets import SheetRefusedError
from webui.sheets.texts import half_width, one_line

HEADING_ROWS = 10  # above the table there may be a title and a note
CREDIT_CODE = re.compile(r"[0-9A-HJ-NP-RTUW-Y]{18}")
DAY = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?")
DEGREES = {"latitude": 90, "longitude": 180}
LONGEST = {"code": 24, "phone": 40}
DEGREE = re.compile(r"-?\d{1,3}(\.\d+)?")
LONGEST_NAME = {PlaceKind.AREAS: 60, PlaceKind.UNITS: 80}

CODE, NAME, PHONE = "编码", "名称", "联系电话"
HEADINGS: Mapping[PlaceKind, Mapping[str, str]] = {
    PlaceKind.AREAS: {
        CODE: "code",
        NAME: "name",
        "层级": "kind",
        "上级编码": "above",
        PHONE: "phone",
        "中心纬度": "latitude",
        "中心经度": "longitude",
        "启用日期": "starts_on",
        "停用日期": "ends_on",
    },
    PlaceKind.UNITS: {
        CODE: "code",
        NAME: "name",
        "性质": "kind",
        "上级编码": "above",
        "所在区域编码": "area",
        "统一社会信用代码": "credit_code",
        PHONE: "phone",
        "启用日期": "starts_on",
        "停用日期": "ends_on",
    },
}
# As the source has them, in whatever language the site is read; the first name of each is the one we write.
KINDS: Mapping[PlaceKind, Mapping[str, str]] = {
    PlaceKind.AREAS: {
        "市": "city",
        "区": "district",
        "县": "district",
        "街道": "street",
        "镇": "street",
        "乡": "street",
        "社区": "community",
        "村": "community",
        "网格": "grid",
    },
    PlaceKind.UNITS: {
        "机关": "government",
        "党政机关": "government",
        "国有企业": "state_owned",
        "国企": "state_owned",
        "事业单位": "institution",
        "事业": "institution",
        "两新组织": "private",
        "两新": "private",
        "社会组织": "social",
    },
}


class HeadingsMissingError(SheetRefusedError):
    reason = _("没有找到表头。前几行里要有一行写着“编码”和“名称”；可以先下载空表照着填。")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, in which row, under which heading."""

    row: int
    column: str
    text: str | Promise

    def as_json(self) -> dict[str, Any]:
        return {"row": self.row, "column": self.column, "message": str(self.text)}


@dataclass(slots=True)
class Line:
    """One place as the table has it; a field that is absent was left blank and changes nothing."""

    row: int
    code: str = ""
    values: dict[str, Any] = field(default_factory=dict)


def headings_of(kind: PlaceKind) -> list[str]:
    """Return the headings of an empty table to fill in."""
    return list(HEADINGS[kind])


def heading(kind: PlaceKind, name: str) -> str:
    return next(text for text, known in HEADINGS[kind].items() if known == name)


def read(rows: Iterable[list[str]], kind: PlaceKind) -> tuple[list[Line], list[Problem]]:
    """Return the lines beneath the headings, and what cannot be read; blank rows count but say nothing.

    Raises:
        HeadingsMissingError: none of the first rows names both code and name.
    """
    numbered = enumerate(rows, start=1)
    columns = _columns(numbered, kind)
    lines: list[Line] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, cells in numbered:
        texts = {name: cells[at] for at, name in columns.items() if at < len(cells) and cells[at].strip()}
        if not texts:
            continue
        line = Line(number)
        for name, text in texts.items():
            _take(line, name, text, kind, problems)
        _check_code(line, seen, problems)
        lines.append(line)
    return lines, problems


def _columns(numbered: Iterator[tuple[int, list[str]]], kind: PlaceKind) -> dict[int, str]:
    for number, cells in numbered:
        known = HEADINGS[kind]
        columns = {at: known[text] for at, cell in enumerate(cells) if (text := one_line(cell).rstrip("*＊ ")) in known}
        if {"code", "name"} <= set(columns.values()):
            return columns
        if number >= HEADING_ROWS:
            break
    raise HeadingsMissingError


def _take(line: Line, name: str, text: str, kind: PlaceKind, problems: list[Problem]) -> None:
    try:
        value = _value(name, text, kind)
    except ValueError as error:
        problems.append(Problem(line.row, heading(kind, name), str(error)))
        return
    if name == "code":
        line.code = value
    line.values[name] = value


def _value(name: str, text: str, kind: PlaceKind) -> Any:
    """Return what a cell says, in the form it is kept in; a ``ValueError`` says in words why not."""
    if name in {"starts_on", "ends_on"}:
        return _day(text)
    if name in DEGREES:
        return _degrees(text, DEGREES[name])
    if name == "kind":
        return _kind(one_line(text), kind)
    value = one_line(text) if name in {"name", "phone"} else half_width(text)
    if name == "credit_code" and not CREDIT_CODE.fullmatch(value := value.upper()):
        raise ValueError(_("统一社会信用代码是 18 位数字和大写字母。"))
    longest = LONGEST_NAME[kind] if name == "name" else LONGEST.get(name, 24)
    if len(value) > longest:
        raise ValueError(_("太长了，最多 %(n)d 个字。") % {"n": longest})
    return value


def _kind(text: str, kind: PlaceKind) -> str:
    try:
        return KINDS[kind][text]
    except KeyError as error:
        labels = "、".join(KINDS[kind])
        raise ValueError(_("只能是：%(labels)s。") % {"labels": labels}) from error


def _day(text: str) -> str:
    match = DAY.fullmatch(half_width(text).partition(" ")[0])
    try:
        year, month, day = (int(part) for part in match.groups()) if match else (0, 0, 0)  # no such day
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise ValueError(_("日期请写成 2026-01-31 这样。")) from error


def _degrees(text: str, limit: int) -> str:
    number = half_width(text)
    if not DEGREE.fullmatch(number) or abs(float(number)) > limit:
        raise ValueError(_("请写成 30.657401 这样的度数；纬度和经度别写反了。"))
    return f"{float(number):.6f}"


def _check_code(line: Line, seen: dict[str, int], problems: list[Problem]) -> None:
    if not line.code:
        if not any(problem.row == line.row and problem.column == CODE for problem in problems):
            problems.append(Problem(line.row, CODE, _("请填写编码。")))
    elif line.code in seen:
        text = _("和第 %(n)d 行的编码重复。") % {"n": seen[line.code]}
        problems.append(Problem(line.row, CODE, text))
    else:
        seen[line.code] = line.row
