from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class TeamKind(TextChoices):
    """What a team does together: help to one group of people (the first four), a trade, or an interest."""

    OUTINGS = "outings", _("助游")
    SCHOOLING = "schooling", _("助学")
    HEALTH = "health", _("助医")
    HARDSHIP = "hardship", _("助贫")
    ELDERLY = "elderly", _("助老陪伴")
    REPAIRS = "repairs", _("维修和动手")
    LAW = "law", _("法律和调解")
    COMPUTERS = "computers", _("电脑和手机")
    ENVIRONMENT = "environment", _("环境和绿化")
    SAFETY = "safety", _("平安巡防")
    ARTS = "arts", _("文艺和书画")
    SPORTS = "sports", _("体育健身")
    READING = "reading", _("读书")
    OTHER = "other", _("其他")


class JoiningWay(TextChoices):
    OPEN = "open", _("随时加入")
    REQUEST = "request", _("申请加入")
    INVITATION = "invitation", _("受邀加入")


class TeamRole(TextChoices):
    MEMBER = "member", _("成员")
    LEAD = "lead", _("队长")


class MembershipState(TextChoices):
    REQUESTED = "requested", _("等待答复")
    INVITED = "invited", _("已受邀")
    JOINED = "joined", _("已加入")
    LEFT = "left", _("已离开")
    REFUSED = "refused", _("没有通过")
    WITHDRAWN = "withdrawn", _("没有加入")


OPEN = (MembershipState.REQUESTED, MembershipState.INVITED, MembershipState.JOINED)
HAS_BEEN_IN = (MembershipState.JOINED, MembershipState.LEFT)

NOT_YET = ""

MEMBERSHIP_TRANSITIONS: Transitions = {
    NOT_YET: frozenset({MembershipState.REQUESTED, MembershipState.INVITED, MembershipState.JOINED}),
    MembershipState.REQUESTED: frozenset({MembershipState.JOINED, MembershipState.REFUSED, MembershipState.WITHDRAWN}),
    MembershipState.INVITED: frozenset({MembershipState.JOINED, MembershipState.WITHDRAWN}),
    MembershipState.JOINED: frozenset({MembershipState.LEFT}),
}
