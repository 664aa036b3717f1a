"""Why a change to places or posts is refused, in words fit to show."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class OrganisationError(Exception):
    """A refusal; its ``message`` is fit to show."""

    message: StrOrPromise = _("暂时不能这样做。")

    def __init__(self, message: StrOrPromise | None = None) -> None:
        super().__init__()
        self.message = message or self.message

    def __str__(self) -> str:
        return str(self.message)


class WrongPlaceError(OrganisationError):
    message = _("这项职责不能任在这里：社区工作者、上级主管、网格员和兼职委员任在区域，单位联络员任在单位。")


class PostOverlapsError(OrganisationError):
    message = _("这个人在这里已经有同样的职责。")


class NeverDeletedError(OrganisationError):
    message = _("组织只能停用，不能删除：以前的记录还要用到它。")


class PlaceEndedError(OrganisationError):
    message = _("这里已经停用，不能再改。")


class PlaceOutOfReachError(OrganisationError):
    message = _("这里不在您负责的范围内。")


class DatesCrossedError(OrganisationError):
    message = _("结束的日期不能早于开始的日期。")


class PersonUnavailableError(OrganisationError):
    message = _("这个账号已经停用，不能任职。")


class CannotDelegateError(OrganisationError):
    message = _("只有本人正式担任、今天仍有效的职责可以委托，受托的职责不能再委托。")


class DelegateToSelfError(OrganisationError):
    message = _("不能委托给自己。")


class DelegationOutsidePostError(OrganisationError):
    message = _("委托要从今天或以后开始，有结束日期，并且不超出您自己的任期。")


class CodeTakenError(OrganisationError):
    message = _("这个编码已经有了，请换一个。")


class CreditCodeTakenError(OrganisationError):
    message = _("这个统一社会信用代码已经登记在别的单位。")


class KindBelowError(OrganisationError):
    message = _("层级不对：下级的层级要比上级低。")


class StillInUseError(OrganisationError):
    message = _("下面还有没停用的下级。请先停用或转出它们。")


class EndInFutureError(OrganisationError):
    message = _("日期不能晚于今天：到了那一天再操作，报到和职责才会当天转过去。")


class MergeUnfitError(OrganisationError):
    message = _("只能合并同一层级、都在使用中的不同区域。")


class SplitUnfitError(OrganisationError):
    message = _("拆分至少要有两个部分，编码不能重复，网格要属于这个区域。")


class ImportHasErrorsError(OrganisationError):
    message = _("表格里还有错误，一行也没有导入。")


class ImportChangedError(OrganisationError):
    message = _("您查看之后，网站上的组织有了变动，什么也没有写入。下面是新的差异，请再看一遍。")
