from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class AreaKind(TextChoices):
    CITY = "city", _("市")
    DISTRICT = "district", _("区")
    STREET = "street", _("街道")
    COMMUNITY = "community", _("社区")
    GRID = "grid", _("网格")


class UnitKind(TextChoices):
    GOVERNMENT = "government", _("机关")
    STATE_OWNED = "state_owned", _("国有企业")
    INSTITUTION = "institution", _("事业单位")
    PRIVATE = "private", _("两新组织")
    SOCIAL = "social", _("社会组织")


class Role(TextChoices):
    ORGANISER = "organiser", _("社区工作者")
    UNIT_CONTACT = "unit_contact", _("单位联络员")
    SUPERVISOR = "supervisor", _("上级主管")
    ADMINISTRATOR = "administrator", _("管理员")
    GRID_WORKER = "grid_worker", _("网格员")
    COMMITTEE_MEMBER = "committee_member", _("兼职委员")


class ChangeKind(TextChoices):
    MERGED = "merged", _("并入")
    SPLIT = "split", _("拆分")


class PlaceKind(TextChoices):
    """What an imported table lists."""

    AREAS = "areas", _("区域")
    UNITS = "units", _("单位")


class ImportState(TextChoices):
    WAITING = "waiting", _("等待确认")
    CONFIRMED = "confirmed", _("已导入")
    DROPPED = "dropped", _("已放弃")


IMPORT_TRANSITIONS: Transitions = {
    ImportState.WAITING: frozenset({ImportState.CONFIRMED, ImportState.DROPPED}),
}


class Action(TextChoices):
    """What a post may allow. Which roles may, and where, stands in ``permissions.GRANTS`` and nowhere else."""

    VIEW_AREA = "view_area", _("查看区域页")
    VIEW_AREA_MEMBERS = "view_area_members", _("查看报到到本社区的人")
    VIEW_UNIT = "view_unit", _("查看单位页")
    MANAGE_AREAS = "manage_areas", _("管理区域")
    MANAGE_UNITS = "manage_units", _("管理单位")
    APPOINT = "appoint", _("任命和结束职责")
    KEEP_ROSTER = "keep_roster", _("维护名册")
    SEE_GAP_LIST = "see_gap_list", _("查看还没有报到的人")
    REVIEW_REPORT_IN = "review_report_in", _("确认报到")
    REVIEW_SILENT_REPORT_IN = "review_silent_report_in", _("处理超时没有答复的报到")
    KEEP_ADDRESS_NAMES = "keep_address_names", _("维护小区名和路名")
    ENTER_FOR_PERSON = "enter_for_person", _("替人录入")
    INVITE = "invite", _("邀请加入")
    REPORT_UNIT_IN = "report_unit_in", _("单位报到")
    REVIEW_UNIT_REPORT_IN = "review_unit_report_in", _("确认单位报到")
    DECIDE_LEAVE = "decide_leave", _("答复请假")
    DECIDE_EXEMPTION = "decide_exemption", _("答复免予报到")
    HOLD_GROUP_PLACES = "hold_group_places", _("为单位留活动名额")
    RUN_ACTIVITIES = "run_activities", _("组织活动")
    MANAGE_TEAMS = "manage_teams", _("管理团队")
    CALL_SERVICE_DAY = "call_service_day", _("发起社区志愿服务日")
    CONFIRM_RECORDS = "confirm_records", _("确认服务")
    ANSWER_RECORD_OBJECTIONS = "answer_record_objections", _("答复对服务记录的异议")
    LOOK_AT_HINTS = "look_at_hints", _("查看服务记录里的异常提示")
    ANSWER_AREA_REPORTS = "answer_area_reports", _("回复送到社区的年度报告")
    ANSWER_UNIT_REPORTS = "answer_unit_reports", _("回复送到单位的年度报告")
    SEE_NUMBERS = "see_numbers", _("查看本区域的总数")
