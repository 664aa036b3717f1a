"""Headings, summary, and the length of what stands between them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from website.editing.checks.remarks import Remark
from website.editing.enums import PieceKind, Weight
from website.editing.reading import Reading

FIRST_LEVEL = 2
LONG_WITHOUT_HEADING = 1200
LONG_HEADING = 40


def headings(reading: Reading) -> Iterator[Remark]:
    """Remark on empty, skipped and very long headings."""
    before = 1
    for heading in reading.headings:
        text = heading.text.strip()
        if not text:
            yield Remark("empty-heading", _("有一个标题是空的。"), heading.path)
        elif len(text) > LONG_HEADING:
            yield Remark("long-heading", _("标题太长，像一段话。请缩短，或者改成段落。"), heading.path, Weight.SUGGESTS)
        if heading.level > before + 1:
            message = _("小标题“%(text)s”前面没有大标题。先用大标题，再分小标题。")
            yield Remark("heading-order", message % {"text": text}, heading.path)
        before = heading.level or FIRST_LEVEL


def long_without_heading(reading: Reading) -> Iterator[Remark]:
    body = [piece for piece in reading.pieces if piece.kind != PieceKind.FIELD]
    if not reading.headings and sum(len(piece.text) for piece in body) > LONG_WITHOUT_HEADING:
        yield Remark("no-heading", _("正文很长，没有标题。分成几节，读的人好找。"), body[0].path, Weight.SUGGESTS)


def summary(reading: Reading) -> Iterator[Remark]:
    if "summary" in reading.values and not reading.values["summary"]:
        message = _("没有一句话摘要，列表和分享卡片上会是空的。")
        yield Remark("no-summary", message, "summary", Weight.SUGGESTS)
