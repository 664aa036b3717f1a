"""Why the house says no to a change about a person."""

from django.utils.translation import gettext_lazy as _


class MemberError(Exception):
    """A refusal; its ``message`` is fit to show."""

    message = _("暂时不能这样做。")

    def __str__(self) -> str:
        return str(self.message)


class PhoneTakenError(MemberError):
    message = _("这个手机号现在不能用。请换一个，或联系居住地社区。")


class EmailTakenError(MemberError):
    message = _("这个邮箱现在不能用，请换一个。")


class NotOnRosterError(MemberError):
    message = _("您不在这个单位的名册上。请联系单位联络员。")


class HasUnitError(MemberError):
    message = _("您已经有所属单位。要更换单位，请联系新单位的联络员。")


class MembershipOverError(MemberError):
    message = _("这段隶属关系已经结束。")


class EndingDayError(MemberError):
    message = _("结束日期不能早于开始日期，也不能晚于今天。")


class MoveDayError(MemberError):
    message = _("日期不能早于您到现在单位的日子，也不能晚于半年以后。")


class JoinDayError(MoveDayError):
    message = _("日期不能早于您离开原单位的日子，也不能晚于半年以后。")


class MoveUnderWayError(MemberError):
    message = _("您已经确认了另一次调动，请先收回那一次。")


class OnRosterAlreadyError(MemberError):
    message = _("您已经在这个单位的名册上，不用再加入。")
