from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Field(TextChoices):
    """What a roster says of a person. Identity numbers are no part of it."""

    NAME = "name", _("姓名")
    PHONE = "phone", _("手机号")
    EMPLOYEE_NUMBER = "employee_number", _("工号")
    BRANCH = "branch", _("党支部")
    NOTE = "note", _("备注")
    UNIT = "unit", _("单位编码")


OPTIONAL = (Field.EMPLOYEE_NUMBER, Field.BRANCH, Field.NOTE)


class ImportState(TextChoices):
    CHECKING = "checking", _("正在核对")
    READY = "ready", _("等您确认")
    WRITING = "writing", _("正在写入")
    DONE = "done", _("已导入")
    UNDONE = "undone", _("已撤销")
    FAILED = "failed", _("没有完成")
    DISCARDED = "discarded", _("已放弃")


_S = ImportState
MOVES: Mapping[str, frozenset[str]] = {
    _S.CHECKING: frozenset({_S.READY, _S.FAILED, _S.DISCARDED}),
    _S.READY: frozenset({_S.CHECKING, _S.WRITING, _S.DISCARDED}),
    _S.WRITING: frozenset({_S.DONE, _S.READY, _S.FAILED}),
    _S.FAILED: frozenset({_S.CHECKING, _S.DISCARDED}),
    _S.DONE: frozenset({_S.UNDONE}),
    _S.UNDONE: frozenset(),
    _S.DISCARDED: frozenset(),
}


class ChangeKind(TextChoices):
    """What an import did to a row that was there before."""

    CHANGED = "changed", _("改动")
    LEFT = "left", _("移出")


class Listing(TextChoices):
    """Which part of a roster is shown."""

    ALL = "all", _("全部")
    MET = "met", _("已登录")
    AWAITED = "awaited", _("未登录")
    LEFT = "left", _("已移出")
