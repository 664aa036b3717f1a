import pytest
from django.utils import timezone

from portal.members.models import Consent
from portal.report_in import actions, errors
from portal.report_in.enums import ReportInState
from portal.states import IllegalMoveError
from tests.factories.members import ConsentFactory, UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.report_in import MemberReportInFactory
from tests.portal.report_in.steps import logged, titles_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def standing():
    report_in = MemberReportInFactory(accepted=True, person__name="林远舟", area__name="云水社区")
    ConsentFactory(person=report_in.person)
    return report_in


def test_one_ends_ones_own_report_in_and_both_sides_are_told(standing):
    organiser = PostFactory(area=standing.area).person
    contact = PostFactory(unit_contact=True, unit=standing.unit).person

    ended = actions.end_own(report_in=standing, by=standing.person)

    assert (ended.state, ended.ended_on) == (ReportInState.ENDED, timezone.localdate())
    assert titles_to(organiser) == titles_to(contact) == ["林远舟已结束在云水社区的报到。"]
    assert not Consent.objects.filter(withdrawn_at__isnull=True).exists()
    assert logged() == ["report_in.memberreportin.ended", "members.consent.withdrawn"]


def test_ending_again_changes_nothing(standing):
    actions.end_own(report_in=standing, by=standing.person)
    before = logged()

    actions.end_own(report_in=standing, by=standing.person)
    actions.end(report_in=standing, by=UserFactory(), reason="重复")

    standing.refresh_from_db()
    assert not standing.end_reason
    assert logged() == before


def test_the_community_ends_with_a_reason_the_person_sees(standing):
    organiser = UserFactory()

    ended = actions.end(report_in=standing, by=organiser, reason=" 本人已不住在这里。 ")

    assert ended.end_reason == "本人已不住在这里。"
    assert titles_to(standing.person) == ["云水社区结束了您的报到。"]
    assert standing.person.inbox_messages.get().body == "社区写了原因，请打开看。如果不对，请联系社区。"


def test_without_a_reason_nothing_ends(standing):
    with pytest.raises(errors.ReasonMissingError):
        actions.end(report_in=standing, by=UserFactory(), reason=" ")


def test_nobody_ends_their_own_as_the_community(standing):
    with pytest.raises(errors.OwnReportInError):
        actions.end(report_in=standing, by=standing.person, reason="搬走了")


def test_what_waits_is_withdrawn_and_not_ended():
    with pytest.raises(IllegalMoveError):
        actions.end_own(report_in=(waiting := MemberReportInFactory()), by=waiting.person)
