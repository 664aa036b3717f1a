"""Who one can be in the demo. Each role is one invented person with a marked account."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.members.models import User

PASSWORD = "yunting-demo"  # noqa: S105 -- shown on the roles page; protects invented people only
MAIL_DOMAIN = "demo.invalid"  # RFC 2606: reaches nobody


@dataclass(frozen=True)
class DemoRole:
    """One way into the demo. ``number`` is the last part of the phone; ``start`` the page one comes to."""

    key: str
    name: str
    title: Promise
    summary: Promise
    can: tuple[Promise, ...]
    number: int
    start: str = "dashboard:home"

    @property
    def phone(self) -> str:
        return phone_number(self.number)

    @property
    def shown_phone(self) -> str:
        digits = self.phone.removeprefix("+86")
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"

    @property
    def email(self) -> str:
        return f"{self.key}@{MAIL_DOMAIN}"


ROLES = (
    DemoRole(
        key="new-member",
        name="周晓禾",
        title=_("还没有报到的成员"),
        summary=_("名字已经在单位名册上，第一次来，还没有选社区。"),
        can=(_("第一次登录就被认出来"), _("选自己住的社区，提交报到"), _("看社区有没有确认")),
        number=1,
    ),
    DemoRole(
        key="member",
        name="林远舟",
        title=_("已经报到的成员"),
        summary=_("住在云水社区，参加过几次活动，还有报名在等。"),
        can=(_("报名、排队、退出活动"), _("看服务时长和积分是怎么来的"), _("写一份年度报告，社区和单位都收到")),
        number=2,
    ),
    DemoRole(
        key="unit-contact",
        name="何静宜",
        title=_("单位联络员"),
        summary=_("在市图书馆上班，管着单位的名册。"),
        can=(_("维护名册"), _("看还有谁没报到（没有排名）"), _("阅读并回复本单位的年度报告")),
        number=3,
    ),
    DemoRole(
        key="organiser",
        name="沈若谷",
        title=_("云水社区的社区工作者"),
        summary=_("每天跟居民打交道，报到和活动都归他管。"),
        can=(_("确认报到，或者请对方补充"), _("发布活动、登记到场"), _("回复年度报告")),
        number=4,
    ),
    DemoRole(
        key="second-organiser",
        name="陆思齐",
        title=_("云水社区的另一位工作者"),
        summary=_("同一个社区的同事，时长要由她再确认一遍。"),
        can=(_("确认同事登记的时长"), _("和同事一样处理报到和活动")),
        number=5,
    ),
    DemoRole(
        key="supervisor",
        name="顾明川",
        title=_("街道的上级主管"),
        summary=_("看得到清溪街道下面所有社区。"),
        can=(_("看各社区正在办的事"), _("打开年度报告的填报时间")),
        number=6,
    ),
    DemoRole(
        key="editor",
        name="白知秋",
        title=_("网站编辑"),
        summary=_("写案例、服务和通知，在后台发布。"),
        can=(_("新建、预览、发布页面"), _("换图片、改服务清单")),
        number=7,
        start="wagtailadmin_home",
    ),
    DemoRole(
        key="reviewer",
        name="温怀瑾",
        title=_("网站审核"),
        summary=_("编辑写好的内容由她再看一遍。人物页非两个人经手不能发布。"),
        can=(_("审核、发布编辑提交的页面"), _("答复公示收到的意见"), _("登记和撤回公开同意书")),
        number=9,
        start="wagtailadmin_home",
    ),
    DemoRole(
        key="administrator",
        name="齐安澜",
        title=_("管理员"),
        summary=_("什么都能看到，什么都能改，所以每一步都有记录。"),
        can=(_("管理组织和任职"), _("查看操作记录"), _("管理整个网站")),
        number=8,
        start="wagtailadmin_home",
    ),
)


def phone_number(number: int) -> str:
    """Return the demo's ``number``-th phone: valid for the field, plainly invented to the eye."""
    return f"+86190{number:08d}"


def role_by_key(key: str) -> DemoRole | None:
    return next((role for role in ROLES if role.key == key), None)


def demo_person(role: DemoRole) -> User | None:
    """Return the marked account of ``role``; nobody else can be entered without a password."""
    return User.objects.filter(phone=role.phone, email=role.email, is_active=True).first()
