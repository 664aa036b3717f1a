"""The portal's navigation: what a person can do here, and what waits."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.dashboard.queries.duties import Duties, duties_of
from portal.notices.queries import unread_count

register = template.Library()

ON_A_PHONE = 4  # links of a group that fit in one row


@dataclass(frozen=True)
class Place:
    """Somewhere to go. ``beneath`` are the views, or whole apps, that belong to it."""

    label: Promise
    url_name: str
    beneath: frozenset[str]

    def holds(self, view_name: str) -> bool:
        return view_name in self.beneath or view_name.partition(":")[0] in self.beneath


@dataclass(frozen=True)
class Item:
    """One link. ``current`` is what ``aria-current`` says: the page itself, or one beneath it.

    ``is_more`` is what a phone shows only when the whole menu is asked for.
    """

    label: Promise
    href: str
    current: str
    count: int
    is_more: bool


@dataclass(frozen=True)
class Group:
    """Links that belong together; the first group needs no heading."""

    heading: str | Promise
    items: list[Item]


def _place(label: Promise, url_name: str, *beneath: str) -> Place:
    return Place(label, url_name, frozenset({url_name, *beneath}))


RECEIVING_REPORT_INS = (
    "review",
    "ask_back",
    "grid_for_community",
    "accept_many",
    "bulk_answer",
    "unit_inbox",
    "unit_review",
    "unit_ask_back",
    "end_for_community",
    "unit_end_for_community",
)
UNIT_REPORT_INS = ("unit_choose", "unit_send", "unit_one", "unit_send_again")
MANAGING = (
    "people",
    "show_phone",
    "policy",
    "create",
    "overview",
    "edit",
    "add_shift",
    "edit_shift",
    "remove_shift",
    "positions",
    "position",
    "remove_position",
    "publish",
    "cancel",
    "attendance",
    "copy",
    "review",
    "templates",
    "save_template",
    "use_template",
    "repeat",
    "series",
    "change",
    "audience",
    "qualifications",
    "schedule",
)
AT_THE_DOOR = (
    "desk",
    "walk_in",
    "codes",
    "poster",
    "open_tablet",
    "sheets",
    "sheet",
    "print_sheet",
    "conflicts",
)
ENTERING = (
    "take_up",
    "person",
    "show_phone",
    "report_in",
    "sign_up",
    "leave",
    "correction",
    "profile",
    "entries",
    "answer",
    "hand_over",
    "put_together",
    "handed_over",
)
SECURING = (
    "account_change_own_email",
    "account_change_own_phone",
    "account_change_password",
    "account_set_password",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "usersessions_list",
)
LISTING = ("members_of", "poster", "address_names", "stations")
INBOX = _place(_("消息"), "notices:inbox", "notices")
OWN = (
    _place(_("工作台"), "dashboard:home", "members", "personal_data", "proxies:mine", "proxies:offer", "join"),
    _place(_("活动"), "activities:list", "activities", "calendars", "check_in"),
    _place(_("服务记录"), "records:mine", "records"),
    INBOX,
    _place(_("报到"), "report_in:start", "report_in"),
    _place(_("团队"), "teams:list", "teams"),
    _place(_("积分"), "points:mine", "points"),
    _place(_("年度报告"), "annual_reports:mine", "annual_reports"),
    _place(_("账户与安全"), "account_security", *SECURING),
)
ORGANISING = (
    _place(_("收到的报到"), "report_in:inbox", *(f"report_in:{view}" for view in RECEIVING_REPORT_INS)),
    _place(_("管理活动"), "activities:manage", "activity_reports", *(f"activities:{view}" for view in MANAGING)),
    _place(_("签到台"), "check_in:day", *(f"check_in:{view}" for view in AT_THE_DOOR)),
    _place(
        _("确认服务"),
        "records:confirm",
        "records:own_ask_back",
        "records:own_for",
        "records:own_confirmed",
        "records:correct",
    ),
    _place(_("报到成员"), "report_in:members", *(f"report_in:{view}" for view in LISTING)),
    _place(_("管理团队"), "teams:manage", "teams:create", "teams:edit", "teams:end"),
    _place(_("写给大家"), "notices:mailings", "notices:mailing", "notices:write"),
    _place(_("代为录入"), "proxies:find", *(f"proxies:{view}" for view in ENTERING)),
    _place(_("打印表格"), "proxies:paper_forms", "proxies:open_form", "proxies:print_forms"),
)
INVITING = (_place(_("邀请"), "proxies:invitations", "proxies:invitation", "proxies:joinings"),)
CONTACTING = (
    _place(_("名册"), "rosters:index", "rosters"),
    _place(_("还没有报到的人"), "dashboard:to_report_in", "dashboard:remind"),
    _place(_("单位报到"), "report_in:unit_list", *(f"report_in:{view}" for view in UNIT_REPORT_INS)),
    _place(_("单位名额"), "activities:groups", "activities:group", "activities:hold"),
    _place(_("答复请假"), "report_in:leave_inbox", "report_in:leave_review", "report_in:leave_answer"),
)
RECEIVING = (_place(_("收到的报告"), "annual_reports:received", "annual_reports:answer"),)
AREAS = ("area", "open_area", "change_area", "end_area", "merge_area", "split_area", "appoint_at_area", "end_post")
UNITS = ("unit", "open_unit", "open_branch", "change_unit", "end_unit", "appoint_at_unit")
MANAGING_PLACES = (
    _place(_("区域"), "organisations:areas", *(f"organisations:{view}" for view in AREAS)),
    _place(_("单位"), "organisations:units", *(f"organisations:{view}" for view in UNITS)),
    _place(_("导入组织"), "organisations:imports", "organisations:import"),
)
HOLDING = (_place(_("我的职责"), "organisations:my_posts", "organisations:delegate"),)
EDITING = (_place(_("内容管理"), "wagtailadmin_home"),)


@register.simple_tag(takes_context=True)
def portal_navigation(context: RequestContext) -> list[Group]:
    """Return the links of the person who asks: their own, then those of their duties."""
    request = context["request"]
    view_name = request.resolver_match.view_name if request.resolver_match else ""
    duties = _places_of(context.get("duties") or duties_of(request.user))
    here = _here((*duties, *OWN), view_name)
    groups = [Group("", _items(OWN, here, view_name, unread_count(request.user)))]
    if duties:
        groups.append(Group(_("工作"), _items(duties, here, view_name, 0)))
    return groups


def _places_of(duties: Duties) -> tuple[Place, ...]:
    return (
        *(ORGANISING if duties.organises else ()),
        *(CONTACTING if duties.is_contact else ()),
        *(INVITING if duties.organises or duties.is_contact else ()),
        *(RECEIVING if duties.receives_reports else ()),
        *(MANAGING_PLACES if duties.manages_places else ()),
        *(HOLDING if duties.holds_post else ()),
        *(EDITING if duties.edits else ()),
    )


def _here(places: Iterable[Place], view_name: str) -> Place | None:
    # Duties come first: they name single views of apps whose other views are everyone's own.
    return next((place for place in places if place.holds(view_name)), None)


def _items(places: Iterable[Place], here: Place | None, view_name: str, unread: int) -> list[Item]:
    return [
        Item(
            label=place.label,
            href=reverse(place.url_name),
            current="" if place is not here else "page" if place.url_name == view_name else "true",
            count=unread if place is INBOX else 0,
            is_more=place is not here and number >= ON_A_PHONE,
        )
        for number, place in enumerate(places)
    ]
