"""A table of areas or units beside those there are: what is new, what would change, what cannot be."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from treebeard.mp_tree import MP_Node

from portal.organisations.enums import AreaKind, PlaceKind
from portal.organisations.models import Area, Unit
from portal.organisations.queries.tables import DEGREES, KINDS, Line, Problem, heading

LEVELS = tuple(AreaKind.values)
STEP = Area.steplen
FIELDS: Mapping[PlaceKind, tuple[str, ...]] = {
    PlaceKind.AREAS: ("code", "pk", "path", "name", "kind", "phone", "latitude", "longitude", "starts_on", "ends_on"),
    PlaceKind.UNITS: ("code", "pk", "path", "name", "kind", "phone", "starts_on", "ends_on", "credit_code", "area"),
}
STANDS_ELSEWHERE: Mapping[PlaceKind, Promise] = {
    PlaceKind.AREAS: gettext_lazy("已有的上级是 %(code)s。换上级请用合并或拆分。"),
    PlaceKind.UNITS: gettext_lazy("已有的上级是 %(code)s。单位的上级不能改，请照原来的填写，或者留空。"),
}


@dataclass(slots=True)
class Change:
    """One place that would change: each field with what it was and what it would be."""

    line: Line
    pk: int
    fields: dict[str, tuple[Any, Any]]


@dataclass(slots=True)
class Differences:
    """What a table would do. ``new`` is sorted so that whatever lies above comes first."""

    kind: PlaceKind
    new: list[Line] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def does_something(self) -> bool:
        return bool(self.new or self.changed)

    def as_json(self) -> dict[str, Any]:
        return {
            "new": [{"row": line.row, "code": line.code, **_shown(line.values, self.kind)} for line in self.new],
            "changed": [
                {
                    "row": change.line.row,
                    "code": change.line.code,
                    "fields": {
                        heading(self.kind, name): [said(name, before, self.kind), said(name, after, self.kind)]
                        for name, (before, after) in change.fields.items()
                    },
                }
                for change in self.changed
            ],
            "unchanged": self.unchanged,
            "errors": [problem.as_json() for problem in self.problems],
        }


@dataclass(frozen=True, slots=True)
class Reach:
    """Where one may write: paths of areas and of units. ``None`` in place of a reach is everywhere."""

    areas: Collection[str]
    units: Collection[str] = ()


def said(name: str, value: Any, kind: PlaceKind) -> str:
    """Return a kept value as the table says it."""
    if name == "kind" and value:
        return next(text for text, known in KINDS[kind].items() if known == value)
    return str(value or "")


def _shown(values: Mapping[str, Any], kind: PlaceKind) -> dict[str, str]:
    return {heading(kind, name): said(name, value, kind) for name, value in values.items() if name != "code"}


class Comparison:
    """Compares lines with what is there. Two queries, whatever the size."""

    def __init__(self, kind: PlaceKind, reach: Reach | None) -> None:
        self.kind, self.reach = kind, reach
        self.there = _there(kind)
        self.by_path = {place["path"]: place for place in self.there.values()}
        self.areas = self.there if kind == PlaceKind.AREAS else _there(PlaceKind.AREAS)
        self.credit_codes = {
            place["credit_code"]: code for code, place in self.there.items() if place.get("credit_code")
        }
        self.lines: dict[str, Line] = {}
        self.found = Differences(kind)

    def of(self, lines: Iterable[Line], problems: Iterable[Problem]) -> Differences:
        self.found.problems = list(problems)
        self.lines = {line.code: line for line in lines}
        for line in self.lines.values():
            if line.code in self.there:
                self._known(line, self.there[line.code])
            elif line.code:
                self._unknown(line)
        self._check_ends()
        self.found.new = self._above_first()
        self.found.problems.sort(key=lambda problem: problem.row)
        return self.found

    def _refuse(self, line: Line, name: str, text: str | Promise) -> None:
        self.found.problems.append(Problem(line.row, heading(self.kind, name), text))

    def _known(self, line: Line, place: Mapping[str, Any]) -> None:
        if not self._reaches(place["path"], place.get("area")):
            self._refuse(line, "code", _("不在您负责的范围内。"))
            return
        above = self.by_path.get(place["path"][:-STEP], {}).get("code", "")
        if line.values.get("above", above) != above:
            self._refuse(line, "above", STANDS_ELSEWHERE[self.kind] % {"code": above or "—"})
        fields = {
            name: (place[name], value)
            for name, value in line.values.items()
            if name in place and name != "code" and (place[name] or "") != value
        }
        if not fields:
            self.found.unchanged += 1
            return
        self._check_change(line, place, fields)
        self.found.changed.append(Change(line, place["pk"], fields))

    def _check_change(self, line: Line, place: Mapping[str, Any], fields: Mapping[str, Any]) -> None:
        if place["ends_on"]:
            self._refuse(line, "code", _("已经停用，不能再改。"))
        if self.kind == PlaceKind.AREAS and "kind" in fields:
            self._refuse(line, "kind", _("层级不能改。"))
        if fields.get("area") and not self._reaches_area(line.values["area"]):
            self._refuse(line, "area", _("不在您负责的范围内。"))
        self._check_facts(line)

    def _unknown(self, line: Line) -> None:
        self.found.new.append(line)
        for name in ("name", "kind"):
            is_read = any(p.row == line.row and p.column == heading(self.kind, name) for p in self.found.problems)
            if name not in line.values and not is_read:
                self._refuse(line, name, _("新的一行要填写这一项。"))
        self._check_above(line)
        self._check_facts(line)

    def _check_above(self, line: Line) -> None:
        above = line.values.get("above")
        if above and above not in self.there and above not in self.lines:
            self._refuse(line, "above", _("没有这个编码，表里也没有。"))
        elif above and self.kind == PlaceKind.AREAS and not self._is_below(line, above):
            self._refuse(line, "above", _("层级要比上级低。"))
        elif above in self.there and self.there[above]["ends_on"]:
            self._refuse(line, "above", _("上级已经停用。"))
        elif not self._reaches_new(line):
            self._refuse(line, "above", _("只能在您负责的范围内新建。"))

    def _is_below(self, line: Line, above: str) -> bool:
        upper = self.there[above]["kind"] if above in self.there else self.lines[above].values.get("kind")
        own = line.values.get("kind")
        return not upper or not own or LEVELS.index(own) > LEVELS.index(upper)

    def _check_facts(self, line: Line) -> None:
        values = line.values
        if "area" in values and values["area"] not in self.areas:
            self._refuse(line, "area", _("没有这个区域编码。"))
        code = values.get("credit_code")
        if code and self.credit_codes.setdefault(code, line.code) != line.code:
            self._refuse(line, "credit_code", _("这个代码已经用在 %(code)s。") % {"code": self.credit_codes[code]})
        self._check_position(line)
        starts_on = values.get("starts_on") or self.there.get(line.code, {}).get("starts_on") or ""
        if values.get("ends_on", starts_on) < starts_on:
            self._refuse(line, "ends_on", _("停用日期早于启用日期。"))

    def _check_position(self, line: Line) -> None:
        there = self.there.get(line.code, {})
        missing = [name for name in DEGREES if not line.values.get(name) and not there.get(name)]
        if len(missing) == 1 and not any(problem.row == line.row for problem in self.found.problems):
            self._refuse(line, missing[0], _("纬度和经度要么都填，要么都不填。"))

    def _check_ends(self) -> None:
        """Refuse to end what has something open below it, in the table or on the site."""
        ending = {line.code for line in self.lines.values() if line.values.get("ends_on")}
        if not ending:
            return
        open_above = {
            self.by_path[place["path"][:-STEP]]["code"]
            for code, place in self.there.items()
            if place["path"][:-STEP] in self.by_path and not place["ends_on"] and code not in ending
        }
        open_above |= {line.values.get("above") for line in self.found.new if line.code not in ending}
        for code in sorted(ending & open_above):
            if not self.there.get(code, {}).get("ends_on"):
                self._refuse(self.lines[code], "ends_on", _("下面还有没停用的下级。"))

    def _reaches(self, path: str, area: str | None) -> bool:
        if self.reach is None:
            return True
        own = self.reach.areas if self.kind == PlaceKind.AREAS else self.reach.units
        return path.startswith(tuple(own)) or (area is not None and self._reaches_area(area))

    def _reaches_area(self, code: str) -> bool:
        place = self.areas.get(code)
        return self.reach is None or (place is not None and place["path"].startswith(tuple(self.reach.areas)))

    def _reaches_new(self, line: Line) -> bool:
        above = line.values.get("above")
        if self.reach is None or (above in self.lines and above not in self.there):
            return True  # asked of the line above itself
        if above in self.there:
            return self._reaches(self.there[above]["path"], self.there[above].get("area"))
        return "area" in line.values and self._reaches_area(line.values["area"])

    def _above_first(self) -> list[Line]:
        new = {line.code: line for line in self.found.new}
        depths: dict[str, int] = {}
        for line in self.found.new:
            way: list[str] = []
            code: str | None = line.code
            while code in new and code not in depths and code not in way:
                way.append(code)
                code = new[code].values.get("above")
            if code in way:
                self._refuse(line, "above", _("上级绕成了一圈。"))
                continue
            start = depths.get(code or "", -1)
            depths |= {step: start + distance for distance, step in enumerate(reversed(way), start=1)}
        return sorted(self.found.new, key=lambda line: depths.get(line.code, 0))


def _there(kind: PlaceKind) -> dict[str, dict[str, Any]]:
    model: type[MP_Node] = Area if kind == PlaceKind.AREAS else Unit
    names = [name for name in FIELDS[kind] if name != "area"]
    rows = model.objects.order_by("path")
    places = rows.values(*names, in_area=F("area__code")) if kind == PlaceKind.UNITS else rows.values(*names)
    return {place["code"]: _plain(place) for place in places}


def _plain(place: dict[str, Any]) -> dict[str, Any]:
    for name in ("starts_on", "ends_on"):
        place[name] = place[name].isoformat() if place[name] else None
    for name in DEGREES:
        if place.get(name) is not None:
            place[name] = f"{place[name]:.6f}"
    if "in_area" in place:
        place["area"] = place.pop("in_area")
    return place
