"""What a cell says: a phone in the one form we keep, a name, a plain text. The usual case is decided by one pattern."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import phonenumbers
from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from portal.rosters.enums import Field

LONGEST_NAME = 60
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9][0-9]{9})")
_FLOAT = re.compile(r"([0-9]+)\.0*")
_POWER = re.compile(r"[0-9](?:\.[0-9]*)?[eE]\+?[0-9]{1,2}")
_FILLERS = re.compile(r"[\s\-–—‐‑()\[\].·'’`]+")
_PLAIN_NAME = re.compile(r"[\u4e00-\u9fff]{2,20}(?:·[\u4e00-\u9fff]{1,20})*")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_ESCAPED = re.compile(r'="(.*)"|\'([=+\-@\t\r0-9].*)', re.DOTALL)
IDENTITY_NUMBER = re.compile(
    r"(?<![0-9])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9A-Za-z])"
)
IDENTITY_ERASED = "（身份证号）"


class CellError(Exception):
    """A cell that cannot be taken; its message is fit to show and never repeats the cell."""

    def __init__(self, field: Field, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


def said(cell: Any) -> str:
    """Return what a cell says as a person would type it, in one line."""
    if isinstance(cell, str):
        text = cell
        if text[:1] in {"=", "'"} and (found := _ESCAPED.fullmatch(text)):
            text = found[1] if found[1] is not None else found[2]
    elif isinstance(cell, bool):
        text = "是" if cell else "否"
    elif isinstance(cell, float):
        text = str(int(cell)) if cell.is_integer() else repr(cell)
    elif isinstance(cell, datetime):
        text = cell.date().isoformat()
    elif isinstance(cell, date):
        text = cell.isoformat()
    else:
        text = str(cell)
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def phone_in(cell: Any) -> str:
    """Return the phone as ``+8613800000000``.

    Raises:
        CellError: there is none, it is none, or no text message reaches it.
    """
    if isinstance(cell, float) and cell.is_integer():
        cell = str(int(cell))
    if isinstance(cell, str) and (found := _MOBILE.fullmatch(cell)):
        return f"+86{found[1]}"
    return _unusual_phone(unicodedata.normalize("NFKC", said(cell)))


def _unusual_phone(text: str) -> str:
    if not text:
        raise CellError(Field.PHONE, _("手机号没有填。"))
    if _POWER.fullmatch(text):
        text = _from_power(text)
    text = _FLOAT.sub(r"\1", text) if _FLOAT.fullmatch(text) else text
    text = _FILLERS.sub("", text)
    digits = text.removeprefix("00") if text.startswith("0086") else text
    if found := _MOBILE.fullmatch(digits):
        return f"+86{found[1]}"
    return _foreign_phone(digits)


def _foreign_phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "CN")
    except NumberParseException as error:
        raise CellError(Field.PHONE, _("这不是手机号。应为 11 位数字，如 13800000000。")) from error
    if not phonenumbers.is_valid_number(number):
        raise CellError(Field.PHONE, _("手机号不对，请核对位数。应为 11 位数字，如 13800000000。"))
    if phonenumbers.number_type(number) not in {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}:
        raise CellError(Field.PHONE, _("这是固定电话，收不到短信验证码。请填本人的手机号。"))
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _from_power(text: str) -> str:
    """Return the number written as ``1.3812345678E+10``; one whose last digits are lost is nobody's number."""
    digits = text.upper().partition("E")[0].replace(".", "")
    try:
        number = int(Decimal(text))
    except (InvalidOperation, ValueError) as error:
        raise CellError(Field.PHONE, _("这不是手机号。应为 11 位数字，如 13800000000。")) from error
    if len(digits) < len(str(number)):
        raise CellError(
            Field.PHONE, _("表格把号码存成了科学记数，后几位已经丢失。请把这一列设为“文本”，重新填写号码。")
        )
    return str(number)


def name_in(cell: Any) -> str:
    """Return the name, without spaces between Chinese characters.

    Raises:
        CellError: there is none, or it cannot be one.
    """
    if isinstance(cell, str) and _PLAIN_NAME.fullmatch(cell):
        return cell
    name = _BETWEEN_HAN.sub("", unicodedata.normalize("NFKC", said(cell)))
    if not name:
        raise CellError(Field.NAME, _("姓名没有填。"))
    if len(name) > LONGEST_NAME:
        raise CellError(Field.NAME, _("姓名太长，最多 60 个字。"))
    if sum(letter.isdigit() for letter in name) > 3 or not any(letter.isalpha() for letter in name):
        raise CellError(Field.NAME, _("这不像姓名，是不是填错了列？"))
    return name


def text_in(cell: Any, field: Field, longest: int) -> str:
    """Return a short text.

    Raises:
        CellError: it is too long, or holds an identity number.
    """
    text = cell if isinstance(cell, str) and cell.isprintable() and cell[:1] not in {"=", "'", " "} else said(cell)
    if len(text) >= 6 and (text == IDENTITY_ERASED or (len(text) >= 18 and IDENTITY_NUMBER.search(text))):
        raise CellError(field, _("这里像是身份证号。名册不收身份证号，请删掉。"))
    if len(text) > longest:
        raise CellError(field, _("太长了，最多 %(most)d 个字。") % {"most": longest})
    return text.strip()
