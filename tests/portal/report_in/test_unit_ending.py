"""A community ends a unit's report-in."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.notices.models import Message
from portal.report_in import actions, errors
from portal.report_in.enums import UnitReportInState
from portal.states import IllegalMoveError
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory, UnitFactory
from tests.factories.report_in import UnitReportInFactory

pytestmark = pytest.mark.django_db


def titles_to(person):
    return list(Message.objects.filter(recipient=person).values_list("title", flat=True))


def address(name, *args):
    return reverse(f"report_in:unit_{name}", args=args)


@pytest.fixture
def contact():
    return PostFactory(unit_contact=True, unit=UnitFactory(name="云亭市图书馆"))


def test_a_community_ends_it_with_a_reason_and_both_are_told_once(contact):
    report_in = UnitReportInFactory(accepted=True, unit=contact.unit)
    organiser = PostFactory(area=report_in.area).person

    for _again in range(2):
        actions.end_unit_for_community(report_in=report_in, by=organiser, reason=" 单位搬走了。 ")

    report_in.refresh_from_db()
    assert (report_in.state, report_in.end_reason) == (UnitReportInState.ENDED, "单位搬走了。")
    assert report_in.ended_on == timezone.localdate()
    assert Message.objects.get(recipient=contact.person).body == "社区写了原因，请打开看。如果不对，请联系社区。"
    assert len(titles_to(organiser)) == 1
    assert ModelLogEntry.objects.get(action="report_in.unitreportin.ended").user == organiser


def test_a_community_does_not_end_without_a_reason_its_own_or_what_does_not_stand():
    standing, waiting = UnitReportInFactory(accepted=True), UnitReportInFactory()

    with pytest.raises(errors.ReasonMissingError):
        actions.end_unit_for_community(report_in=standing, by=UserFactory(), reason=" ")
    with pytest.raises(errors.OwnUnitReportInError):
        actions.end_unit_for_community(report_in=standing, by=standing.submitted_by, reason="搬走了")
    with pytest.raises(IllegalMoveError):
        actions.end_unit_for_community(report_in=waiting, by=UserFactory(), reason="搬走了")


def test_the_desk_ends_with_a_reason(client, contact):
    report_in = UnitReportInFactory(accepted=True, unit=contact.unit)
    end = address("end_for_community", report_in.pk)
    assert client.post(end).status_code == 302
    client.force_login(contact.person)
    assert client.post(end, {"reason": "不来了"}).status_code == 404
    client.force_login(PostFactory(area=report_in.area).person)
    assert client.get(end).status_code == 405
    assert end in client.get(address("review", report_in.pk)).content.decode()

    assert "单位会看到" in (refused := client.post(end, {"reason": ""})).content.decode()
    assert refused.status_code == 422
    client.post(end, {"reason": "单位搬走了"})

    report_in.refresh_from_db()
    assert report_in.state == UnitReportInState.ENDED
    client.force_login(contact.person)
    assert "单位搬走了" in client.get(address("one", report_in.pk)).content.decode()
