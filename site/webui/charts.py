"""Charts drawn on the server, as SVG without a line of script.

Nothing is scaled: lengths along the page are percentages, lengths down the page are ``em``. So a drawing is as wide as
its place, and its letters are as large as the reader's. A screen reader hears the title and one sentence; the numbers
themselves always stand in a table beneath, which is the page's to show.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, gettext

LABEL_WIDTH = 16  # full-width characters that fit a phone in large letters
LINE = Decimal("1.45")  # em, as everything that runs down the page
BAR = Decimal("1.1")
GAP = Decimal("0.85")
LONGEST_BAR = Decimal(70)  # per cent; what remains holds the number
COLUMNS_HIGH = Decimal(9)
NUMBERS_FIT = 6  # columns
MOST_BARS = 24
HUNDRED_MILLION = Decimal(100_000_000)
MYRIAD = Decimal(10_000)
LONG = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class Point:
    """One number to draw."""

    label: str
    number: Decimal
    unit: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar or column: its words, and where it stands (per cent across, em down)."""

    label: str
    lines: tuple[str, ...]
    text: str
    x: str
    y: str
    width: str
    height: str
    text_x: str
    text_y: str
    label_x: str
    label_y: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing: what it shows in words, how high it is, and its marks."""

    kind: str
    title: str
    description: str
    height: str
    marks: tuple[Mark, ...]
    baseline: str = ""


def chart_of(points: Sequence[Point], *, title: str, kind: str = "") -> Chart | None:
    """Return what shows these numbers best: columns for one thing over years, otherwise bars.

    There is none for a single number, nor where there are too many to tell apart.
    """
    if not 1 < len(points) <= MOST_BARS:
        return None
    draws_columns = kind == "columns" or (not kind and is_series(points))
    return columns(points, title=title) if draws_columns else bars(points, title=title)


def is_series(points: Sequence[Point]) -> bool:
    """Whether these are one thing, counted once in each of several years."""
    years = {point.year for point in points}
    return len({point.label for point in points}) == 1 and None not in years and len(years) == len(points) > 1


def bars(points: Sequence[Point], *, title: str) -> Chart:
    """Draw a bar across for each point, in the order given."""
    low, span = _range(points)
    shows_year = len({point.year for point in points}) > 1
    marks, top = [], Decimal(0)
    for point in points:
        label = _with_year(point) if shows_year else point.label
        lines = wrapped(label)
        bar_top = top + LINE * len(lines)
        start, end = sorted(((Decimal(0) - low) / span, (point.number - low) / span))
        marks.append(
            Mark(
                label=label,
                lines=lines,
                text=compact(point.number, point.unit),
                x=_percent(start * LONGEST_BAR),
                y=_em(bar_top),
                width=_percent(max((end - start) * LONGEST_BAR, Decimal("0.5"))),
                height=_em(BAR),
                text_x=_percent(end * LONGEST_BAR + 1),
                text_y=_em(bar_top + BAR * Decimal("0.8")),
                label_x="0",
                label_y=_em(top + 1),
            )
        )
        top = bar_top + BAR + GAP
    return Chart("bars", title, _in_words(points), _em(top - GAP + Decimal("0.2")), tuple(marks))


def columns(points: Sequence[Point], *, title: str) -> Chart:
    """Draw a column for each year, the oldest first."""
    points = sorted(points, key=lambda point: point.year or 0)
    low, span = _range(points)
    step = Decimal(100) / len(points)
    zero = LINE + COLUMNS_HIGH * (1 - (Decimal(0) - low) / span)
    shown = _shown_texts(points)
    marks = []
    for place, point in enumerate(points):
        end = LINE + COLUMNS_HIGH * (1 - (point.number - low) / span)
        top, bottom = sorted((zero, end))
        middle = _percent(step * place + step / 2)
        year = str(point.year or "")
        marks.append(
            Mark(
                label=_with_year(point),
                lines=(year,) if place in shown else ("",),
                text=compact(point.number, "") if place in shown else "",
                x=_percent(step * place + step / 5),
                y=_em(top),
                width=_percent(step * Decimal("0.6")),
                height=_em(max(bottom - top, Decimal("0.1"))),
                text_x=middle,
                text_y=_em(top - Decimal("0.4")),
                label_x=middle,
                label_y=_em(LINE + COLUMNS_HIGH + Decimal("1.3")),
            )
        )
    height = LINE + COLUMNS_HIGH + Decimal("1.8")
    return Chart("columns", title, _in_words(points), _em(height), tuple(marks), baseline=_em(zero))


def compact(number: Decimal, unit: str) -> str:
    """Show a number short enough for a drawing, as people say it: ``1700000`` → ``170 万``."""
    in_chinese = (get_language() or "zh").startswith("zh")
    if in_chinese and abs(number) >= HUNDRED_MILLION:
        return f"{_plain(number / HUNDRED_MILLION)} {gettext('亿')}{unit}"
    if in_chinese and abs(number) >= LONG:
        return f"{_plain(number / MYRIAD)} {gettext('万')}{unit}"
    return f"{_plain(number)} {unit}".strip() if unit != "%" else f"{_plain(number)}%"


def wrapped(label: str) -> tuple[str, ...]:
    """Return a label in one or two lines that fit a phone; what does not fit ends in an ellipsis."""
    first, rest = _cut(label, LABEL_WIDTH)
    if not rest:
        return (first,)
    second, left = _cut(rest, LABEL_WIDTH)
    return (first, f"{_cut(second, LABEL_WIDTH - 1)[0]}…" if left else second)


def _cut(text: str, width: int) -> tuple[str, str]:
    used = Decimal(0)
    for place, character in enumerate(text):
        used += Decimal("0.55") if character.isascii() else 1
        if used > width:
            end = _before_number(text, place) or place
            return text[:end].rstrip(), text[end:].lstrip()
    return text, ""


def _before_number(text: str, place: int) -> int:
    """Return where to cut so that no number or Latin word falls apart; 0 where the whole text is one."""
    while place and text[place].isascii() and text[place - 1].isascii():
        place -= 1
    return place


def _range(points: Sequence[Point]) -> tuple[Decimal, Decimal]:
    """Return the lowest value drawn and the distance to the highest; zero is always within."""
    numbers = [point.number for point in points]
    low, high = min(Decimal(0), *numbers), max(Decimal(0), *numbers)
    return low, (high - low) or Decimal(1)


def _shown_texts(points: Sequence[Point]) -> set[int]:
    """Return which columns have room for their words: all of a few, otherwise the ends and the highest."""
    if len(points) <= NUMBERS_FIT:
        return set(range(len(points)))
    highest = max(range(len(points)), key=lambda place: points[place].number)
    ends = {0, len(points) - 1}
    return ends | {highest} if min(abs(highest - end) for end in ends) > 1 else ends


def _in_words(points: Sequence[Point]) -> str:
    largest = max(points, key=lambda point: point.number)
    smallest = min(points, key=lambda point: point.number)
    return gettext("共 %(count)d 个数。最大：%(largest)s；最小：%(smallest)s。完整数字见下面的表格。") % {
        "count": len(points),
        "largest": f"{_with_year(largest)} {_plain(largest.number)} {largest.unit}".strip(),
        "smallest": f"{_with_year(smallest)} {_plain(smallest.number)} {smallest.unit}".strip(),
    }


def _with_year(point: Point) -> str:
    return (
        gettext("%(label)s（%(year)s 年）") % {"label": point.label, "year": point.year} if point.year else point.label
    )


def _plain(number: Decimal) -> str:
    text = f"{number.quantize(Decimal('0.01')):,f}"
    return text.rstrip("0").rstrip(".")


def _percent(number: Decimal) -> str:
    return f"{number:.2f}%"


def _em(number: Decimal) -> str:
    return f"{number:.2f}em"
