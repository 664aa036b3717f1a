"""What a picture says to those who cannot see it."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from website.editing.checks.remarks import Remark
from website.editing.enums import Weight
from website.editing.reading import Reading, Shown

FILE_NAME = re.compile(
    r".*\.(?:avif|gif|jpe?g|png|svg|webp)|(?:IMG|DSCN?|PXL|mmexport|微信图片|屏幕截图|截屏|截图|Screenshot|image|图片)[\s_-]*[\d_-]*",
    re.IGNORECASE,
)
# Guesses, no more: what is called so, or has the shape of a sheet of paper, often is a picture of words.
CALLED_WRITING = re.compile(
    r"海报|通知|公告|公示|截图|截屏|扫描|文件|表格|流程图|宣传单|宣传页|折页|名单|公开栏|展板|红头|证书|清单|二维码|poster|scan|screenshot",
    re.IGNORECASE,
)
A4, TOLERANCE, SMALLEST_SHEET = 2**0.5, 0.02, 900


def without_words(reading: Reading) -> Iterator[Remark]:
    for picture in reading.pictures:
        if picture.is_decorative:
            continue
        if not picture.alt.strip():
            message = _("图片“%(title)s”没有说明。看不见图的人，靠这句话知道图里有什么。")
            yield Remark("no-alt", message % {"title": picture.title}, picture.path)
        elif FILE_NAME.fullmatch(picture.alt.strip()):
            message = _("图片说明“%(alt)s”像文件名。请写图里有什么，如“老人在食堂吃午饭”。")
            yield Remark("alt-is-file-name", message % {"alt": picture.alt}, picture.path)


def writing(reading: Reading) -> Iterator[Remark]:
    """Guess which pictures are pictures of words."""
    for picture in reading.pictures:
        if CALLED_WRITING.search(f"{picture.title} {picture.alt}") or _looks_like_a_sheet(picture):
            message = _("“%(title)s”里有字吗？有的话，请把字也写进正文：图里的字搜不到，放不大，也读不出来。")
            yield Remark("writing-in-picture", message % {"title": picture.title}, picture.path, Weight.SUGGESTS)


def _looks_like_a_sheet(picture: Shown) -> bool:
    if picture.width < SMALLEST_SHEET or picture.height <= picture.width:
        return False
    return abs(picture.height / picture.width - A4) < TOLERANCE
