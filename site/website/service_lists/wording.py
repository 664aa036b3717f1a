"""The differences in words, for a terminal."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from website.service_lists.columns import in_words as field_in_words
from website.service_lists.differences import Differences


def in_words(differences: Differences, *, done: bool, closes_gone: bool) -> str:
    return "\n".join(_lines(differences, done=done, closes_gone=closes_gone))


def _lines(differences: Differences, *, done: bool, closes_gone: bool) -> Iterator[str]:
    for problem in differences.problems:
        where = f"{problem.sheet} " if problem.sheet else ""
        yield _("错误：%(where)s第 %(row)s 行，%(column)s：%(message)s") % {
            "where": where,
            "row": problem.row,
            "column": problem.column,
            "message": problem.message,
        }
    for name in differences.new_categories:
        yield _("新建类别：%(name)s") % {"name": name}
    for step in differences.new:
        yield _("新增：%(code)s %(title)s") % {"code": step.code, "title": differences.titles.get(step.code, "")}
    for step in differences.changed:
        for change in step.changes:
            yield _("修改：%(code)s %(field)s：%(before)s → %(after)s") % {
                "code": step.code,
                "field": field_in_words(change.field),
                "before": _short(change.before),
                "after": _short(change.after),
            }
    gone = _("停办（表里没有）：%(code)s %(title)s") if closes_gone else _("表里没有，保持不动：%(code)s %(title)s")
    for listed in differences.gone:
        yield gone % {"code": listed.code, "title": listed.page.title}
    yield _("新增 %(new)d，修改 %(changed)d，表里没有 %(gone)d，不变 %(unchanged)d，错误 %(errors)d。") % {
        "new": len(differences.new),
        "changed": len(differences.changed),
        "gone": len(differences.gone),
        "unchanged": differences.unchanged,
        "errors": len(differences.problems),
    }
    yield _("已导入。") if done else _("什么也没有改。")


def _short(text: str) -> str:
    """Return a text on one line; an empty one as such."""
    one_line = " / ".join(text.split("\n"))
    return (f"{one_line[:60]}…" if len(one_line) > 60 else one_line) or _("（空）")
