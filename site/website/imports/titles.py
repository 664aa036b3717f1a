"""What an imported document is called."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from django.utils.translation import gettext as _

from website.imports.characters import HAN, simplify
from website.imports.lines import Kind, as_line

LONGEST = 60
_SHORTEST = 5
_SECTION = re.compile(
    r"(?:[一二三四五六七八九十]+、)?(?:案例|项目|工作|主要|基本|具体|实施|活动|经验|典型|几点)*"
    r"(?:背景|做法|举措|措施|成效|效果|成果|启示|思考|体会|思考与启示|经验与启示|启示与思考|前言|引言|导语|摘要|概况|概述|简介"
    r"|情况|目录|正文|结语|结论|附件|背景与起因|动因|问题|下一步打算)"
)
_MARKED = re.compile(r"\d{1,2}[.．、]|[一二三四五六七八九十]+[、是]|（|第.{1,3}[章节部]|[•·●▪■◆\-*]")
_SENTENCE = re.compile(r"[。！？；]")
_SEPARATORS = re.compile(r"[_\-\s.]+")
_SITE_NAME = re.compile(r"(?:\s*[_|｜]|\s+[-–—]\s+|--|——).{1,40}$")
_MAY_BE_TITLE = frozenset({Kind.TEXT, Kind.HEADING})
_HAS_HAN = re.compile(HAN)


def take_title(lines: Sequence[str], file_name: str, *, named: str = "") -> tuple[str, list[str]]:
    """Return the title and the lines without it.

    The document's own title is its first line, if that is short and more than the name of a section, or what the page
    says it is ``named``. Failing that the file's name stands in, marked as waiting for an editor: nothing is made up.
    """
    written = [line for line in lines if line]
    if len(written) > 1 and _is_title(written[0]) and as_line(written[0]).role.kind in _MAY_BE_TITLE:
        return str(written[0]), written[1:]
    own = _SITE_NAME.sub("", named).strip()
    if own and _is_title(own):
        return own, [line for line in written if line != own]
    stem = _SEPARATORS.sub(" ", PurePath(file_name).stem).strip()
    if _HAS_HAN.search(stem):
        return simplify(stem)[:LONGEST], written
    return _("（标题待定）%(name)s") % {"name": stem[:LONGEST]}, written


def _is_title(line: str) -> bool:
    if not _SHORTEST <= len(line) <= LONGEST or not _HAS_HAN.search(line):
        return False
    return not (
        _SECTION.fullmatch(line) or _MARKED.match(line) or _SENTENCE.search(line) or line.endswith(("，", "：", "、"))
    )
