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


class ShiftState(TextChoices):
    PLANNED = "planned", _("照常")
    CALLED_OFF = "called_off", _("已取消")


SHIFT_TRANSITIONS: Transitions = {ShiftState.PLANNED: frozenset({ShiftState.CALLED_OFF})}


class ActivityKind(TextChoices):
    """What sort of help it is; what nobody has said is *other*."""

    NEIGHBOURS = "neighbours", _("邻里互助")
    ELDERS = "elders", _("陪伴老人")
    CHILDREN = "children", _("儿童课业")
    TIDY = "tidy", _("环境整治")
    SAFETY = "safety", _("平安巡逻")
    HEALTH = "health", _("健康义诊")
    CULTURE = "culture", _("文化体育")
    TALKS = "talks", _("宣讲培训")
    OTHER = "other", _("其他")


class Frequency(TextChoices):
    """How the dates of a series follow one another."""

    WEEKLY = "weekly", _("每周同一天")
    MONTHLY_DAY = "monthly_day", _("每月同一日")
    MONTHLY_WEEKDAY = "monthly_weekday", _("每月第几个星期几")


class Scope(TextChoices):
    """How far a change of one date of a series reaches."""

    THIS = "this", _("只改这一次")
    FOLLOWING = "following", _("这一次和以后的")
    ALL = "all", _("全部还没有结束的")


class Audience(TextChoices):
    """Who is shown an activity."""

    EVERYONE = "everyone", _("所有人都能看到")
    LISTED = "listed", _("只有下面指定的人能看到")


class RuleKind(TextChoices):
    """What an entry rule asks of a person. Of the first three, one that fits is enough; all the others must hold."""

    AREA = "area", _("所在区域")
    UNIT = "unit", _("所在单位")
    TEAM = "team", _("所在团队")
    MIN_AGE = "min_age", _("年龄不小于")
    MAX_AGE = "max_age", _("年龄不大于")
    TRAINING = "training", _("培训或资格")


class Training(TextChoices):
    """What somebody has learnt or is certified in, as far as activities ask for it."""

    VOLUNTEER = "volunteer", _("志愿服务培训")
    FIRST_AID = "first_aid", _("急救培训")
    FIRE = "fire", _("消防安全培训")
    CHILDREN = "children", _("儿童保护培训")
    ELDERS = "elders", _("助老服务培训")
    FOOD = "food", _("健康证")
    COUNSELLING = "counselling", _("心理服务资格")
    MEDICAL = "medical", _("医护资格")


class OnSilence(TextChoices):
    """What becomes of a place whose holder does not answer after a change."""

    KEEP = "keep", _("保留名额，由我来联系")
    FREE = "free", _("名额让给排队的人")


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


class SignUpMode(TextChoices):
    """How a sign-up becomes a place."""

    AT_ONCE = "at_once", _("报名就有名额")
    ON_REQUEST = "on_request", _("先申请，由社区工作者确认")
    INVITED = "invited", _("只限受邀的人")


class QueuePolicy(TextChoices):
    """Who gets a place when there are more people than places."""

    FIRST_COME = "first_come", _("先到先得，满了排队")
    NEWCOMERS = "newcomers", _("新人优先，之后先到先得")
    DRAW = "draw", _("先登记，到时间抽签")
    NONE = "none", _("先到先得，满了不排队")


class Posture(TextChoices):
    SEATED = "seated", _("坐着做")
    STANDING = "standing", _("站着做")


class Refusal(TextChoices):
    """Every reason why a place is refused; the label is what the person reads."""

    NOT_PUBLISHED = "not_published", _("这个活动还没有发布。")
    CANCELLED = "cancelled", _("这个活动已经取消。")
    CALLED_OFF = "called_off", _("这一班已经取消。")
    STARTED = "started", _("这一班已经开始，不能再改报名。")
    NOT_OPEN_YET = "not_open_yet", _("报名还没有开始，请在 %(moment)s 以后再来。")
    CLOSED = "closed", _("报名已经在 %(moment)s 截止。")
    OVERLAP = "overlap", _("这段时间您已经报名“%(title)s”，两边时间有重叠。")
    TRAVEL = "travel", _("您还报名了“%(title)s”，两个地点之间要留出 %(minutes)s 分钟，时间来不及。")
    NOT_INVITED = "not_invited", _("这个活动只限受邀的人参加。")
    AUDIENCE = "audience", _("这个活动不对您所在的社区或者单位开放。")
    AGE = "age", _("您的年龄不符合这个活动的要求。")
    MINOR = "minor", _("活动有最小年龄的要求。请写明本人已满 18 周岁，或者未满 18 周岁、监护人已经同意。")
    TRAINING = "training", _("这个活动要求先完成培训，您还没有有效的培训记录。")
    TEAM = "team", _("这个活动只限队员参加。")
    GRID = "grid", _("这个活动只限指定网格的人参加。")
    SKILL = "skill", _("这个岗位需要“%(skill)s”特长，您的资料里还没有写。")
    ACCOUNT = "account", _("您的账户现在不能报名，请和社区联系。")
    POSITION_NEEDED = "position_needed", _("这一班分岗位，请选一个岗位再报名。")
    FULL = "full", _("名额已经满了，这个活动不排队。")
    COMPANIONS = "companions", _("带的人太多了，这个活动每人最多带 %(limit)s 人。")
    TOO_LARGE = "too_large", _("人数超过了全部名额，请少带几人。")
    OVERLOAD = "overload", _("这一周您的服务会超过 %(hours)s 小时，请换一个时间，先休息一下。")
    REST = "rest", _("离您的另一班“%(title)s”不到 %(hours)s 小时，请先休息，换一个时间。")
    ARRIVED = "arrived", _("您已经登记到场，不能再退出。")
    WITHDRAW_CLOSED = "withdraw_closed", _("现在不能直接退出了。您可以请人顶替，或者打电话给联系人。")
    COMES_ALREADY = "comes_already", _("已经在这一班里了。")
    COVER_TAKEN = "cover_taken", _("这个请求已经有人接替，或者已经取消。")
    COVER_UNEVEN = "cover_uneven", _("两个人占的名额要一样多才能换班。")
    NOT_CONFIRMED = "not_confirmed", _("名额已经有变化，请刷新页面后再看。")
    NOT_OF_THE_UNIT = "not_of_the_unit", _("只能写本单位的人。")
    GROUP_CLOSED = "group_closed", _("单位名额已经结束，不能再写名字。")
    GROUP_FULL = "group_full", _("单位名额已经写满。")
    GROUP_HELD = "group_held", _("您单位在这一班已经留了名额。")
    UNIT_ENDED = "unit_ended", _("这个单位已经停用，不能再留名额。")
    GROUP_TOO_LARGE = "group_too_large", _("空着的名额只有 %(left)s 个，请少留一些。")
    OFFER_LAPSED = "offer_lapsed", _("这个空位已经不再为您保留。如果还想参加，可以重新报名排队。")


class Strain(TextChoices):
    """What a sign-up asks of somebody's strength; the values are those of the refusals."""

    OVERLOAD = Refusal.OVERLOAD.value, _("这一周的服务时间偏多")
    REST = Refusal.REST.value, _("和另一班之间休息偏少")


# What an organiser may set aside, with a reason that is kept. Time, places and what the law asks for stay.
MAY_BE_OVERRIDDEN = frozenset(
    {
        Refusal.NOT_OPEN_YET,
        Refusal.CLOSED,
        Refusal.TRAVEL,
        Refusal.NOT_INVITED,
        Refusal.AUDIENCE,
        Refusal.AGE,
        Refusal.TRAINING,
        Refusal.TEAM,
        Refusal.GRID,
        Refusal.SKILL,
        Refusal.COMPANIONS,
        Refusal.OVERLOAD,
        Refusal.REST,
    }
)


class SignUpState(TextChoices):
    REQUESTED = "requested", _("等社区工作者确认")
    REFUSED = "refused", _("没有通过")
    CONFIRMED = "confirmed", _("已报名")
    WAITING = "waiting", _("排队中")
    OFFERED = "offered", _("有空位，请确认")
    WITHDRAWN = "withdrawn", _("已退出")
    LAPSED = "lapsed", _("未按时确认")
    CALLED_OFF = "called_off", _("班次已取消")


HOLDS_A_PLACE = (SignUpState.CONFIRMED, SignUpState.OFFERED)
OPEN = (*HOLDS_A_PLACE, SignUpState.WAITING, SignUpState.REQUESTED)
NOT_YET = ""
_ENTRIES = frozenset({SignUpState.CONFIRMED, SignUpState.WAITING, SignUpState.REQUESTED})
_ENDS = frozenset({SignUpState.WITHDRAWN, SignUpState.CALLED_OFF})

SIGN_UP_TRANSITIONS: Transitions = {
    NOT_YET: _ENTRIES,
    SignUpState.REQUESTED: _ENDS | {SignUpState.CONFIRMED, SignUpState.WAITING, SignUpState.REFUSED},
    SignUpState.REFUSED: _ENTRIES,
    SignUpState.WAITING: _ENDS | {SignUpState.OFFERED, SignUpState.CONFIRMED},
    SignUpState.OFFERED: _ENDS | {SignUpState.CONFIRMED, SignUpState.LAPSED},
    SignUpState.CONFIRMED: _ENDS | {SignUpState.LAPSED},
    SignUpState.WITHDRAWN: _ENTRIES,
    SignUpState.LAPSED: _ENTRIES,
}


class CoverKind(TextChoices):
    STAND_IN = "stand_in", _("请人顶替")
    SWAP = "swap", _("换班")


class CoverState(TextChoices):
    OPEN = "open", _("还在找人")
    TAKEN = "taken", _("已有人接替")
    ENDED = "ended", _("不找了")


COVER_TRANSITIONS: Transitions = {
    NOT_YET: frozenset({CoverState.OPEN}),
    CoverState.OPEN: frozenset({CoverState.TAKEN, CoverState.ENDED}),
}


class AttendanceState(TextChoices):
    EXPECTED = "expected", _("待到场")
    ARRIVED = "arrived", _("已到场")
    COMPLETED = "completed", _("已完成")
    ABSENT = "absent", _("未到")
    EXCUSED = "excused", _("请假")


class Road(TextChoices):
    """How it became known that somebody came."""

    ORGANISER = "organiser", _("工作人员登记")
    QR = "qr", _("本人扫码")
    CODE = "code", _("本人输入口令")
    TABLET = "tablet", _("现场平板")
    PAPER = "paper", _("纸质名单")
    OFFLINE = "offline", _("离线登记")


# On these a person speaks for themselves, and says no more than that they are there.
OWN_ROADS = (Road.QR, Road.CODE)

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

# Back by one step, and only by an undo.
ATTENDANCE_UNDO: Transitions = {
    AttendanceState.ARRIVED: frozenset({AttendanceState.EXPECTED}),
    AttendanceState.COMPLETED: frozenset({AttendanceState.EXPECTED, AttendanceState.ARRIVED}),
    AttendanceState.ABSENT: frozenset({AttendanceState.EXPECTED}),
    AttendanceState.EXCUSED: frozenset({AttendanceState.EXPECTED, AttendanceState.ABSENT}),
}
