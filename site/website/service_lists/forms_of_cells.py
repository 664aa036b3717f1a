"""What a cell of each kind says, in one form: a code, a day, a channel, however it was typed."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeVar

from django.utils.translation import gettext as _

from website.services.enums import Channel, ProviderKind, ServiceStatus
from webui.sheets.texts import half_width, one_line, plain

BETWEEN = "、"
_SEPARATORS = re.compile(r"[\n、，,;；/|]+")
_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?"
)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_SERIAL_EPOCH = date(1899, 12, 30)
_VISITS = re.compile(r"(\d{1,3})\s*次?")

Choice = TypeVar("Choice", ServiceStatus, Channel, ProviderKind)

_STATUSES = {
    ServiceStatus.OPEN: ("正常", "在办", "开放", "正常办理", "可办"),
    ServiceStatus.CHANGED: ("有变动", "变动", "变更", "调整"),
    ServiceStatus.PAUSED: ("暂停", "暂停办理", "停一阵"),
    ServiceStatus.CLOSED: ("停办", "关闭", "取消", "已取消", "停止", "停止办理", "注销"),
}
_CHANNELS = {
    Channel.COUNTER: ("到窗口", "窗口", "现场", "线下", "窗口办理", "现场办理", "到场", "线下办理"),
    Channel.PHONE: ("打电话", "电话", "电话办理"),
    Channel.ONLINE: ("网上办", "网上", "线上", "网办", "网上办理", "在线", "在线办理", "线上办理", "小程序", "微信"),
    Channel.HOME_VISIT: ("上门", "上门服务", "上门办理", "入户"),
}
_PROVIDERS = {
    ProviderKind.GOVERNMENT: ("政府部门", "政府", "部门"),
    ProviderKind.COMMUNITY: ("社区",),
    ProviderKind.UNIT: ("共建单位", "单位"),
    ProviderKind.BUSINESS: ("商户", "企业", "商家"),
    ProviderKind.VOLUNTEERS: ("志愿队伍", "志愿者", "志愿服务队", "志愿"),
}


def text_line(cell: str) -> str:
    return one_line(cell)


def text_block(cell: str) -> str:
    """Return lines without space around them and without empty ones among them."""
    return "\n".join(line for line in map(str.strip, plain(cell).split("\n")) if line)


def code(cell: str) -> str:
    return _number_like(cell)


def phone(cell: str) -> str:
    return _number_like(cell)


def day(cell: str) -> str:
    """Return a date as 2026-11-02, from any way to write one, or from the number a spreadsheet keeps for it."""
    said = half_width(cell)
    if not said:
        return ""
    if _SERIAL.fullmatch(said):
        return (_SERIAL_EPOCH + timedelta(days=int(float(said)))).isoformat()
    found = _DAY.fullmatch(said) or _DIGITS.fullmatch(said)
    try:
        if found:
            return date(*map(int, found.groups())).isoformat()
    except ValueError:
        pass  # such as the 31st of February
    raise ValueError(_("“%(cell)s”不是日期，请写成 2026-11-02 这样。") % {"cell": said})


def whole_number(cell: str) -> str:
    said = half_width(cell)
    found = _VISITS.fullmatch(said)
    if said and not found:
        raise ValueError(_("“%(cell)s”不是整数，请只写数字，如 1。") % {"cell": said})
    return str(int(found[1])) if found else ""


def names(cell: str) -> str:
    return BETWEEN.join(sorted(set(parts(cell))))


def channels(cell: str) -> str:
    """Return the ways to get a service by their labels, in one order."""
    found = {_choice(_CHANNELS, part) for part in parts(cell)}
    return BETWEEN.join(str(channel.label) for channel in Channel if channel in found)


def status(cell: str) -> str:
    return str(_choice(_STATUSES, one_line(cell)).label) if one_line(cell) else str(ServiceStatus.OPEN.label)


def provider_kind(cell: str) -> str:
    return str(_choice(_PROVIDERS, one_line(cell)).label) if one_line(cell) else ""


def parts(cell: str) -> Iterable[str]:
    return [part for part in map(str.strip, _SEPARATORS.split(plain(cell))) if part]


def _number_like(cell: str) -> str:
    said = half_width(cell)
    if _EXPONENT.fullmatch(said):
        raise ValueError(
            _("“%(cell)s”被表格软件改成了科学计数法，后面的数字已经丢了。请把这一列设为文本，重新填写。")
            % {"cell": said}
        )
    return said.removesuffix(".0") if said.removesuffix(".0").isdecimal() and len(said) > 9 else said


def _choice(known: dict[Choice, tuple[str, ...]], said: str) -> Choice:
    wanted = half_width(said).lower()
    for choice, words in known.items():
        if wanted in words or wanted in (choice.value, str(choice.label).lower()):
            return choice
    labels = BETWEEN.join(str(choice.label) for choice in known)
    raise ValueError(_("不认识“%(cell)s”，可以填：%(known)s。") % {"cell": said, "known": labels})
