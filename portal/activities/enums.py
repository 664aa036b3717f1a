from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class ActivityState(TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
    CANCELLED = "cancelled", _("已取消")


ACTIVITY_TRANSITIONS: Transitions = {
    ActivityState.DRAFT: frozenset({ActivityState.PUBLISHED, ActivityState.CANCELLED}),
    ActivityState.PUBLISHED: frozenset({ActivityState.CANCELLED}),
}


class Stage(IntegerChoices):
    """Where an activity stands for its organiser, the most urgent first."""

    ATTENDANCE = 1, _("要登记到场")
    AHEAD = 2, _("即将开始")
    DRAFT = 3, _("草稿")
    OVER = 4, _("已结束")


class NoticeItem(TextChoices):
    """What people must be told before they sign up (志愿服务条例 12, GB/T 40143 6.1)."""

    TIME = "time", _("时间")
    PLACE = "place", _("地点")
    CONTENT = "content", _("活动内容")
    CONDITIONS = "conditions", _("参加条件")
    NUMBER = "number", _("人数")
    RISKS = "risks", _("可能的风险")
    SAFEGUARDS = "safeguards", _("保障措施")
    CONTACT = "contact", _("联系人和电话")

    @property
    def field(self) -> str:
        """Return the form field that says it; time and number are said by a shift, not by the form."""
        elsewhere = {NoticeItem.TIME: "", NoticeItem.NUMBER: "", NoticeItem.CONTACT: "contact_name"}
        return elsewhere.get(self, str(self.value))


class SignUpState(TextChoices):
    CONFIRMED = "confirmed", _("已报名")
    WAITING = "waiting", _("排队中")
    OFFERED = "offered", _("有空位，请确认")
    WITHDRAWN = "withdrawn", _("已退出")
    LAPSED = "lapsed", _("未按时确认")


HOLDS_A_PLACE = (SignUpState.CONFIRMED, SignUpState.OFFERED)
OPEN = (*HOLDS_A_PLACE, SignUpState.WAITING)

NOT_YET = ""

SIGN_UP_TRANSITIONS: Transitions = {
    NOT_YET: frozenset({SignUpState.CONFIRMED, SignUpState.WAITING}),
    SignUpState.WAITING: frozenset({SignUpState.OFFERED, SignUpState.WITHDRAWN}),
    SignUpState.OFFERED: frozenset({SignUpState.CONFIRMED, SignUpState.WITHDRAWN, SignUpState.LAPSED}),
    SignUpState.CONFIRMED: frozenset({SignUpState.WITHDRAWN}),
    SignUpState.WITHDRAWN: frozenset({SignUpState.CONFIRMED, SignUpState.WAITING}),
    SignUpState.LAPSED: frozenset({SignUpState.CONFIRMED, SignUpState.WAITING}),
}


class AttendanceState(TextChoices):
    EXPECTED = "expected", _("待到场")
    ARRIVED = "arrived", _("已到场")
    COMPLETED = "completed", _("已完成")
    ABSENT = "absent", _("未到")
    EXCUSED = "excused", _("请假")


# What is known only once the shift has started.
NEEDS_THE_START = (AttendanceState.COMPLETED, AttendanceState.ABSENT)

ATTENDANCE_TRANSITIONS: Transitions = {
    AttendanceState.EXPECTED: frozenset(
        {AttendanceState.ARRIVED, AttendanceState.COMPLETED, AttendanceState.ABSENT, AttendanceState.EXCUSED}
    ),
    AttendanceState.ARRIVED: frozenset({AttendanceState.COMPLETED, AttendanceState.EXPECTED}),
    AttendanceState.COMPLETED: frozenset({AttendanceState.EXPECTED}),
    AttendanceState.ABSENT: frozenset({AttendanceState.EXPECTED, AttendanceState.EXCUSED}),
    AttendanceState.EXCUSED: frozenset({AttendanceState.EXPECTED}),
}
