"""Why a roster, or a change to one, is refused."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class RosterError(Exception):
    """A refusal; its text is fit to show. Nothing was written."""

    message: StrOrPromise = _("暂时不能这样做。")

    def __init__(self, message: StrOrPromise | None = None) -> None:
        super().__init__()
        self.message = message or self.message

    def __str__(self) -> str:
        return str(self.message)


class FileRefusedError(RosterError):
    message = _("这不是表格文件，或文件已经损坏。请用 .xlsx 或 .csv。")


class FileEmptyError(FileRefusedError):
    message = _("文件是空的。")


class FileTooLargeError(FileRefusedError):
    message = _("文件太大了。请只留下名册本身；一次最多 1048576 行、256 列，超过 26 列的表最多 65536 行。")


class OldSpreadsheetError(FileRefusedError):
    message = _("这是旧版、带密码或别的格式的表格。请在 Excel 或 WPS 里打开，另存为 .xlsx 再试。")


class EncodingUnknownError(FileRefusedError):
    message = _("认不出文件的文字编码。请另存为 .xlsx，或“CSV UTF-8”再试。")


class HeadingsUnknownError(FileRefusedError):
    message = _("没有认出表头。表头里至少要有“姓名”和“手机号”两列。")


class RowsWrongError(RosterError):
    message = _("有些行还有错误。请改好再上传，或选择“导入没有错误的行”。")


class NotCompleteError(RosterError):
    message = _("有些行还有错误，不能当作完整名册：出错的人会被误当成离开。请先改好错误，或不选“文件是完整名册”。")


class RosterChangedError(RosterError):
    message = _("您查看之后，名册有了变动。下面是新的数目，请再看一遍。")


class ImportFinishedError(RosterError):
    message = _("这次导入已经结束，不能再操作。")


class PhoneTakenError(RosterError):
    message = _("名册上已经有这个手机号。")


class MetAlreadyError(RosterError):
    message = _("本人已经登录过，手机号由本人自己更改。")


class AsksThemselvesError(RosterError):
    message = _("本人已经登录过，请本人在“请假”里申请免予报到。")


class ExemptionDaysError(RosterError):
    message = _("日期要在今天以后、一年以内。")


class UnitEndedError(RosterError):
    message = _("这个单位已经停用，名册不再改动。")


class EntryLeftError(RosterError):
    message = _("这个人已经移出名册。")
