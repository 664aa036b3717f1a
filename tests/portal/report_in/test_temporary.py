"""For a time in another community: from day to day, longer once, and over by itself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.members.models import Consent
from portal.report_in import actions, errors
from portal.report_in.enums import ReportInKind, ReportInState, TemporaryReason
from portal.report_in.models import MemberReportIn
from portal.report_in.queries import home_community
from tests.factories.members import ConsentFactory, HomeMembershipFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.report_in import MemberReportInFactory, TemporaryReportInFactory
from tests.portal.report_in.steps import logged, titles_to

pytestmark = pytest.mark.django_db


def day(number):
    return timezone.localdate() + timedelta(days=number)


def report_in(person, area, *, starts=0, expires=30):
    return actions.report_in_for_a_time(
        person=person, area=area, reason=TemporaryReason.BUSINESS, starts_on=day(starts), expires_on=day(expires)
    )


@pytest.fixture
def standing():
    return TemporaryReportInFactory(accepted=True, area__name="云水社区", expires_on=day(10), starts_on=day(-20))


def test_a_temporary_report_in_stands_beside_the_residence():
    residence = MemberReportInFactory(accepted=True)
    area = CommunityFactory()
    organiser = PostFactory(area=area).person

    temporary = actions.accept(report_in=report_in(residence.person, area), by=organiser)

    assert (temporary.kind, temporary.state) == (ReportInKind.TEMPORARY, ReportInState.ACCEPTED)
    assert home_community(residence.person) == residence.area
    assert MemberReportIn.objects.filter(person=residence.person, state=ReportInState.ACCEPTED).count() == 2


def test_one_in_each_community_and_not_where_one_lives():
    residence = MemberReportInFactory(accepted=True)
    first, second = CommunityFactory(), CommunityFactory()
    report_in(residence.person, first)
    report_in(residence.person, second)

    with pytest.raises(errors.AlreadyReportedInError):
        report_in(residence.person, first)
    with pytest.raises(errors.SameCommunityError):
        report_in(residence.person, residence.area)


@pytest.mark.parametrize(
    ("starts", "expires", "refusal"),
    [
        (0, 366, errors.TooLongError),
        (5, 4, errors.DaysInOrderError),
        (-9, -1, errors.DaysInOrderError),
    ],
)
def test_days_that_cannot_be_are_refused(starts, expires, refusal):
    with pytest.raises(refusal):
        report_in(HomeMembershipFactory().person, CommunityFactory(), starts=starts, expires=expires)


def test_a_whole_year_and_a_single_day_are_allowed():
    person = HomeMembershipFactory().person
    report_in(person, CommunityFactory(), expires=365)
    report_in(person, CommunityFactory(), expires=0)


def test_who_has_no_unit_is_refused():
    with pytest.raises(errors.NoHomeUnitError):
        report_in(UserFactory(), CommunityFactory())


@pytest.mark.parametrize(
    "change", [{"expires_on": None}, {"starts_on": None}, {"temporary_reason": ""}, {"expires_on": "2000-01-01"}]
)
def test_the_database_wants_reason_and_days(standing, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        MemberReportIn.objects.filter(pk=standing.pk).update(**change)


def test_the_database_forbids_two_in_one_community(standing):
    with pytest.raises(IntegrityError), transaction.atomic():
        TemporaryReportInFactory(person=standing.person, area=standing.area)


def test_it_ends_by_itself_after_its_last_day(standing):
    ConsentFactory(person=standing.person)

    assert actions.end_expired(today=standing.expires_on) == 0
    assert actions.end_expired(today=standing.expires_on + timedelta(days=1)) == 1
    assert actions.end_expired(today=standing.expires_on + timedelta(days=1)) == 0

    last_day = standing.expires_on
    standing.refresh_from_db()
    assert (standing.state, standing.ended_on) == (ReportInState.ENDED, last_day)
    assert titles_to(standing.person) == ["您在云水社区的临时报到已到期结束。"]
    assert not Consent.objects.filter(withdrawn_at__isnull=True).exists()
    assert logged() == ["report_in.memberreportin.ended", "members.consent.withdrawn"]


@pytest.mark.parametrize("asked_back", [False, True])
def test_one_nobody_answered_ends_after_its_last_day(asked_back):
    waiting = TemporaryReportInFactory(
        asked_back=asked_back, area__name="云水社区", starts_on=day(-9), expires_on=day(-1)
    )
    ConsentFactory(person=waiting.person)

    assert actions.end_expired(today=waiting.expires_on) == 0
    assert actions.end_expired(today=day(0)) == 1
    assert actions.end_expired(today=day(0)) == 0

    waiting.refresh_from_db()
    assert (waiting.state, waiting.ended_on) == (ReportInState.WITHDRAWN, day(-1))
    assert titles_to(waiting.person) == ["您在云水社区的临时报到没有等到答复，日期已过，现已结束。"]
    assert logged() == ["report_in.memberreportin.withdrawn", "members.consent.withdrawn"]


def test_the_consent_stays_while_another_report_in_needs_it(standing):
    ConsentFactory(person=standing.person)
    MemberReportInFactory(person=standing.person, accepted=True)

    actions.end_own(report_in=standing, by=standing.person)

    assert Consent.objects.filter(withdrawn_at__isnull=True).exists()


def test_one_is_reminded_once_fourteen_days_before(standing):
    assert actions.remind_of_end(today=standing.expires_on - timedelta(days=15)) == 0
    assert actions.remind_of_end(today=standing.expires_on - timedelta(days=14)) == 1
    assert actions.remind_of_end(today=standing.expires_on - timedelta(days=13)) == 0

    assert len(titles_to(standing.person)) == 1
    assert "到期" in titles_to(standing.person)[0]


def test_a_longer_stay_is_asked_once_and_granted(standing):
    organiser = PostFactory(area=standing.area).person

    asked = actions.ask_for_longer(report_in=standing, by=standing.person, until=day(60))
    assert asked.asks_for_longer
    assert len(titles_to(organiser)) == 1
    granted = actions.answer_longer(report_in=standing, by=organiser, is_granted=True)

    assert granted.expires_on == day(60)
    assert not granted.asks_for_longer
    with pytest.raises(errors.ExtendedOnceError):
        actions.ask_for_longer(report_in=standing, by=standing.person, until=day(90))
    with pytest.raises(errors.NothingAskedError):
        actions.answer_longer(report_in=standing, by=organiser, is_granted=True)
    assert logged() == ["report_in.memberreportin.longer_asked", "report_in.memberreportin.longer_granted"]


def test_a_longer_stay_may_be_declined(standing):
    actions.ask_for_longer(report_in=standing, by=standing.person, until=day(60))

    declined = actions.answer_longer(report_in=standing, by=UserFactory(), is_granted=False)

    assert declined.expires_on == day(10)
    assert "没有同意延长" in titles_to(standing.person)[0]


@pytest.mark.parametrize(("until", "refusal"), [(10, errors.DaysInOrderError), (10 + 366, errors.TooLongError)])
def test_longer_means_longer_but_not_too_long(standing, until, refusal):
    with pytest.raises(refusal):
        actions.ask_for_longer(report_in=standing, by=standing.person, until=day(until))


def test_nobody_grants_themselves_a_longer_stay(standing):
    actions.ask_for_longer(report_in=standing, by=standing.person, until=day(60))

    with pytest.raises(errors.OwnReportInError):
        actions.answer_longer(report_in=standing, by=standing.person, is_granted=True)
