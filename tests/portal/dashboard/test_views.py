from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.annual_reports.enums import Side
from portal.organisations.enums import Role
from tests.factories.activities import ActivityFactory, AttendanceFactory, ShiftFactory, SignUpFactory
from tests.factories.annual_reports import AnnualReportFactory, ReportingYearFactory, receipt_of
from tests.factories.members import RosterEntryFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory, UnitFactory
from tests.factories.report_in import MemberReportInFactory

pytestmark = pytest.mark.django_db

HOME = "/portal/"
SECTIONS = {
    "member": "desk-member",
    "organiser": "desk-organiser",
    "contact": "desk-contact",
    "supervisor": "desk-supervisor",
    "editor": "desk-editor",
}


def someone(*roles):
    person = MemberReportInFactory(accepted=True).person if "member" in roles else UserFactory()
    if "organiser" in roles:
        PostFactory(person=person)
    if "contact" in roles:
        PostFactory(person=person, unit_contact=True)
    if "supervisor" in roles:
        PostFactory(person=person, role=Role.SUPERVISOR)
    if "editor" in roles:
        person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return person


def page(client, person, address=HOME):
    client.force_login(person)
    return client.get(address).content.decode()


@pytest.mark.parametrize("name", ["dashboard:home", "dashboard:to_report_in"])
def test_strangers_are_asked_to_log_in(client, name):
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response["Location"].startswith("/account/")


@pytest.mark.parametrize("role", SECTIONS)
def test_each_role_sees_its_own_section_alone(client, role):
    body = page(client, someone(role))

    assert [name for name, mark in SECTIONS.items() if mark in body] == [role]


def test_one_with_every_role_sees_the_sections_in_order(client):
    body = page(client, someone(*SECTIONS))

    places = [body.index(mark) for mark in SECTIONS.values()]
    assert places == sorted(places)


def test_someone_new_whom_a_unit_named_is_shown_the_way_in(client):
    person = UserFactory(name="")
    RosterEntryFactory(person=person)

    body = page(client, person)

    assert "选择单位" in body
    assert "到居住的社区报到" in body
    assert "未填写姓名" not in body


def test_a_resident_is_asked_nothing_they_cannot_do_and_finds_the_activities(client):
    year = ReportingYearFactory()

    body = page(client, UserFactory())

    assert "到居住的社区报到" not in body
    assert reverse("annual_reports:edit", args=[year.year]) not in body
    assert "未报到" not in body
    assert body.count("看看有什么活动") == 1


def test_what_waits_for_a_member_leads_there(client):
    member = MemberReportInFactory(asked_back=True).person
    year = ReportingYearFactory()
    offer = SignUpFactory(member=member, offered=True)
    RosterEntryFactory(person=member)

    body = page(client, member)

    assert "请写明住在哪一栋。" in body
    assert f"{offer.shift.activity.title}有空位了" in body
    assert reverse("annual_reports:edit", args=[year.year]) in body


def test_a_queue_place_is_told_with_its_number(client):
    waiting = SignUpFactory(waiting=True)
    second = SignUpFactory(shift=waiting.shift, waiting=True)

    assert "第 2 位" in page(client, second.member)


def test_a_sent_report_shows_its_state(client):
    body = page(client, AnnualReportFactory(sent=True).member)

    assert "已提交" in body
    assert "开始填写" not in body


def test_an_organiser_finds_todays_shift(client):
    area = CommunityFactory()
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    shift = ShiftFactory(activity=ActivityFactory(area=area), starts_at=noon)

    body = page(client, PostFactory(area=area).person)

    assert reverse("check_in:desk", args=[shift.pk]) in body


def test_a_button_says_to_the_ear_how_many_wait(client):
    area = CommunityFactory()
    MemberReportInFactory.create_batch(2, area=area)

    body = page(client, PostFactory(area=area).person)

    assert '去确认<span class="visually-hidden">：2 人等待报到确认</span>' in body


def test_a_contact_sees_a_number_and_the_list_is_one_step_away(client):
    unit = UnitFactory()
    entry = RosterEntryFactory(unit=unit)
    contact = PostFactory(unit_contact=True, unit=unit).person

    home, people = page(client, contact), page(client, contact, reverse("dashboard:to_report_in"))

    assert "人还没有报到" in home
    assert entry.name not in home
    assert entry.name in people
    assert str(entry.phone) not in people


def test_a_contact_whose_people_all_reported_in_reads_so(client):
    contact = PostFactory(unit_contact=True).person

    assert "名册上的人都已报到" in page(client, contact)
    assert "名册上的人都已报到" in page(client, contact, reverse("dashboard:to_report_in"))


@pytest.mark.parametrize("role", ["member", "organiser", "supervisor", "editor"])
def test_only_contacts_open_the_list_of_who_has_not_reported_in(client, role):
    client.force_login(someone(role))

    assert client.get(reverse("dashboard:to_report_in")).status_code == 403


def test_the_list_of_another_unit_stays_there(client):
    entry = RosterEntryFactory()

    assert entry.name not in page(client, someone("contact"), reverse("dashboard:to_report_in"))


def cost(client, address):
    client.get(address)  # the menu and the languages are read once and kept
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_page_costs_the_same_with_one_and_with_three_of_everything(client):
    person = someone(*SECTIONS)
    client.force_login(person)
    area, unit = CommunityFactory(), UnitFactory()
    PostFactory(person=person, area=area)
    PostFactory(person=person, unit_contact=True, unit=unit)
    costs = []
    for more in (1, 2):
        for _ in range(more):
            fill(person, area, unit)
        costs.append(cost(client, HOME))

    assert costs[0] == costs[1]


@pytest.mark.parametrize("role", ["organiser", "contact", "supervisor"])
def test_each_roles_first_page_costs_the_same_with_one_and_with_three(client, role):
    area, unit = CommunityFactory(), UnitFactory()
    place = {
        "organiser": {"area": area},
        "contact": {"unit_contact": True, "unit": unit},
        "supervisor": {"supervisor": True, "area": area.get_parent()},
    }[role]
    client.force_login(PostFactory(**place).person)
    costs = []
    for more in (1, 2):
        for _ in range(more):
            fill(UserFactory(), area, unit)
            CommunityFactory(above=area.get_parent())
        costs.append(cost(client, HOME))

    assert costs[0] == costs[1]


def fill(person, area, unit):
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    SignUpFactory(member=person, offered=True)
    SignUpFactory(member=person, shift__starts_at=timezone.now() + timedelta(days=3))
    SignUpFactory(shift=ShiftFactory(activity=ActivityFactory(area=area), starts_at=noon))
    AttendanceFactory(sign_up__shift__activity__area=area)
    MemberReportInFactory(area=area)
    RosterEntryFactory(unit=unit)
    report = AnnualReportFactory(sent=True)
    PostFactory(person=person, area=receipt_of(report, Side.COMMUNITY).area)


def test_the_list_costs_the_same_with_one_and_with_three(client):
    unit = UnitFactory()
    client.force_login(PostFactory(unit_contact=True, unit=unit).person)
    costs = []
    for more in (1, 2):
        RosterEntryFactory.create_batch(more, unit=unit)
        costs.append(cost(client, reverse("dashboard:to_report_in")))

    assert costs[0] == costs[1]
