"""Lists hidden in running text, and rows of tables as sentences."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_CHINESE = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ONE_IS = re.compile(rf"(?:^|(?<=[：:；;。，,]))([{_CHINESE}])是(?!否|的)")
_CIRCLE = re.compile(rf"([{_CIRCLED}])")
_KINDS = ((_ONE_IS, _CHINESE), (_CIRCLE, _CIRCLED))
_CELL = re.compile(r"\s*\|\s*")
_NUMBER = re.compile(r"[\d,.]+%?")
_UNIT_IN_HEADER = re.compile(r"[（(]\s*([^（）()\d]{1,4})\s*[）)]$")


class Enumeration(NamedTuple):
    lead: str
    items: tuple[str, ...]
    rest: str


def split_enumeration(text: str) -> Enumeration | None:
    """Part a paragraph that counts 一是 … 二是 … or ① … ② … into what leads in, the items, and what follows."""
    for marker, numbers in _KINDS:
        starts = _counting(marker, numbers, text)
        if len(starts) > 1:
            items = [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
            last, rest = _last_item(items)
            return Enumeration(text[: starts[0]].strip(), (*items[:-1], last), rest)
    return None


def _counting(marker: re.Pattern[str], numbers: str, text: str) -> list[int]:
    """Return where each item begins, as long as they count on from one."""
    starts: list[int] = []
    for found in marker.finditer(text):
        if len(starts) < len(numbers) and found[1] == numbers[len(starts)]:
            starts.append(found.start())
    return starts


def _last_item(items: list[str]) -> tuple[str, str]:
    """The last item ends with its sentence, as the others do; if those are longer, nobody can tell where it ends."""
    last = items[-1]
    stop = last.find("。") + 1
    if any("。" in item[:-1] for item in items[:-1]) or not stop:
        return last, ""
    return last[:stop], last[stop:].strip()


def continues(lines: Sequence[str]) -> bool:
    """Tell whether lines count 一是, 二是, 三是 from the first on."""
    found = [_ONE_IS.match(line) for line in lines]
    return len(lines) > 1 and all(
        match is not None and match[1] == number for match, number in zip(found, _CHINESE, strict=False)
    )


def rows_of(lines: Sequence[str]) -> tuple[str, ...]:
    """Return a table's rows as sentences: what stands in the first column, then each heading with its value."""
    table = [[cell.strip() for cell in _CELL.split(line)] for line in lines]
    header = table[0]
    has_header = len(table) > 1 and len(header) > 1 and not any(_NUMBER.match(cell) for cell in header)
    if not has_header:
        return tuple(_plain_row(row) for row in table)
    return tuple(_row(header, row) for row in table[1:])


def _row(header: list[str], row: list[str]) -> str:
    pairs = [_value(name, cell) for name, cell in zip(header[1:], row[1:], strict=False) if cell]
    return f"{row[0]}：{'，'.join(pairs)}" if row[0] and pairs else row[0] or "，".join(pairs)


def _plain_row(row: list[str]) -> str:
    first, *others = [cell for cell in row if cell] or [""]
    return f"{first}：{'，'.join(others)}" if others else first


def _value(name: str, cell: str) -> str:
    unit = _UNIT_IN_HEADER.search(name)
    if unit and _NUMBER.fullmatch(cell):
        return f"{name[: unit.start()].strip()}{cell}{unit[1]}"
    return f"{name}{cell}" if _NUMBER.match(cell) else f"{name}：{cell}"
