"""The columns of the list: what each is called in the sheet, and which field of a service it fills.

Every value is compared as text in one form of its own (``form``), on the side of the sheet and on the side of the site:
whatever looks the same is the same.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from website.service_lists import forms_of_cells as forms

Form = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``form`` raises ``ValueError`` with words fit to show where a cell says nothing usable."""

    key: str
    heading: str
    form: Form = forms.text_line
    synonyms: tuple[str, ...] = ()
    width: int = 16


CODE, PARENT, TITLE, PLACES = "code", "parent", "title", "places"

SERVICE_COLUMNS = (
    Column(CODE, "事项编号", forms.code, ("编号", "编码", "事项编码", "服务编号", "项目编号", "事项代码", "代码"), 12),
    Column(PARENT, "上级编号", forms.code, ("上级事项编号", "父级编号", "主项编号", "所属事项编号", "上级编码"), 12),
    Column(
        TITLE, "服务名称", synonyms=("名称", "事项名称", "服务事项", "事项", "项目名称", "标题", "服务项目"), width=24
    ),
    Column("summary", "一句话摘要", synonyms=("摘要", "简介", "服务简介", "说明", "服务内容", "内容"), width=36),
    Column("category", "类别", synonyms=("分类", "服务类别", "事项类别", "类型", "所属类别")),
    Column("other_names", "别名", forms.text_block, ("俗称", "又名", "其他名称", "关键词")),
    Column("audiences", "人群", forms.names, ("服务人群", "面向人群", "适用人群")),
    Column("status", "状态", forms.status, ("办理状态", "服务状态", "现状"), 10),
    Column("alert", "变动提醒", synonyms=("提醒", "变动", "变动说明"), width=24),
    Column("alert_until", "提醒到哪一天", forms.day, ("提醒截止日期", "提醒到", "变动截止日期"), 14),
    Column("who_may", "谁可以办", forms.text_block, ("服务对象", "申请对象", "办理对象", "适用对象", "对象"), 30),
    Column("conditions", "办理条件", forms.text_block, ("条件", "申请条件", "受理条件"), 30),
    Column("documents", "要带什么", forms.text_block, ("申请材料", "所需材料", "材料", "办理材料", "需要材料"), 30),
    Column("steps", "怎么办", forms.text_block, ("办理流程", "流程", "办理步骤", "步骤", "服务流程"), 36),
    Column("result", "办完得到什么", synonyms=("办理结果", "结果", "结果名称")),
    Column("on_behalf", "能不能代办", synonyms=("代办", "是否代办", "代办说明")),
    Column("basis", "办理依据", forms.text_block, ("依据", "政策依据", "法律依据", "设定依据"), 30),
    Column("time_limit", "办理时限", synonyms=("时限", "承诺时限", "办结时限", "法定时限")),
    Column("fee", "费用", synonyms=("收费", "收费标准", "是否收费", "收费情况")),
    Column("visits", "跑几次", forms.whole_number, ("到现场次数", "跑动次数", "到办事现场次数"), 8),
    Column("channels", "办理方式", forms.channels, ("办理渠道", "渠道", "方式", "服务方式", "受理方式")),
    Column("place", "地点", synonyms=("办理地点", "服务地点", "受理地点"), width=24),
    Column("hours", "时间", synonyms=("办理时间", "服务时间", "办公时间", "工作时间", "开放时间"), width=24),
    Column("phone", "咨询电话", forms.phone, ("电话", "联系电话", "咨询方式", "联系方式", "服务电话", "热线"), 16),
    Column("accessibility", "无障碍", synonyms=("无障碍设施", "无障碍说明")),
    Column("online_url", "网上办理地址", synonyms=("网址", "网上办理网址", "网办地址", "链接"), width=24),
    Column("appointment", "怎么预约", synonyms=("预约", "预约方式")),
    Column(
        "provider",
        "由谁提供",
        synonyms=("提供单位", "责任单位", "实施单位", "主管单位", "牵头单位", "服务单位"),
        width=20,
    ),
    Column("provider_kind", "提供者类型", forms.provider_kind, ("单位类型", "提供单位类型"), 12),
    Column("complaint_phone", "监督电话", forms.phone, ("投诉电话", "监督投诉电话"), 16),
    Column("checked_on", "核对日期", forms.day, ("最近核对日期", "更新日期"), 14),
    Column("checked_by", "核对人", synonyms=("核对部门", "核对岗位")),
    Column("review_by", "复核期限", forms.day, ("复核日期", "下次复核日期", "下次核对日期"), 14),
    Column("keeper", "维护人", synonyms=("负责人", "责任人", "信息维护人")),
)

PLACE_COLUMNS = (
    Column(CODE, "事项编号", forms.code, SERVICE_COLUMNS[0].synonyms, 12),
    Column("community_code", "社区编号", forms.code, ("社区编码", "社区代码"), 16),
    Column("community_name", "社区", synonyms=("社区名称", "所在社区", "所属社区"), width=16),
    Column("place", "地点", synonyms=("办理地点", "服务地点", "点位", "办理点", "站点名称"), width=24),
    Column("address", "地址", synonyms=("详细地址", "办理地址"), width=30),
    Column("hours", "时间", synonyms=SERVICE_COLUMNS[22].synonyms, width=24),
    Column("phone", "电话", forms.phone, ("咨询电话", "联系电话", "联系方式"), 16),
    Column("provider", "由谁提供", synonyms=("提供单位", "责任单位", "服务单位"), width=20),
)
PLACE_KEYS = tuple(column.key for column in PLACE_COLUMNS if column.key != CODE)

SERVICES_SHEET, PLACES_SHEET = "服务事项", "服务地点"
_BY_KEY = {column.key: column for column in SERVICE_COLUMNS}


def heading(key: str) -> str:
    """Return what a field is called in the sheet."""
    return PLACES_SHEET if key == PLACES else _BY_KEY[key].heading


def in_words(key: str) -> str:
    """Return what a field is called where people read of a difference."""
    return _("各社区的办理点") if key == PLACES else heading(key)
