"""A unit ends: who answers what waited for it, and who hears of its former members."""

from datetime import timedelta

import pytest
import rules
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.notices.models import Message
from portal.organisations.actions import end_unit
from portal.organisations.enums import Role
from portal.organisations.errors import EndInFutureError
from portal.report_in import actions, queries
from portal.report_in.enums import LeaveKind, LeaveState
from tests.factories.members import HomeMembershipFactory, RosterEntryFactory
from tests.factories.organisations import CommunityFactory, PostFactory, StreetFactory, UnitFactory
from tests.factories.report_in import LeaveFactory, MemberReportInFactory

pytestmark = pytest.mark.django_db


def titles_to(person):
    return list(Message.objects.filter(recipient=person).order_by("pk").values_list("title", flat=True))


def logged(action):
    return list(ModelLogEntry.objects.filter(action=action).values_list("data", flat=True))


def test_what_was_written_to_the_unit_alone_ends_unread(client):
    report_in = MemberReportInFactory(accepted=True, unit=UnitFactory(above=UnitFactory()))
    leave = LeaveFactory(person=report_in.person, unit=report_in.unit)
    organiser = PostFactory(area=report_in.area).person
    contact_above = PostFactory(unit_contact=True, unit=leave.unit.get_parent()).person
    assert rules.has_perm("report_in.read_leave_reason", contact_above, leave)

    end_unit(unit=leave.unit, by=None)

    leave.refresh_from_db()
    assert leave.state == LeaveState.ENDED
    assert not rules.has_perm("report_in.read_leave_reason", contact_above, leave)
    client.force_login(contact_above)
    page = client.get(reverse("report_in:leave_review", args=[leave.pk])).text
    assert leave.reason not in page
    assert leave.get_kind_display() not in page
    assert f"{leave.unit}已经停用，您的请假不用再等答复。" in titles_to(leave.person)
    assert not queries.decidable(organiser).exists()
    assert logged("report_in.leave.ended") == [{"from": "requested", "to": "ended"}]


def test_only_whom_no_unit_counts_is_told_that_nobody_reminds_them():
    unit = UnitFactory()
    gone, member, listed = (LeaveFactory(unit=unit).person for _number in range(3))
    HomeMembershipFactory(person=gone, unit=unit)
    RosterEntryFactory(person=gone, unit=unit)
    HomeMembershipFactory(person=member)
    RosterEntryFactory(person=listed)

    end_unit(unit=unit, by=None)

    told = Message.objects.filter(title=f"{unit}已经停用，您的请假不用再等答复。")
    said = {person: "不会有人提醒您报到" in body for person, body in told.values_list("recipient", "body")}
    assert said == {gone.pk: True, member.pk: False, listed.pk: False}


def test_an_exemption_the_community_was_asked_for_too_is_left_to_it():
    report_in = MemberReportInFactory(accepted=True)
    leave = LeaveFactory(person=report_in.person, unit=report_in.unit, area=report_in.area, kind=LeaveKind.EXEMPTION)
    organiser = PostFactory(area=report_in.area).person

    end_unit(unit=leave.unit, by=None)

    leave.refresh_from_db()
    assert (leave.state, leave.unit, leave.area) == (LeaveState.REQUESTED, None, report_in.area)
    assert list(queries.leaves_to_decide(organiser)) == [leave]
    assert titles_to(organiser) == []
    assert f"{report_in.unit}已经停用，您的免予报到申请只由社区答复。" in titles_to(leave.person)
    assert logged("report_in.leave.redirected") == [{"from": report_in.unit.code, "to": report_in.area.code}]


def test_an_exemption_written_to_the_unit_alone_ends_unread():
    report_in = MemberReportInFactory(accepted=True)
    leave = LeaveFactory(person=report_in.person, unit=report_in.unit, kind=LeaveKind.EXEMPTION)
    organiser = PostFactory(area=report_in.area).person

    end_unit(unit=leave.unit, by=None)

    leave.refresh_from_db()
    assert (leave.state, leave.area) == (LeaveState.ENDED, None)
    assert not queries.decidable(organiser).exists()
    assert not rules.has_perm("report_in.read_leave_reason", organiser, leave)
    assert titles_to(organiser) == []
    assert f"{leave.unit}已经停用，您的请假不用再等答复。" in titles_to(leave.person)


def test_what_was_granted_stands_and_what_waits_for_others_waits():
    granted = LeaveFactory(granted=True)
    other = LeaveFactory()

    end_unit(unit=granted.unit, by=None)

    assert set(type(other).objects.values_list("pk", "state")) == {(granted.pk, "granted"), (other.pk, "requested")}


def test_a_day_to_come_is_refused_while_a_request_waits():
    unit = UnitFactory()
    LeaveFactory(unit=unit)

    with pytest.raises(EndInFutureError, match="请假"):
        end_unit(unit=unit, by=None, on=timezone.localdate() + timedelta(days=2))


def test_the_page_says_how_many_wait(client):
    street = StreetFactory()
    unit = UnitFactory(area=CommunityFactory(above=street))
    LeaveFactory.create_batch(2, unit=unit)
    client.force_login(PostFactory(role=Role.ADMINISTRATOR, area=street).person)

    assert "2 份等答复的请假不再由单位答复" in client.get(reverse("organisations:end_unit", args=[unit.pk])).text


def test_a_report_in_waits_on_and_nobody_above_the_unit_hears_of_it():
    above = UnitFactory()
    report_in = MemberReportInFactory(unit=UnitFactory(above=above))
    contact = PostFactory(unit_contact=True, unit=above).person
    organiser = PostFactory(area=report_in.area).person
    end_unit(unit=report_in.unit, by=None)

    assert list(queries.reviewable(organiser)) == [report_in]
    actions.accept(report_in=report_in, by=organiser)

    assert not titles_to(contact)


@pytest.mark.parametrize("ended", [True, False])
def test_the_pages_say_that_the_unit_is_there_no_more(client, ended):
    waiting, standing = MemberReportInFactory(), MemberReportInFactory(accepted=True)
    organiser = PostFactory(area=waiting.area).person
    PostFactory(area=standing.area, person=organiser)
    for report_in in (waiting, standing) if ended else ():
        end_unit(unit=report_in.unit, by=None)
    client.force_login(organiser)
    pages = [
        reverse("report_in:inbox"),
        reverse("report_in:review", args=[waiting.pk]),
        reverse("report_in:members_of", args=[standing.area.code]),
    ]

    for page in pages:
        assert ("（已停用）" in client.get(page).text) == ended, page
    client.force_login(waiting.person)
    assert ("（已停用）" in client.get(reverse("report_in:start")).text) == ended


def test_a_list_of_members_asks_as_much_for_many_units(client):
    area = CommunityFactory()
    client.force_login(PostFactory(area=area).person)
    page = reverse("report_in:members_of", args=[area.code])

    def asked(number):
        MemberReportInFactory.create_batch(number, area=area, accepted=True)
        with CaptureQueriesContext(connection) as found:
            client.get(page)
        return len(found)

    asked(1)
    assert asked(1) == asked(3)
