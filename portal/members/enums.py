from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class Purpose(TextChoices):
    """What a person consents to. Each purpose is asked for and withdrawn by itself (PIPL 14, 15, 23, 29)."""

    REPORT_IN = "report_in", _("向所选社区提供姓名、单位和电话")
    SMS_REMINDERS = "sms_reminders", _("用短信提醒我")
    SKILLS = "skills", _("社区按特长找到我")
    PUBLIC_NAME = "public_name", _("在公开名单上写我的全名")


class PhonePurpose(TextChoices):
    """Why somebody on duty may need a person's whole phone number."""

    CHECK = "check", _("核实报到信息")
    COMPLETE = "complete", _("请本人补充材料")
    INVITE = "invite", _("联系社区服务事宜")
    ACTIVITY = "activity", _("活动临时有变，通知本人")
    ROSTER = "roster", _("核对名册")


# For what a community calls those who report in to it, or for whom it enters something.
OF_THE_COMMUNITY = (PhonePurpose.CHECK, PhonePurpose.COMPLETE, PhonePurpose.INVITE)


class Visibility(TextChoices):
    """Who sees a part of a profile; the least comes first and is the default."""

    ONLY_ME = "only_me", _("只有我")
    ORGANISERS = "organisers", _("我所在社区的工作者")


class Skill(TextChoices):
    """What communities most often look for; everything else a person says in their own words."""

    TEACHING = "teaching", _("辅导功课")
    HEALTH = "health", _("医护急救")
    LAW = "law", _("法律咨询")
    COUNSELLING = "counselling", _("心理疏导")
    MEDIATION = "mediation", _("邻里调解")
    REPAIRS = "repairs", _("家电维修")
    COMPUTERS = "computers", _("电脑和手机")
    WRITING = "writing", _("写作宣传")
    PHOTOGRAPHY = "photography", _("摄影摄像")
    ARTS = "arts", _("文艺表演")
    SPORTS = "sports", _("体育健身")
    COOKING = "cooking", _("烹饪")
    DRIVING = "driving", _("驾驶")
    LANGUAGES = "languages", _("外语")
    SIGNING = "signing", _("手语")
    GARDENING = "gardening", _("园艺绿化")


class Weekday(TextChoices):
    MONDAY = "mon", _("周一")
    TUESDAY = "tue", _("周二")
    WEDNESDAY = "wed", _("周三")
    THURSDAY = "thu", _("周四")
    FRIDAY = "fri", _("周五")
    SATURDAY = "sat", _("周六")
    SUNDAY = "sun", _("周日")


class DayPart(TextChoices):
    MORNING = "am", _("上午")
    AFTERNOON = "pm", _("下午")
    EVENING = "eve", _("晚上")


class ShownAt(TextChoices):
    """Where a person may let their unit be named; nowhere unless they say so (PIPL 28)."""

    PROFILE = "profile", _("社区工作者看到的个人资料")
    LISTS = "lists", _("活动名单")
    DOOR = "door", _("门牌")


class MembershipKind(TextChoices):
    SERVING = "serving", _("在职")
    RETIRED = "retired", _("退休")


class Ending(TextChoices):
    """Why a membership ended."""

    MOVED = "moved", _("调到别的单位")
    RETIRED = "retired", _("退休")
    LEFT = "left", _("离开单位")
    DISSOLVED = "dissolved", _("单位停用")


class UnitMoveState(TextChoices):
    PROPOSED = "proposed", _("等待本人确认")
    CONFIRMED = "confirmed", _("已确认，到日子生效")
    COMPLETED = "completed", _("已调入")
    DECLINED = "declined", _("本人表示没有调动")
    WITHDRAWN = "withdrawn", _("已撤回")


OPEN_MOVES = (UnitMoveState.PROPOSED, UnitMoveState.CONFIRMED)

UNIT_MOVE_TRANSITIONS: Transitions = {
    UnitMoveState.PROPOSED: frozenset(
        {UnitMoveState.CONFIRMED, UnitMoveState.COMPLETED, UnitMoveState.DECLINED, UnitMoveState.WITHDRAWN}
    ),
    UnitMoveState.CONFIRMED: frozenset({UnitMoveState.COMPLETED, UnitMoveState.PROPOSED, UnitMoveState.WITHDRAWN}),
}
FREE_TIMES = tuple(f"{day}-{part}" for day in Weekday for part in DayPart)  # "mon-am" … "sun-eve"
