"""Which row is the header, and which column says what: guessed from the names people give them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.rosters.enums import Field

SEARCHED_ROWS = 30
KNOWN: Mapping[Field, tuple[str, ...]] = {
    Field.NAME: (
        "姓名",
        "名字",
        "成员姓名",
        "党员姓名",
        "职工姓名",
        "员工姓名",
        "人员姓名",
        "真实姓名",
        "name",
        "fullname",
    ),
    Field.PHONE: (
        *("手机号", "手机", "手机号码", "电话", "联系电话", "联系方式", "移动电话", "电话号码", "联系手机", "本人手机"),
        *(
            "本人手机号",
            "手机电话",
            "手机电话号码",
            "联系电话手机",
            "联络电话",
            "phone",
            "mobile",
            "phonenumber",
            "tel",
        ),
    ),
    Field.EMPLOYEE_NUMBER: (
        "工号",
        "职工号",
        "员工编号",
        "员工号",
        "职工编号",
        "人员编号",
        "employeenumber",
        "employeeid",
    ),
    Field.BRANCH: (
        "党支部",
        "所在党支部",
        "所属党支部",
        "支部",
        "支部名称",
        "党支部名称",
        "所在支部",
        "党组织",
        "所在党组织",
        "branch",
    ),
    Field.NOTE: ("备注", "说明", "附注", "note", "remark", "remarks"),
    Field.UNIT: (
        "单位编码",
        "单位代码",
        "单位编号",
        "所属单位编码",
        "机构编码",
        "部门编码",
        "单位",
        "unit",
        "unitcode",
    ),
}
_KNOWN = {name: known for known, names in KNOWN.items() for name in names}
_BRACKETED = re.compile(r"[(\[【〔].*?[)\]】〕]")
_NO_LETTERS = re.compile(r"[\W_]+")
_IDENTITY = re.compile("身份证|证件号|身份号|公民身份|idcard|idnumber|identitynumber")


@dataclass(frozen=True, slots=True)
class Headings:
    """A header: its row as people see it, its cells, and the place (from 0) of each field."""

    row: int
    cells: list[str] = field(default_factory=list)
    places: dict[Field, int] = field(default_factory=dict)

    def names(self) -> dict[str, str]:
        """Return the heading of each field, as the file writes it."""
        return {str(known): self.cells[place] for known, place in self.places.items() if place < len(self.cells)}


def find_headings(rows: Iterable[tuple[int, list[Any]]]) -> Headings | None:
    """Return the row that names most fields, a name and a phone among them; of two alike the first."""
    best: Headings | None = None
    for number, cells in rows:
        found = _headings(number, cells)
        if {Field.NAME, Field.PHONE} <= found.places.keys() and (best is None or len(found.places) > len(best.places)):
            best = found
    return best


def is_identity(heading: str) -> bool:
    """Return whether a column holds identity numbers, which a roster neither needs nor keeps."""
    return _IDENTITY.search(folded(heading)) is not None


def folded(heading: str) -> str:
    """Return a heading without width, case, space, punctuation and what stands in brackets."""
    text = unicodedata.normalize("NFKC", heading).lower()
    return _NO_LETTERS.sub("", _BRACKETED.sub("", text)) or _NO_LETTERS.sub("", text)


def _headings(number: int, cells: list[Any]) -> Headings:
    texts = [cell.strip() if isinstance(cell, str) else "" for cell in cells]
    places: dict[Field, int] = {}
    for place, text in enumerate(texts):
        known = _KNOWN.get(folded(text))
        if known:
            places.setdefault(known, place)
    order = list(KNOWN)
    return Headings(number, texts, dict(sorted(places.items(), key=lambda item: order.index(item[0]))))
