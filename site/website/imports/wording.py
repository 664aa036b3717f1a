"""An import's report as an editor reads it."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from website.imports.characters import LOST
from website.imports.report import ImportReport, Status, plain_number

_AROUND = 8
_MOST_LOST, _MOST_FIGURES = 20, 60


def in_words(report: ImportReport) -> str:
    """Return the report as lines of Chinese."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: ImportReport) -> Iterator[str]:
    yield f"== {report.file}"
    if report.status == Status.REFUSED:
        yield _("未导入：%(reason)s") % {"reason": report.reason}
        return
    yield (
        _("可以导入（只看结果，没有保存）。")
        if report.status == Status.READY
        else _("已存为草稿：%(url)s") % {"url": report.url}
    )
    yield _("标题：%(title)s") % {"title": report.title}
    yield _("编码：%(encoding)s") % {"encoding": report.encoding}
    yield from _outline(report)
    yield from _lost(report)
    yield from _removed(report)
    yield from _figures(report)
    for near in report.near_duplicates:
        yield _("与《%(title)s》相似 %(share)d%%：%(url)s") % {
            "title": near.title, "share": round(near.similarity * 100), "url": near.url
        }  # fmt: skip


def _outline(report: ImportReport) -> Iterator[str]:
    yield _("小标题 %(count)d 个：") % {"count": len(report.headings)} if report.headings else _("没有找到小标题。")
    yield from ("  " * (heading.level - 1) + heading.text for heading in report.headings)


def _lost(report: ImportReport) -> Iterator[str]:
    if not report.lost_characters:
        yield _("没有缺失的字。")
        return
    yield _("缺失 %(count)d 个字，正文里用 ▢ 标出，请对照原文补上：") % {"count": report.lost_characters}
    position, shown = 0, 0
    while (at := report.body.find(LOST, position)) >= 0 and shown < _MOST_LOST:
        position = at + _AROUND
        shown += 1
        yield "  …" + report.body[max(0, at - _AROUND) : position].replace("\n", " ") + "…"


def kinds() -> dict[str, str]:
    """Return what each kind of removal is called."""
    return {
        "pinyin": _("注音"),
        "byline": _("署名（已记入来源）"),
        "caption": _("图题"),
        "navigation": _("导航和页码"),
        "repeated": _("重复的页眉页脚"),
        "ad": _("广告"),
        "related": _("相关文章"),
        "qr": _("二维码说明"),
        "note": _("脚注（已记入来源）"),
        "picture": _("图片"),
        "unseen": _("看不见的字符"),
    }


def _removed(report: ImportReport) -> Iterator[str]:
    names = kinds()
    for kind, count in Counter(piece.kind for piece in report.removed).items():
        yield _("去掉了%(kind)s %(count)d 处") % {"kind": names.get(kind, kind), "count": count}


def _figures(report: ImportReport) -> Iterator[str]:
    yield _("数字 %(count)d 个：") % {"count": len(report.figures)} if report.figures else _("没有找到数字。")
    for figure in report.figures[:_MOST_FIGURES]:
        yield f"  {plain_number(figure.number):,} {figure.unit}  {figure.label}"
