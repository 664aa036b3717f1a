"""Why a person is not shown. Each refusal names the field at fault."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _


class NotToBeShown(ValidationError):  # noqa: N818 -- a refusal, named as one
    """A person's page may not go live."""


class ConsentIsMissing(NotToBeShown):
    def __init__(self) -> None:
        super().__init__({"consent": _("还没有本人的公开同意书，不能发布。")})


class ConsentLeavesOut(NotToBeShown):
    def __init__(self, what: list[str]) -> None:
        message = _("本人的同意书没有包括：%(what)s。请从页面上去掉，或者请本人补签，再发布。")
        super().__init__({"consent": message % {"what": _("、").join(what)}})


class SourceIsMissing(NotToBeShown):
    def __init__(self) -> None:
        super().__init__({"sources": _("已故人物要写明来源，才能发布。")})


class KinObject(NotToBeShown):
    def __init__(self) -> None:
        super().__init__({"kin_position": _("近亲属反对公开，不能发布。")})


class SecondPersonIsMissing(NotToBeShown):
    def __init__(self) -> None:
        message = _(
            "人物页要两个人经手：最后改动的人和发布的人不能是同一个（管理员也一样）。"
            "请保存草稿或提交审核，再请另一位同事看过后发布。"
        )
        super().__init__({NON_FIELD_ERRORS: message})


class BornLive(NotToBeShown):
    def __init__(self) -> None:
        message = _("新的或复制的人物页要先存成草稿，再由另一位同事发布。复制时请不要勾选“发布复制的页面”。")
        super().__init__({NON_FIELD_ERRORS: message})


class WithdrawalIsFinal(ValidationError):  # noqa: N818 -- a refusal, named as one
    def __init__(self) -> None:
        super().__init__({"withdrawn_on": _("已经撤回的同意书不能恢复。本人又同意的，请另外登记一份。")})
