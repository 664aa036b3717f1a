"""For which reasons the site holds what it holds on a person, in words people read."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Subject:
    """Rows that are held for one reason. Shown to the person in these words, and written in docs/personal-data.md."""

    name: Promise
    why: Promise
    kept: Promise
    seen_by: Promise
    basis: Promise


BY_LAW = _("志愿服务条例第 19 条：如实记录")
BY_CONSENT = _("本人同意（个人信息保护法第 13、14 条）")
BY_DUTY = _("履行工作职责（个人信息保护法第 13 条）")
BY_CONTRACT = _("为本人提供服务所必需（个人信息保护法第 13 条）")
RECORDS_KEPT = _("长期；至少 10 年（GB/T 40143 对志愿服务记录的要求）")

ACCOUNT = Subject(
    _("账户"),
    _("登录，并认出您是谁。"),
    _("到注销账户为止；手机号一直没有验证的，30 天后删除"),
    _("本人；其他人在职责需要时看到姓名，手机号要另外说明用途"),
    BY_CONTRACT,
)
SECURITY = Subject(
    _("登录和安全"), _("保护您的账户不被别人使用。"), _("到注销账户为止；登录状态到期即删"), _("本人"), BY_CONTRACT
)
CONSENTS = Subject(
    _("同意记录"),
    _("证明您同意过什么、什么时候撤回。"),
    _("撤回后 3 年（个人信息保护法第 55、56 条的记录期限）"),
    _("本人"),
    BY_CONSENT,
)
READS = Subject(
    _("谁看过我的信息"),
    _("让您知道谁、为什么看过您的信息。"),
    _("3 年"),
    _("被查看的本人；审计时的管理员"),
    _("个人信息保护法第 51、54 条：安全措施和审计"),
)
UNIT = Subject(
    _("单位和名册"),
    _("知道您属于哪个单位，不用您再填。"),
    _("移出名册后 3 年；隶属关系的日期长期保留"),
    _("本人；单位联络员"),
    BY_DUTY,
)
REPORT_IN = Subject(
    _("报到"),
    _("让您居住的社区认识您、联系您。"),
    _("报到结束后长期保留日期，留言在注销时删除"),
    _("本人；所报到社区的工作者；单位联络员只看结果"),
    BY_CONSENT,
)
ACTIVITIES = Subject(
    _("活动报名和到场"), _("安排名额，记下您到场。"), RECORDS_KEPT, _("本人；活动所在社区的工作者"), BY_CONTRACT
)
TEAMS = Subject(
    _("团队"),
    _("知道您和谁一起服务，团队有活动时通知您。"),
    _("离开以后长期保留日期"),
    _("本人；团队的成员看到姓（您同意公开全名的看到全名）；所在社区的工作者"),
    BY_CONSENT,
)
CALENDARS = Subject(
    _("日历订阅"),
    _("让您的日历软件取到您报名的活动。"),
    _("到您停用，或注销账户为止；地址只存校验值"),
    _("本人，和本人给了地址的人"),
    BY_CONTRACT,
)
CHECK_INS = Subject(
    _("离线签到的登记"),
    _("没有网络时登记的到场，说得清是哪一次登记的。"),
    _("183 天"),
    _("本人；活动所在社区的工作者"),
    BY_CONTRACT,
)
RECORDS = Subject(
    _("服务记录"), _("如实记录您的服务，开具证明。"), RECORDS_KEPT, _("本人；服务所在社区的工作者"), BY_LAW
)
POINTS = Subject(_("积分"), _("告诉您服务换算成多少积分。"), _("长期；账目只增不改"), _("本人"), BY_LAW)
REPORTS = Subject(
    _("年度报告"), _("一次填写，社区和单位都收到。"), RECORDS_KEPT, _("本人；收到报告的社区和单位"), BY_DUTY
)
PROFILE = Subject(
    _("特长、空闲时间、愿望和志愿者编号"),
    _("社区有合适的服务时想到您；您不填就没有。"),
    _("到您删掉它，或注销账户为止"),
    _("本人；您自己打开的部分，所在社区的工作者"),
    BY_CONSENT,
)
PROXIES = Subject(
    _("代为录入和凭邀请加入"),
    _("替您录入的每一件事都说得清是谁录的、您怎样同意的。"),
    RECORDS_KEPT,
    _("本人；所在社区的工作者；邀请您的单位的联络员"),
    BY_CONSENT,
)
LEAVES = Subject(
    _("请假"),
    _("请假期间不提醒您，也不算您不参加。"),
    _("和服务记录一样长；原因和答复在请假结束半年后清空"),
    _("本人；原因只有答复的人；别人最多看到请假到哪一天"),
    BY_CONSENT,
)
MESSAGES = Subject(_("消息和通知"), _("告诉您办到哪一步了。"), _("2 年，或到注销账户为止"), _("本人"), BY_CONTRACT)
POSTS = Subject(_("担任的职责"), _("知道您能办哪些事。"), RECORDS_KEPT, _("本人；管理员"), BY_DUTY)
WORK = Subject(_("您经办的事"), _("每一次办理都说得清是谁办的。"), RECORDS_KEPT, _("本人；审计时的管理员"), BY_DUTY)
CONTENT = Subject(
    _("内容编辑"), _("说得清网页是谁写的、谁改的、谁发布的。"), _("和网页的历史一起保留"), _("编辑；管理员"), BY_DUTY
)
DESK = Subject(
    _("编辑时的个人设置和草稿"), _("记住您在内容管理里做到哪里。"), _("到注销账户为止"), _("本人；编辑"), BY_CONTRACT
)
AUDIT = Subject(
    _("操作日志"),
    _("出了问题能查清楚。"),
    _("不少于 183 天（网络安全法第 21 条），到期删除"),
    _("审计时的管理员"),
    _("网络安全法第 21 条"),
)
