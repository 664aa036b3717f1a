"""Why a file is refused, in words fit to show."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from webui.sheets.limits import LIST, Limits


class SheetRefusedError(Exception):
    """A table that cannot be used; nothing was written."""

    reason: StrOrPromise = _("这份表格无法导入。")

    def __init__(self, reason: StrOrPromise | None = None) -> None:
        super().__init__()
        self.reason = reason or self.reason

    def __str__(self) -> str:
        return str(self.reason)


class FileMissingError(SheetRefusedError):
    reason = _("找不到这个文件，或没有读取它的权限。")


class FileEmptyError(SheetRefusedError):
    reason = _("文件是空的。")


class FileTooLargeError(SheetRefusedError):
    def __init__(self, limits: Limits = LIST) -> None:
        super().__init__(
            _("文件太大了（超过 %(packed)s MB，或展开后超过 %(unpacked)s MB）。请只留下要导入的表再试。")
            % {"packed": limits.bytes >> 20, "unpacked": limits.unpacked_bytes >> 20}
        )


class SheetTooLargeError(SheetRefusedError):
    def __init__(self, limits: Limits = LIST) -> None:
        super().__init__(
            _("表格太大了：最多 %(rows)s 行、%(columns)s 列。请删掉多余的行和列再试。")
            % {"rows": limits.rows, "columns": limits.columns}
        )


class NotASpreadsheetError(SheetRefusedError):
    reason = _("这不是表格文件，或文件已经损坏。请用 .xlsx 或 .csv。")


class OldSpreadsheetError(SheetRefusedError):
    reason = _("这是旧版或别的格式的表格。请在 Excel 或 WPS 里打开，另存为 .xlsx 再试。")


class ProtectedError(SheetRefusedError):
    reason = _("表格设了打开密码，读不了。请在 Excel 或 WPS 里去掉密码再试。")


class EncodingUnknownError(SheetRefusedError):
    reason = _("认不出文件的文字编码。请另存为 .xlsx，或“CSV UTF-8”再试。")


class CellsBrokenError(SheetRefusedError):
    """Formulas without a result: what the cell should say is not in the file."""

    def __init__(self, *, cells: list[str]) -> None:
        super().__init__(
            _("这些单元格里的公式没有结果或出错：%(cells)s。请在 Excel 里改好、保存后再试。")
            % {"cells": "、".join(cells[:10])}
        )
