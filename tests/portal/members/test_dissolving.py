"""A unit ends under its members."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.members.actions import activate_from_roster, dissolving, resume_membership
from portal.members.enums import Ending, UnitMoveState
from portal.members.models import HomeMembership, UnitMove
from portal.notices.models import Message
from portal.organisations.actions import end_unit
from portal.organisations.enums import Role
from portal.organisations.errors import EndInFutureError
from portal.proxies.actions import redeem
from portal.rosters.actions import add_entry, confirm
from portal.rosters.enums import ImportState
from portal.rosters.errors import UnitEndedError
from portal.rosters.tasks import counts_of, write_file
from tests.factories.activities import GroupPlacesFactory
from tests.factories.members import HomeMembershipFactory, RosterEntryFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory, StreetFactory, UnitFactory
from tests.factories.proxies import InvitationCodeFactory
from tests.factories.report_in import LeaveFactory, UnitReportInFactory
from tests.factories.rosters import import_begun
from tests.portal.rosters.sheets import csv_of

pytestmark = pytest.mark.django_db


def test_whoever_belongs_there_is_let_go_and_told():
    unit = UnitFactory()
    row = RosterEntryFactory(unit=unit)
    home = activate_from_roster(person=UserFactory(phone=row.phone))
    waiting = RosterEntryFactory(unit=unit)
    by = UserFactory()

    end_unit(unit=unit, by=by)

    home.refresh_from_db()
    assert (home.ends_on, home.ending) == (timezone.localdate(), Ending.DISSOLVED)
    row.refresh_from_db()
    assert row.left_on == timezone.localdate()
    told = Message.objects.get(recipient=home.person, title__contains="已经停用")
    assert "新单位把您列入名册后，会登记为您的所属单位，并告诉您" in told.body
    assert ModelLogEntry.objects.get(action="members.homemembership.ended").user == by
    assert activate_from_roster(person=UserFactory(phone=waiting.phone)) is None
    assert not resume_membership(membership=home, by=by)
    end_unit(unit=unit, by=by)
    assert ModelLogEntry.objects.filter(action="members.homemembership.ended").count() == 1
    new = RosterEntryFactory(phone=home.person.phone)
    joined = activate_from_roster(person=home.person)
    assert joined
    assert joined.unit == new.unit
    assert Message.objects.filter(recipient=home.person, title=f"欢迎，{new.unit}的名册上有您。").exists()


def test_a_row_left_open_in_an_ended_unit_vouches_for_nobody():
    row = RosterEntryFactory(unit__ends_on=timezone.localdate())

    assert activate_from_roster(person=UserFactory(phone=row.phone)) is None
    with pytest.raises(UnitEndedError):
        add_entry(unit=row.unit, phone="+8613800009999", name="王五", by=UserFactory())


def test_a_move_to_it_is_withdrawn_and_its_member_stays_where_they_were():
    home = HomeMembershipFactory()
    row = RosterEntryFactory(phone=home.person.phone)
    activate_from_roster(person=home.person)

    end_unit(unit=row.unit, by=None)

    assert UnitMove.objects.get().state == UnitMoveState.WITHDRAWN
    home.refresh_from_db()
    assert home.ends_on is None


def test_a_day_to_come_is_refused_while_somebody_is_there():
    home, report_in = HomeMembershipFactory(), UnitReportInFactory()
    later = timezone.localdate() + timedelta(days=3)

    for unit in (home.unit, report_in.unit):
        with pytest.raises(EndInFutureError):
            end_unit(unit=unit, by=None, on=later)
    end_unit(unit=UnitFactory(), by=None, on=later)


@pytest.mark.parametrize(("accepted", "state"), [(True, "ended"), (False, "withdrawn")])
def test_its_report_ins_end_and_the_community_is_told(accepted, state):
    report_in = UnitReportInFactory(accepted=accepted)
    organiser = PostFactory(area=report_in.area).person

    end_unit(unit=report_in.unit, by=None)

    report_in.refresh_from_db()
    assert report_in.state == state
    assert "已经停用" in Message.objects.get(recipient=organiser).title


def test_the_number_of_questions_is_the_same_for_few_and_for_many():
    def asked(people):
        unit = UnitFactory()
        for _number in range(people):
            home = HomeMembershipFactory(unit=unit)
            RosterEntryFactory(unit=unit)
            LeaveFactory(person=home.person, unit=unit)
            UnitMove.objects.create(person=UserFactory(), to_unit=unit)
        with CaptureQueriesContext(connection) as found:
            end_unit(unit=unit, by=None)
        return len(found)

    asked(1)  # what is kept in memory afterwards
    assert asked(3) == asked(30)
    assert not HomeMembership.objects.filter(ends_on__isnull=True).exists()
    assert not UnitMove.objects.exclude(state=UnitMoveState.WITHDRAWN).exists()


def test_whose_membership_begins_while_the_unit_ends_is_told_too(monkeypatch):
    unit = UnitFactory()
    late = []
    monkeypatch.setattr(
        dissolving, "_close_roster", lambda *_rows, **_how: late.append(HomeMembershipFactory(unit=unit))
    )

    end_unit(unit=unit, by=None)

    assert Message.objects.get(recipient=late[0].person)


def test_the_page_says_what_will_happen(client):
    street = StreetFactory()
    administrator = PostFactory(role=Role.ADMINISTRATOR, area=street).person
    unit = UnitFactory(area=CommunityFactory(above=street))
    HomeMembershipFactory.create_batch(2, unit=unit)
    UnitReportInFactory(unit=unit)
    redeem(
        code=InvitationCodeFactory(invitation__to_unit=True, invitation__unit=unit), person=UserFactory(), name="张敏"
    )
    GroupPlacesFactory(unit=unit)
    client.force_login(administrator)

    text = client.get(reverse("organisations:end_unit", args=[unit.pk])).text

    assert "2 名成员的隶属关系" in text
    assert "在 1 个社区的单位报到结束" in text
    assert "1 份邀请收回" in text
    assert "1 人凭邀请加入、还没有确认" in text
    assert "为单位留的 2 个名额还没有写名字：今天或以前停用的，马上退给排队的人；停用日期在以后的，到" in text


def test_a_file_confirmed_before_is_not_written_after():
    unit, by = UnitFactory(), UserFactory()
    run = import_begun(unit=unit, by=by, content=csv_of([["姓名", "手机号"], ["张三", "13800001111"]]))
    confirm(run=run, shown=counts_of(run), is_complete=False, skips_errors=False, by=by)
    end_unit(unit=unit, by=None)

    write_file.call(run.pk, by.pk)

    run.refresh_from_db()
    assert run.state == ImportState.FAILED
    assert not unit.roster.exists()
