import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from portal.dashboard.templatetags.portal import ORGANISING
from portal.organisations.enums import Role
from tests.factories.activities import ActivityFactory
from tests.factories.members import UserFactory
from tests.factories.notices import MessageFactory
from tests.factories.organisations import PostFactory

pytestmark = pytest.mark.django_db

OPENING = {"更多", "收起"}  # the menu itself, on a phone
OWN = ["工作台", "活动", "服务记录", "消息", "报到", "团队", "积分", "年度报告", "账户与安全"]
ENTRIES = {
    "member": [],
    "organiser": [
        *("收到的报到", "管理活动", "签到台", "确认服务", "报到成员", "管理团队", "写给大家"),
        *("代为录入", "打印表格", "邀请", "收到的报告", "我的职责"),
    ],
    "contact": ["名册", "还没有报到的人", "单位报到", "单位名额", "答复请假", "邀请", "收到的报告", "我的职责"],
    "supervisor": ["我的职责"],
    "administrator": ["区域", "单位", "导入组织", "我的职责"],
    "editor": ["内容管理"],
}


def someone(role):
    if role == "editor":
        person = UserFactory()
        person.user_permissions.add(Permission.objects.get(codename="access_admin"))
        return person
    posts = {"organiser": {}, "contact": {"unit_contact": True}, "supervisor": {"role": Role.SUPERVISOR}}
    posts |= {"administrator": {"role": Role.ADMINISTRATOR}}
    return PostFactory(**posts[role]).person if role in posts else UserFactory()


def navigation(client, address="/portal/"):
    body = client.get(address).content.decode()
    return re.search(r'<nav class="portal-nav".*?</nav>', body, re.DOTALL).group()


def labels(markup):
    return [label for label in re.findall(r"<a [^>]*>([^<\s]+)", markup) if label not in OPENING]


def hidden_on_a_phone(markup):
    return re.findall(r'class="portal-nav__more"><a [^>]*>([^<\s]+)', markup)


def current(markup):
    return re.findall(r'<a [^>]*aria-current="(\w+)"[^>]*>([^<\s]+)', markup)


@pytest.mark.parametrize("role", ENTRIES)
def test_everyone_sees_their_own_links_and_those_of_their_duties(client, role):
    client.force_login(someone(role))

    assert labels(navigation(client)) == [*OWN, *ENTRIES[role]]


@pytest.mark.parametrize(
    ("url_name", "marked"),
    [
        ("dashboard:home", ("page", "工作台")),
        ("activities:list", ("page", "活动")),
        ("activities:mine", ("true", "活动")),
        ("activities:manage", ("page", "管理活动")),
        ("activities:create", ("true", "管理活动")),
        ("teams:manage", ("page", "管理团队")),
        ("teams:list", ("page", "团队")),
        ("records:mine", ("page", "服务记录")),
        ("records:confirm", ("page", "确认服务")),
        ("points:mine", ("page", "积分")),
        ("annual_reports:mine", ("page", "年度报告")),
        ("annual_reports:received", ("page", "收到的报告")),
        ("notices:inbox", ("page", "消息")),
        ("report_in:inbox", ("page", "收到的报到")),
        ("members:reads_of_me", ("true", "工作台")),
    ],
)
def test_the_current_place_is_marked_once(client, url_name, marked):
    client.force_login(PostFactory().person)

    assert current(navigation(client, reverse(url_name))) == [marked]


def test_a_phone_shows_four_of_a_group_and_where_one_is(client):
    client.force_login(PostFactory().person)

    assert hidden_on_a_phone(navigation(client)) == [*OWN[4:], *ENTRIES["organiser"][4:]]
    assert "积分" not in hidden_on_a_phone(navigation(client, reverse("points:mine")))


@pytest.mark.parametrize("address", ["/portal/", reverse("activities:list"), reverse("report_in:start")])
def test_who_skips_to_the_page_skips_the_menu(client, address):
    client.force_login(UserFactory())

    body = client.get(address).content.decode()

    assert body.count('class="portal-nav"') == 1
    assert body.index('href="#main"') < body.index('class="portal-nav"') < body.index('<main id="main"')


def test_unread_messages_are_counted_in_figures_and_words(client):
    person = UserFactory()
    MessageFactory.create_batch(2, recipient=person)
    MessageFactory()
    client.force_login(person)

    assert re.search(r"消息.*?>2<span[^>]*> 条未读</span>", navigation(client))


def test_without_unread_messages_there_is_no_figure(client):
    client.force_login(UserFactory())

    assert "条未读" not in navigation(client)


def test_leaving_takes_one_press_and_no_script(client):
    client.force_login(UserFactory())
    markup = navigation(client)
    assert f'<form method="post" action="{reverse("account_logout")}">' in markup

    client.post(reverse("account_logout"))

    assert client.get("/portal/").status_code == 302


def test_the_public_page_of_an_activity_shows_strangers_no_navigation(client):
    body = client.get(reverse("activities:detail", args=[ActivityFactory().code])).content.decode()

    assert "portal-nav" not in body


@pytest.mark.parametrize(
    ("view", "place"),
    [
        ("proxies:profile", "proxies:find"),
        ("report_in:end_for_community", "report_in:inbox"),
        ("report_in:unit_end_for_community", "report_in:inbox"),
    ],
)
def test_a_step_of_a_duty_belongs_to_its_place(view, place):
    assert [one.url_name for one in ORGANISING if one.holds(view)] == [place]
