"""Words: links that say nothing, two ways of writing in one text, what was lost or left over."""

import re
from collections.abc import Iterator
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from opencc import OpenCC

from website.editing.checks.remarks import Remark
from website.editing.enums import PieceKind, Weight
from website.editing.reading import Piece, Reading

LOST = "▢"
SAYS_NOTHING = re.compile(
    r"(?:请?(?:点击|点|按|戳)?(?:这里|这儿|此处|此|链接)|点击|更多|查看|(?:点击)?查看(?:更多|详情|全文)?|了解更多|详情|全文|链接"
    r"|阅读(?:更多|全文)|click(?: here)?|here|(?:read |learn )?more|link)[>»…。.!！\s]*",
    re.IGNORECASE,
)
BARE_ADDRESS = re.compile(r"https?://\S+")
QUOTED = re.compile(r"“[^”]*”|「[^」]*」|『[^』]*』|《[^》]*》")
LEFT_OVER = re.compile(r"〔[^〕]*〕")
# Written alike in both, or kept in simplified writing for some words: 著名, 乾隆, 瞭望, 慰藉, 伍角 and the like.
IN_BOTH = frozenset("著乾瞭藉麼夥徵覆鍾甚后里面干斗谷丰表余云系卜姜范才几朴冲复曲松")
A_FEW = 3
SHOWN_AT_MOST = 8


def links(reading: Reading) -> Iterator[Remark]:
    for piece in reading.pieces:
        for text in piece.links:
            if not text or SAYS_NOTHING.fullmatch(text):
                message = _("链接文字“%(text)s”离开上下文就看不懂。请写明点开是什么，如“助餐点名单”。")
                yield Remark("link-text", message % {"text": text}, piece.path)
            elif BARE_ADDRESS.fullmatch(text):
                yield Remark("bare-address", _("链接显示的是一串网址，请换成它的名称。"), piece.path, Weight.SUGGESTS)


def two_writings(reading: Reading) -> Iterator[Remark]:
    """Remark on simplified and traditional writing in one text. Quotations may be as they are."""
    if not reading.language.startswith("zh"):
        return
    pieces = [Piece("title", reading.title), *(each for each in reading.pieces if each.kind != PieceKind.QUOTE)]
    texts = [(piece, QUOTED.sub("", piece.text)) for piece in pieces]
    is_simplified = reading.language != "zh-hant"
    strange = _only_traditional if is_simplified else _only_simplified
    usual = _only_simplified if is_simplified else _only_traditional
    if sum(usual(character) for _piece, text in texts for character in text) < A_FEW:
        return
    for piece, text in texts:
        if found := dict.fromkeys(character for character in text if strange(character)):
            name = _("繁体字") if is_simplified else _("简体字")
            shown = "".join(list(found)[:SHOWN_AT_MOST])
            yield Remark(
                "two-writings", _("夹着%(kind)s：%(characters)s") % {"kind": name, "characters": shown}, piece.path
            )


def lost_characters(reading: Reading) -> Iterator[Remark]:
    for piece in [Piece("title", reading.title), *reading.pieces]:
        if count := piece.text.count(LOST):
            message = ngettext("还有 %(count)d 个字没有找回（▢）。", "还有 %(count)d 个字没有找回（▢）。", count)
            yield Remark("lost-characters", message % {"count": count}, piece.path)


def left_over(reading: Reading) -> Iterator[Remark]:
    """Remark, once, on the words of a page's skeleton that nobody has replaced."""
    found = [piece for piece in reading.pieces if LEFT_OVER.search(piece.text)]
    if found:
        message = ngettext(
            "还有 %(count)d 处是开头给的提示〔…〕，请换成自己的话，或者删掉。",
            "还有 %(count)d 处是开头给的提示〔…〕，请换成自己的话，或者删掉。",
            len(found),
        )
        yield Remark("left-over", message % {"count": len(found)}, found[0].path)


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


@cache
def _only_traditional(character: str) -> bool:
    is_han = "\u4e00" <= character <= "\u9fff"
    return is_han and character not in IN_BOTH and _to_simplified().convert(character) != character


@cache
def _only_simplified(character: str) -> bool:
    is_han = "\u4e00" <= character <= "\u9fff"
    return (
        is_han
        and character not in IN_BOTH
        and not _only_traditional(character)
        and _to_traditional().convert(character) != character
    )
