"""Numbers, addresses and names that belong to somebody: they are looked for before the world can read them."""

import re
import unicodedata
from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from website.editing.checks.remarks import Remark
from website.editing.enums import Weight
from website.editing.reading import Piece, Reading
from webui.identity import IDENTITY, is_identity_number

# Fields that ask for a number to call, or a place to go to: what stands there is meant for the public.
PUBLIC_PHONE_FIELDS = re.compile(r"(?:^|[._])(?:phone|hotline|contact)")
PUBLIC_PLACE_FIELDS = re.compile(r"^(?:place|address|where)")

_NOT_WITHIN_A_NUMBER = r"(?<![\d.])"
MOBILE = re.compile(rf"{_NOT_WITHIN_A_NUMBER}(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{{4}}[- ]?\d{{4}})(?![\d.]\d|\d)")
HOME = re.compile(r"\d+\s*(?:号楼|栋|幢|座)\s*\d+\s*单元\s*\d+\s*(?:室|号|户)?|\d+\s*单元\s*\d{3,4}\s*(?:室|号|户)")

SHORTEST_NAME = 2


def identity_numbers(reading: Reading) -> Iterator[Remark]:
    for piece in _with_title(reading):
        for found in IDENTITY.findall(_folded(piece.text)):
            yield _identity_number(found, piece.path)


def mobile_numbers(reading: Reading) -> Iterator[Remark]:
    for piece in _with_title(reading):
        if PUBLIC_PHONE_FIELDS.search(piece.path):
            continue
        for found in MOBILE.findall(IDENTITY.sub("", _folded(piece.text))):
            digits = re.sub(r"\D", "", found)
            message = _("有手机号 %(number)s。如果是个人的，请删掉；公开的咨询电话请填在“电话”一栏。")
            yield Remark("phone", message % {"number": f"{digits[:3]}****{digits[-4:]}"}, piece.path)


def home_addresses(reading: Reading) -> Iterator[Remark]:
    for piece in _with_title(reading):
        if not PUBLIC_PLACE_FIELDS.match(piece.path) and HOME.search(_folded(piece.text)):
            message = _("写到了几单元几室，像是住户的家。写到小区或楼栋就够了。")
            yield Remark("home-address", message, piece.path)


def named_without_consent(reading: Reading, *, names: Collection[str]) -> Iterator[Remark]:
    """Remark on each of ``names``, people who have not consented to be shown, that the text mentions."""
    for piece in _with_title(reading):
        for name in names:
            if len(name) >= SHORTEST_NAME and name in piece.text:
                message = _("提到了 %(name)s，这个人还没有公开同意书。写进来以前，请先征得同意，或者不写全名。")
                yield Remark("no-consent", message % {"name": name}, piece.path)


def _identity_number(found: str, path: str) -> Remark:
    shown = {"number": f"{found[:3]}…{found[-2:]}"}
    if is_identity_number(found):
        message = _("有身份证号 %(number)s。身份证号不能公开，请删掉。")
        return Remark("identity-number", message % shown, path, Weight.REFUSES)
    return Remark("identity-number-like", _("有一串数字像身份证号：%(number)s。") % shown, path)


def _with_title(reading: Reading) -> tuple[Piece, ...]:
    return (Piece("title", reading.title), *reading.pieces)


def _folded(text: str) -> str:
    """Bring full-width digits to plain ones."""
    return unicodedata.normalize("NFKC", text)
