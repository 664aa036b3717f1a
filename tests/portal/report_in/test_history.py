import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.report_in import actions
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory
from tests.factories.report_in import MemberReportInFactory, TemporaryReportInFactory

pytestmark = pytest.mark.django_db

HISTORY = reverse("report_in:history")


def test_every_report_in_stands_with_its_days(client):
    old = MemberReportInFactory(accepted=True, area__name="青石社区")
    TemporaryReportInFactory(person=old.person, area__name="松林社区")
    move = actions.ask_to_move(person=old.person, area=CommunityFactory(name="云水社区"))
    new = actions.accept(report_in=move, by=UserFactory())
    MemberReportInFactory(area__name="别人的社区")
    client.force_login(old.person)

    body = client.get(HISTORY).content.decode()

    for text in (
        "青石社区",
        "松林社区",
        "云水社区",
        "已迁出",
        "从青石社区迁来",
        "交接期",
        "探亲",
        new.number,
        old.number,
    ):
        assert text in body
    assert "别人的社区" not in body


def test_the_reason_of_the_community_is_shown(client):
    standing = MemberReportInFactory(accepted=True)
    actions.end(report_in=standing, by=UserFactory(), reason="本人已搬走")
    client.force_login(standing.person)

    assert "本人已搬走" in client.get(HISTORY).content.decode()


def test_the_history_costs_the_same_for_many(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(HISTORY).status_code == 200
        return len(captured)

    person = TemporaryReportInFactory().person
    client.force_login(person)
    queries()  # the first answer fills caches
    one = queries()
    TemporaryReportInFactory.create_batch(2, person=person)

    assert queries() == one


def test_a_stranger_logs_in_first(client):
    assert client.get(HISTORY).status_code == 302
