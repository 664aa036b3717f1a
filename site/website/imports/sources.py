"""From bylines to sources: who says it, who wrote it, and when."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

_KEYS = {
    "来源": "来源", "稿源": "来源", "信息来源": "来源", "文章来源": "来源", "供稿": "来源", "供稿单位": "来源",
    "作者": "作者", "撰稿": "作者", "撰文": "作者", "文": "作者", "记者": "作者", "本报记者": "作者", "通讯员": "作者",
    "整理": "作者", "图": "图片", "摄影": "图片", "供图": "图片",
    "发布时间": "日期", "发布日期": "日期", "发表时间": "日期", "更新时间": "日期", "时间": "日期", "日期": "日期",
    "编辑": "", "责编": "", "责任编辑": "", "审核": "", "校对": "",
}  # fmt: skip
_KEY = re.compile("(?:^|[ 　|丨]+)(" + "|".join(sorted(_KEYS, key=len, reverse=True)) + ")[：:/／ ]+")
_DATE = re.compile(r"((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: ?\d{1,2}:\d\d(?::\d\d)?)?")


def sources_of(bylines: Iterable[str]) -> list[str]:
    """Return one line for each thing the bylines say, each once; who edited or proof-read is nobody's source."""
    return list(dict.fromkeys(line for byline in bylines for line in _parts(byline)))


def date_in(text: str) -> date | None:
    """Return the first whole date a text names."""
    for found in _DATE.finditer(text):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            continue
    return None


def _parts(byline: str) -> Iterator[str]:
    rest, day = byline, date_in(byline)
    if day:
        rest = _DATE.sub(" ", byline, count=1)
    pieces = _KEY.split(rest)
    if lead := pieces[0].strip(" |丨"):
        yield lead.removeprefix("◎").strip()
    for key, value in zip(pieces[1::2], pieces[2::2], strict=True):
        name, words = _KEYS[key], value.strip(" |丨")
        if words and name:
            yield f"{name}：{words}"
    if day:
        yield _("日期：%(day)s") % {"day": day.isoformat()}
