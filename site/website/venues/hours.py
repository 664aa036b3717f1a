"""When a venue is open: said in words, and worked out for a moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from website.venues.enums import Weekday

END_OF_DAY = time(23, 59)
A_WEEK = 7
IN_A_ROW = 3  # days, to be said as 周一至周三


@dataclass(frozen=True, slots=True)
class Hours:
    """From when until when, on which days of the week (0 is Monday)."""

    days: tuple[int, ...]
    opens: time
    closes: time
    note: str = ""

    def __str__(self) -> str:
        return f"{self.days_text} {self.time_text}"

    @property
    def days_text(self) -> str:
        return days_in_words(self.days)

    @property
    def time_text(self) -> str:
        if (self.opens, self.closes) == (time.min, END_OF_DAY):
            return _("全天")
        return f"{clock(self.opens)}–{clock(self.closes)}"


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a venue is open now, and what to tell a reader about it."""

    is_open: bool
    text: str


def opening(hours: Sequence[Hours], *, at: datetime, closure: str = "") -> Opening | None:
    """Return how it stands at ``at``; ``None`` where nobody said when it is open."""
    if closure:
        return Opening(is_open=False, text=_("暂停开放"))
    if not hours:
        return None
    now = timezone.localtime(at)
    spans = _spans(hours, day=now.weekday())
    current = next((closes for opens, closes in spans if opens <= now.time() and _lasts(closes, now.time())), None)
    if current:
        return Opening(is_open=True, text=_until(current))
    return Opening(is_open=False, text=_next(hours, now))


def days_in_words(days: Iterable[int]) -> str:
    """Return days of the week as people say them: 每天, 周一至周五, 周二、周四."""
    known = sorted(set(days))
    if len(known) == A_WEEK:
        return _("每天")
    return "、".join(_run_in_words(run) for run in _runs(known))


def clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02}"


def _spans(hours: Sequence[Hours], *, day: int) -> list[tuple[time, time]]:
    """Return the spans of one day in their order; those that touch or overlap are one."""
    spans: list[tuple[time, time]] = []
    for opens, closes in sorted((each.opens, each.closes) for each in hours if day in each.days):
        if spans and opens <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(closes, spans[-1][1]))
        else:
            spans.append((opens, closes))
    return spans


def _lasts(closes: time, now: time) -> bool:
    return closes == END_OF_DAY or now < closes


def _until(closes: time) -> str:
    return _("现在开放") if closes == END_OF_DAY else _("现在开放，到 %(time)s") % {"time": clock(closes)}


def _next(hours: Sequence[Hours], now: datetime) -> str:
    """Return when it opens next, within a week."""
    for ahead in range(A_WEEK + 1):
        day = (now + timedelta(days=ahead)).weekday()
        opens = next((begin for begin, _end in _spans(hours, day=day) if ahead or begin > now.time()), None)
        if opens is not None:
            return _opens_in_words(ahead, day, clock(opens))
    return _("现在不开放")


def _opens_in_words(ahead: int, day: int, moment: str) -> str:
    if ahead == 0:
        return _("今天 %(time)s 开放") % {"time": moment}
    if ahead == 1:
        return _("明天 %(time)s 开放") % {"time": moment}
    return _("%(day)s %(time)s 开放") % {"day": Weekday(day).label, "time": moment}


def _runs(days: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _run_in_words(run: list[int]) -> str:
    names = [str(Weekday(day).label) for day in run]
    if len(run) < IN_A_ROW:
        return "、".join(names)
    return _("%(first)s至%(last)s") % {"first": names[0], "last": names[-1]}
