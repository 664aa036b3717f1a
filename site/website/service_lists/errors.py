"""Why an import or an undo is refused, in words fit to show."""

from django.utils.translation import gettext_lazy as _

from webui.sheets import SheetRefusedError


class ListRefusedError(SheetRefusedError):
    """Something that cannot be done with the list; nothing was written."""


class HeadingsUnknownError(ListRefusedError):
    reason = _("没有找到表头。表头里至少要有“事项编号”和“服务名称”两列；可以先下载一份现有的清单照着填。")


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
