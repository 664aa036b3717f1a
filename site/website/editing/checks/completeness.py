"""What readers of each kind of page look for and would not find."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from website.editing.checks.remarks import Remark
from website.editing.enums import Weight
from website.editing.reading import Reading

# A section counts as there under any of the names people give it.
SECTIONS = {
    "背景": re.compile(r"背景|缘起|起因|问题|难题|困境|为什么"),
    "做法": re.compile(r"做法|举措|措施|怎么做|实践|探索|经过|步骤"),
    "成效": re.compile(r"成效|效果|成果|变化|结果|成绩"),
    "启示": re.compile(r"启示|经验|体会|思考|带来什么|借鉴"),
}
CASE, SERVICE, NOTICE = "case_studies.casestudypage", "services.servicepage", "public_notices.noticepage"
VENUE, PERSON = "venues.venuepage", "people.personpage"
CHANNELS = ("by_phone", "by_internet", "by_home_visit")


def case(reading: Reading) -> Iterator[Remark]:
    if reading.kind != CASE:
        return
    headings = [heading.text for heading in reading.headings]
    missing = [name for name, known in SECTIONS.items() if not any(known.search(text) for text in headings)]
    if missing:
        yield Remark("case-sections", _("还缺：%(names)s。") % {"names": "、".join(missing)}, "body")
    if not reading.rows.get("figures"):
        yield Remark("no-figures", _("一个数字也没有。成效有数字才好比较。"), "figures", Weight.SUGGESTS)


def sources(reading: Reading) -> Iterator[Remark]:
    """Sources are lines of text on some pages, and a table on others."""
    if reading.kind not in {CASE, PERSON} or reading.values.get("sources") or reading.rows.get("source_list"):
        return
    path = "source_list" if "source_list" in reading.rows else "sources"
    yield Remark("no-sources", _("没有写来源。事情和数字是从哪里来的？"), path)


def service(reading: Reading) -> Iterator[Remark]:
    if reading.kind != SERVICE:
        return
    asked = {
        "who_may": _("没有写谁可以办。"),
        "documents": _("没有写要带什么；什么都不用带，就写“不用带材料”。"),
        "hours": _("没有写什么时候可以办。"),
        "phone": _("没有写问谁（咨询电话）。"),
    }
    yield from _missing(reading, asked)
    if _is_empty(reading, "place") and not any(reading.values.get(channel) for channel in CHANNELS):
        yield Remark("no-place", _("没有写到哪里办，也没有写电话、网上或上门能不能办。"), "place")


def notice(reading: Reading) -> Iterator[Remark]:
    if reading.kind == NOTICE:
        yield from _missing(
            reading, {"ends_on": _("没有写哪天结束。"), "responsible": _("没有写由谁负责，有异议的人不知道找谁。")}
        )


def venue(reading: Reading) -> Iterator[Remark]:
    if reading.kind != VENUE:
        return
    yield from _missing(reading, {"address": _("没有写地址。")})
    if not reading.rows.get("weekly_hours"):
        yield from _missing(reading, {"hours": _("没有写开放时间。")})


def _missing(reading: Reading, asked: dict[str, str]) -> Iterator[Remark]:
    for name, message in asked.items():
        if _is_empty(reading, name):
            yield Remark(f"no-{name.replace('_', '-')}", message, name)


def _is_empty(reading: Reading, name: str) -> bool:
    """Tell whether the page has the field, and nothing in it."""
    return name in reading.values and not reading.values[name]
