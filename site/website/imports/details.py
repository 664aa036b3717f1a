"""What a text tells about itself: where and when it plays, and what it is about. Proposals, for an editor to settle."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import rjieba

from website.case_studies.enums import Level
from website.imports.characters import LOST
from website.imports.sources import date_in

_NO_CITY = frozenset(
    f"{word}市"
    for word in ("城", "本", "全", "我", "各", "都", "超", "县", "地", "夜", "菜", "上", "门", "集", "省", "该", "入")
)
_NO_DISTRICT = re.compile(
    r"(?:社|小|地|辖|片|园|校|街|院|新|老|城|全|各|本|我|该|驻|市|功能|景|山|灾|战|专|分|东|西|南|北|中|住宅|保护|开发)区$|[全各本我该州]县$"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_WORDS_OF_LEVEL = (
    (Level.COMMUNITY, re.compile("社区(?!发展|治理)|村(?!民)|小区|居委会")),
    (Level.STREET, re.compile("街道|乡镇|镇")),
    (Level.DISTRICT, re.compile("全区|区委|区政府|全县|县委")),
    (Level.CITY, re.compile("全市|市委|市政府|市级")),
)
_SENTENCE = re.compile(r"[^。！？]+[。！？]")
_SUMMARY_LENGTH = 120
_MENTIONS_OF_TOPIC = 2


class Details(NamedTuple):
    """Proposed values for the fields of a page."""

    city: str = ""
    district: str = ""
    year: int | None = None
    level: str = ""
    summary: str = ""


def details_of(*, title: str, body: str, bylines: Iterable[str] = ()) -> Details:
    """Return what title, text and bylines say; a field stays empty where they do not."""
    city, district = _places(f"{title}\n{body}")
    year = year_of(title=title, body=body, bylines=bylines)
    return Details(city, district, year, _level(title, body), _summary(body))


def year_of(*, title: str, body: str, bylines: Iterable[str] = ()) -> int | None:
    """Return the year a document tells of: the title's, else the day it appeared, else the latest it names."""
    if named := _YEAR.search(title):
        return int(named[1])
    appeared = next((day.year for line in bylines if (day := date_in(line))), None)
    return appeared or max(map(int, _YEAR.findall(body)), default=None)


def topics_in(text: str, names: Iterable[str]) -> list[str]:
    """Return the topics whose name the text uses more than once."""
    return [name for name in names if text.count(name) >= _MENTIONS_OF_TOPIC]


def _places(text: str) -> tuple[str, str]:
    """Return the city and the district named most, as far as the dictionary knows their names as places."""
    named = Counter(word for word, tag in rjieba.tag(text) if tag.startswith("ns"))
    found = Counter({word: count for word, count in named.items() if len(word) > 2 and word[-1] in "市区县"})
    short = {word: count for word, count in named.items() if word[-1] not in "省市区县" and f"{word}市" not in _NO_CITY}
    cities = Counter({word: count for word, count in found.items() if word[-1] == "市" and word not in _NO_CITY})
    for word, count in short.items():
        if f"{word}市" in text:
            cities[f"{word}市"] += count
    districts = [word for word, _count in found.most_common() if word[-1] in "区县" and not _NO_DISTRICT.search(word)]
    return cities.most_common(1)[0][0] if cities else "", next(iter(districts), "")


def _level(title: str, body: str) -> str:
    """Return how far the example reaches: as the title has it, else what the text speaks of most."""
    for level, words in _WORDS_OF_LEVEL:
        if words.search(title):
            return level.value
    times = {level: len(words.findall(body)) for level, words in _WORDS_OF_LEVEL[2:]}
    most = max(times, key=lambda level: times[level])
    return most.value if times[most] > 1 else ""


def _summary(body: str) -> str:
    """Return the first whole sentences that fit a list, if they are short and nothing is lost in them."""
    summary = ""
    paragraphs = [line for line in body.split("\n") if "。" in line]
    for sentence in _SENTENCE.findall(paragraphs[0]) if paragraphs else []:
        if len(summary) + len(sentence) > _SUMMARY_LENGTH or LOST in sentence:
            break
        summary += sentence
    return summary.strip()
