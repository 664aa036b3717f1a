"""What a web page leaves around an article: bylines, captions, navigation, lists of other articles, QR captions."""

import re
from collections import Counter
from collections.abc import Container, Iterable
from typing import NamedTuple

from website.imports.lines import Kind, Line, as_line
from website.imports.report import Removed

_LONGEST = 60
_BYLINE = re.compile(
    r"(?:◎|(?:文|图|摄影|撰文|整理)[/／]|"
    r"(?:作者|来源|稿源|信息来源|文章来源|供稿|供稿单位|撰稿|编辑|责编|责任编辑|通讯员|记者|本报记者|审核|校对|供图"
    r"|发布时间|发布日期|发表时间|更新时间|时间|日期)[：: ]).*"
    r"|(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?: ?\d\d?:\d\d(?::\d\d)?)?"
)
_CAPTION = re.compile(r"(?:图|表|图表)\s?[\d一二三四五六七八九十]{1,3}[：:、. ]?.*")
_NAVIGATION = re.compile(
    r"(?:首页|网站首页|返回首页|当前位置|您的位置|您现在的位置|上一[篇页条]|下一[篇页条]|返回|返回顶部|回到顶部|返回列表"
    r"|打印|打印本页|关闭|关闭窗口|关闭本页|收藏|分享|分享到|字号|字体|阅读量|阅读次数|浏览量|浏览次数|点击量|点击数|点击率"
    r"|版权所有|技术支持|主办单位|承办单位|网站地图|联系我们|关于我们|登录|注册|展开全文|查看更多|更多|免责声明|原文链接"
    r"|网友评论|发表评论|Copyright|©|\S{0,4}ICP备|\S{0,4}公网安备)(?:[：: >》|\]】（(©\d].*)?",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"[-—– ]*\d{1,3}[-—– ]*|第\s?\d+\s?页(?:[ ，/共]*\d+\s?页)?")
_RELATED = re.compile(
    r"[【\[]?(?:(?:热点|热门|相关|最新|推荐)(?:文章|阅读|链接|新闻|推荐)|延伸阅读|猜你喜欢|编辑推荐|精彩推荐)"
    r"[】\]]?(?:[：: ].*)?"
)
_QR = re.compile(
    r".*(?:扫一扫|扫码(?:关注|阅读|加入|看)|扫描?.{0,8}二维码|识别.{0,8}二维码|长按.{0,6}码|关注.{0,12}公众号).*|.{0,12}公众号(?:二维码)?"
)
_AD = re.compile(
    r"[【\[（(]?(?:广告|推广|赞助内容|点击(?:下载|安装|领取|购买).*|下载(?:客户端|APP).*|打开APP.*)[】\]）)]?",
    re.IGNORECASE,
)
_LONGEST_REPEATED, _TIMES_REPEATED = 40, 3
_SENTENCE_END = re.compile(r"[。！？；…][”’）]?$")
_KINDS = (
    ("qr", _QR),
    ("byline", _BYLINE),
    ("caption", _CAPTION),
    ("navigation", _NAVIGATION),
    ("navigation", _PAGE_NUMBER),
    ("ad", _AD),
)


class Sifted(NamedTuple):
    lines: list[str]
    removed: list[Removed]


def sift(lines: Iterable[str], restored: Container[str] = frozenset()) -> Sifted:
    """Part the article's lines from what stood around it; empty lines go, and ``restored`` keys stay."""
    written = [as_line(line) for line in lines if line]
    repeated = _repeated(written)
    kept: list[str] = []
    removed: list[Removed] = []
    among_related = False
    for line in written:
        kind = _kind_by_role(line) or kind_of(line)
        among_related = kind == "related" or (among_related and _is_link(line))
        kind = "related" if among_related else kind or ("repeated" if line in repeated and kept else "")
        if kind and not (line.key and line.key in restored):
            removed.append(Removed(kind, str(line), line.key))
        else:
            kept.append(line)
    return Sifted(kept, removed)


def kind_of(line: str) -> str:
    """Return what kind of debris a line is, or an empty string for a line of the article."""
    if len(line) > _LONGEST or _SENTENCE_END.search(line):
        return ""
    if _RELATED.fullmatch(line):
        return "related"
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(line)), "")


def _kind_by_role(line: Line) -> str:
    if line.role.kind is Kind.AROUND:
        return kind_of(line) or "navigation"
    return {Kind.NOTE: "note", Kind.PICTURE: "picture"}.get(line.role.kind, "")


def _repeated(lines: list[Line]) -> set[str]:
    """Return the running headers and footers: short lines that come back three times, numbered ones aside."""
    times = Counter(str(line) for line in lines if line.role.kind is Kind.TEXT)
    return {
        text
        for text, count in times.items()
        if count >= _TIMES_REPEATED and len(text) <= _LONGEST_REPEATED and not _SENTENCE_END.search(text)
    }


def _is_link(line: Line) -> bool:
    is_plain = line.role.kind in {Kind.TEXT, Kind.ITEM, Kind.AROUND}
    return is_plain and len(line) <= _LONGEST and not _SENTENCE_END.search(line)
