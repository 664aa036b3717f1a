import pytest
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from portal.members.models import Consent
from portal.notices.models import Message
from portal.report_in import actions, errors
from portal.report_in.enums import OPEN, REPORT_IN_TRANSITIONS, ReportInState
from portal.report_in.models import MemberReportIn
from portal.report_in.queries import home_community
from portal.states import IllegalMoveError
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import CommunityFactory, GridFactory, PostFactory, UnitFactory
from tests.factories.report_in import MemberReportInFactory

pytestmark = pytest.mark.django_db


def logged():
    return list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True))


def titles_to(person):
    return list(Message.objects.filter(recipient=person).values_list("title", flat=True))


def test_a_member_reports_in():
    membership = HomeMembershipFactory()
    organiser = PostFactory(area=CommunityFactory(name="云水社区"))

    report_in = actions.submit_report_in(person=membership.person, area=organiser.area, note="3 栋")

    assert report_in.state == ReportInState.SUBMITTED
    assert report_in.unit == membership.unit
    assert report_in.note == "3 栋"
    assert report_in.number is None
    assert Consent.objects.get(person=membership.person).text_version == actions.CONSENT_VERSION
    assert titles_to(organiser.person) == ["云水社区有一份新的报到等您确认。"]
    assert logged() == ["members.consent.given", "report_in.memberreportin.submitted"]


def test_without_a_unit_nobody_reports_in():
    with pytest.raises(errors.NoHomeUnitError):
        actions.submit_report_in(person=UserFactory(), area=CommunityFactory())


def test_one_reports_in_to_an_open_community_only():
    person = HomeMembershipFactory().person
    grid = GridFactory()

    for place in (grid, grid.get_parent().get_parent(), CommunityFactory(ends_on="2020-01-01")):
        with pytest.raises(errors.NotACommunityError):
            actions.submit_report_in(person=person, area=place)


@pytest.mark.parametrize("state", OPEN)
def test_one_report_in_at_a_time(state):
    standing = MemberReportInFactory(state=state, number="BD-2026-1" if state == "accepted" else None)

    with pytest.raises(errors.AlreadyReportedInError):
        actions.submit_report_in(person=standing.person, area=CommunityFactory())


def test_the_database_too_allows_one_report_in_at_a_time():
    standing = MemberReportInFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        MemberReportIn.objects.create(person=standing.person, area=standing.area)


def test_the_database_refuses_an_accepted_report_in_without_a_number():
    report_in = MemberReportInFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        MemberReportIn.objects.filter(pk=report_in.pk).update(state=ReportInState.ACCEPTED)


def test_the_community_accepts():
    report_in = MemberReportInFactory(person__name="林远舟", area__name="云水社区")
    contact = PostFactory(unit_contact=True, unit=report_in.unit)
    organiser = PostFactory(area=report_in.area).person

    report_in = actions.accept(report_in=report_in, by=organiser)

    assert report_in.state == ReportInState.ACCEPTED
    assert report_in.decided_by == organiser
    assert report_in.number == f"BD-{report_in.decided_at.year}-{report_in.pk:06}"
    assert home_community(report_in.person) == report_in.area
    assert titles_to(report_in.person) == ["云水社区已确认您的报到。"]
    assert titles_to(contact.person) == ["林远舟已到云水社区报到。"]
    entry = ModelLogEntry.objects.get(action="report_in.memberreportin.accepted")
    assert entry.user == organiser
    assert entry.data == {"from": "submitted", "to": "accepted"}


def test_accepting_again_changes_nothing():
    organiser = UserFactory()
    first = actions.accept(report_in=MemberReportInFactory(), by=organiser)

    second = actions.accept(report_in=first, by=UserFactory())

    assert (second.number, second.decided_by) == (first.number, organiser)
    assert Message.objects.filter(recipient=first.person).count() == 1


def test_numbers_differ():
    numbers = {actions.accept(report_in=one, by=UserFactory()).number for one in MemberReportInFactory.create_batch(3)}

    assert len(numbers) == 3


def test_the_community_asks_back_and_the_member_sends_again():
    report_in = MemberReportInFactory(area__name="云水社区")
    organiser = PostFactory(area=report_in.area).person

    actions.ask_back(report_in=report_in, by=organiser, reason=" 请写明住在哪一栋。 ")
    report_in.refresh_from_db()
    assert report_in.state == ReportInState.ASKED_BACK
    assert report_in.reason == "请写明住在哪一栋。"
    assert titles_to(report_in.person) == ["云水社区请您补充报到信息。"]
    assert "哪一栋" not in Message.objects.get(recipient=report_in.person).body

    actions.resubmit(report_in=report_in, by=report_in.person, note="5 栋")
    report_in.refresh_from_db()
    assert (report_in.state, report_in.note) == (ReportInState.SUBMITTED, "5 栋")
    assert titles_to(organiser) == ["云水社区有一份新的报到等您确认。"]
    assert logged()[-2:] == ["report_in.memberreportin.asked_back", "report_in.memberreportin.submitted"]


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_asking_back_needs_a_reason(reason):
    report_in = MemberReportInFactory()

    with pytest.raises(errors.ReasonMissingError):
        actions.ask_back(report_in=report_in, by=UserFactory(), reason=reason)


@pytest.mark.parametrize("state", [ReportInState.SUBMITTED, ReportInState.ASKED_BACK])
def test_a_member_withdraws_and_the_consent_ends(state):
    person = HomeMembershipFactory().person
    report_in = actions.submit_report_in(person=person, area=CommunityFactory())
    MemberReportIn.objects.update(state=state)

    actions.withdraw(report_in=report_in, by=person)
    actions.withdraw(report_in=report_in, by=person)

    report_in.refresh_from_db()
    assert report_in.state == ReportInState.WITHDRAWN
    assert Consent.objects.get().withdrawn_at is not None
    assert logged().count("report_in.memberreportin.withdrawn") == 1
    assert actions.submit_report_in(person=person, area=report_in.area).pk != report_in.pk


MOVES = {
    ReportInState.ACCEPTED: lambda one: actions.accept(report_in=one, by=UserFactory()),
    ReportInState.ASKED_BACK: lambda one: actions.ask_back(report_in=one, by=UserFactory(), reason="请补充"),
    ReportInState.SUBMITTED: lambda one: actions.resubmit(report_in=one, by=one.person, note=""),
    ReportInState.WITHDRAWN: lambda one: actions.withdraw(report_in=one, by=one.person),
}


@pytest.mark.parametrize("after", MOVES)
@pytest.mark.parametrize("before", ReportInState)
def test_the_table_alone_decides_which_moves_there_are(before, after):
    report_in = MemberReportInFactory(state=before, number="BD-2026-1" if before == "accepted" else None)
    is_idempotent = before == after and after in (ReportInState.ACCEPTED, ReportInState.WITHDRAWN)

    if after in REPORT_IN_TRANSITIONS.get(before, ()) or is_idempotent:
        assert MOVES[after](report_in).state == after
    else:
        with pytest.raises(IllegalMoveError):
            MOVES[after](report_in)
        report_in.refresh_from_db()
        assert report_in.state == before


def test_when_the_community_has_nobody_the_street_is_told():
    community = CommunityFactory()
    street_organiser = PostFactory(area=community.get_parent()).person
    PostFactory(area=community.get_root())

    actions.submit_report_in(person=HomeMembershipFactory().person, area=community)

    assert Message.objects.get().recipient == street_organiser


def test_a_branch_without_a_contact_tells_the_contact_of_its_unit():
    contact = PostFactory(unit_contact=True)
    branch = UnitFactory(above=contact.unit)
    report_in = MemberReportInFactory(unit=branch)

    actions.accept(report_in=report_in, by=UserFactory())

    assert len(titles_to(contact.person)) == 1


def test_nobody_decides_about_themselves():
    report_in = MemberReportInFactory()

    with pytest.raises(errors.OwnReportInError):
        actions.accept(report_in=report_in, by=report_in.person)
    with pytest.raises(errors.OwnReportInError):
        actions.ask_back(report_in=report_in, by=report_in.person, reason="请补充")

    report_in.refresh_from_db()
    assert (report_in.state, report_in.decided_by) == (ReportInState.SUBMITTED, None)


def test_the_only_organiser_reporting_in_is_answered_by_the_street():
    community = CommunityFactory()
    organiser = PostFactory(area=community).person
    street_organiser = PostFactory(area=community.get_parent()).person

    actions.submit_report_in(person=HomeMembershipFactory(person=organiser).person, area=community)

    assert Message.objects.filter(title__contains="等您确认").get().recipient == street_organiser
