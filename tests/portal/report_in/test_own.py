"""What a person does with their own report-ins on the page; nobody else's are there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.report_in.enums import ReportInState
from tests.factories.report_in import MemberReportInFactory, MoveFactory, TemporaryReportInFactory

pytestmark = pytest.mark.django_db

START = reverse("report_in:start")
WAYS = ("send_again", "withdraw", "end", "longer")


def own(way, report_in):
    return reverse(f"report_in:{way}", args=[report_in.pk])


def test_all_that_is_open_stands_on_one_page(client):
    residence = MemberReportInFactory(accepted=True, area__name="青石社区")
    MoveFactory(person=residence.person, moves_from=residence, area__name="云水社区")
    TemporaryReportInFactory(person=residence.person, accepted=True, area__name="松林社区")
    client.force_login(residence.person)

    body = client.get(START).content.decode()

    assert body.index("青石社区") < body.index("云水社区") < body.index("松林社区")
    assert reverse("report_in:choose_move") not in body  # one waits already


def test_whoever_has_only_a_temporary_one_is_led_to_report_in(client):
    client.force_login(TemporaryReportInFactory().person)

    body = client.get(START).content.decode()

    assert reverse("report_in:choose_send") in body
    assert client.get(reverse("report_in:choose_send")).status_code == 200


def test_a_person_ends_their_report_in(client):
    standing = MemberReportInFactory(accepted=True)
    client.force_login(standing.person)

    body = client.post(own("end", standing), follow=True).content.decode()

    standing.refresh_from_db()
    assert standing.state == ReportInState.ENDED
    assert "已结束在" in body
    assert client.post(own("end", standing)).status_code == 404


def test_what_waits_cannot_be_ended(client):
    waiting = MemberReportInFactory()
    client.force_login(waiting.person)

    assert "当前状态不能" in client.post(own("end", waiting), follow=True).content.decode()


def test_a_person_asks_to_stay_longer(client):
    today = timezone.localdate()
    stay = TemporaryReportInFactory(accepted=True, expires_on=today + timedelta(days=5))
    client.force_login(stay.person)

    assert client.post(own("longer", stay), {"until": "soon"}).status_code == 422
    assert "结束日期要在" in client.post(own("longer", stay), {"until": str(today)}, follow=True).content.decode()
    body = client.post(own("longer", stay), {"until": str(today + timedelta(days=40))}, follow=True).content.decode()

    assert "等社区答复" in body
    assert "只能申请延长一次" in client.post(own("longer", stay), {"until": "2999-01-01"}, follow=True).content.decode()


def test_silence_is_said_honestly(client):
    late = MemberReportInFactory(escalated_at=timezone.now())
    client.force_login(late.person)

    assert "已经请上一级一起处理" in client.get(START).content.decode()


@pytest.mark.parametrize("way", WAYS)
def test_others_report_ins_are_not_there(client, way):
    report_in = MemberReportInFactory()
    client.force_login(MemberReportInFactory().person)

    assert client.post(own(way, report_in)).status_code == 404
    assert client.get(own(way, report_in)).status_code == 405
    client.logout()
    assert client.post(own(way, report_in)).status_code == 302
