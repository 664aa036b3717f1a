"""Why a file, an import or an undo is refused, in words fit to show."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class ListRefusedError(Exception):
    """Something that cannot be done with the list; nothing was written."""

    reason: StrOrPromise = _("这份表格无法导入。")

    def __init__(self, reason: StrOrPromise | None = None) -> None:
        super().__init__()
        self.reason = reason or self.reason

    def __str__(self) -> str:
        return str(self.reason)


class FileMissingError(ListRefusedError):
    reason = _("找不到这个文件，或没有读取它的权限。")


class FileEmptyError(ListRefusedError):
    reason = _("文件是空的。")


class FileTooLargeError(ListRefusedError):
    reason = _("文件太大了（超过 5 MB，或展开后超过 60 MB）。服务清单一般不到 1 MB，请只留下清单本身再试。")


class SheetTooLargeError(ListRefusedError):
    reason = _("表格太大了：最多 5000 行、256 列。请删掉多余的行和列再试。")


class NotASpreadsheetError(ListRefusedError):
    reason = _("这不是表格文件，或文件已经损坏。请用 .xlsx 或 .csv。")


class OldSpreadsheetError(ListRefusedError):
    reason = _("这是旧版或别的格式的表格。请在 Excel 或 WPS 里打开，另存为 .xlsx 再试。")


class ProtectedError(ListRefusedError):
    reason = _("表格设了打开密码，读不了。请在 Excel 或 WPS 里去掉密码再试。")


class EncodingUnknownError(ListRefusedError):
    reason = _("认不出文件的文字编码。请另存为 .xlsx，或“CSV UTF-8”再试。")


class HeadingsUnknownError(ListRefusedError):
    reason = _("没有找到表头。表头里至少要有“事项编号”和“服务名称”两列；可以先下载一份现有的清单照着填。")


class CellsBrokenError(ListRefusedError):
    """Formulas without a result: what the cell should say is not in the file."""

    def __init__(self, *, cells: list[str]) -> None:
        super().__init__(
            _("这些单元格里的公式没有结果或出错：%(cells)s。请在 Excel 里改好、保存后再试。")
            % {"cells": "、".join(cells[:10])}
        )


class IndexMissingError(ListRefusedError):
    reason = _("网站里还没有“便民服务”栏目，无处存放服务。请先建立这个栏目。")


class TextTooLongError(ListRefusedError):
    def __init__(self, *, code: str, heading: str) -> None:
        super().__init__(
            _("%(code)s 的“%(heading)s”太长，Excel 的一个格子放不下，请导出为 .csv。")
            % {"code": code, "heading": heading}
        )


class ListHasErrorsError(ListRefusedError):
    reason = _("表格里还有错误，一行也没有导入。")


class PageRefusedError(ListRefusedError):
    """A page that Wagtail or the page itself refuses to save."""

    def __init__(self, *, code: str, reasons: list[str]) -> None:
        super().__init__(
            _("%(code)s 不能保存：%(reasons)s一行也没有导入。") % {"code": code, "reasons": " ".join(reasons)}
        )


class ListChangedError(ListRefusedError):
    reason = _("您查看之后，网站上的清单有了变动。下面是新的差异，请再看一遍。")


class RunFinishedError(ListRefusedError):
    reason = _("这次导入已经结束，不能再操作。")


class NothingToUndoError(ListRefusedError):
    reason = _("这次导入没有可以撤销的：页面都在之后改过了。")
