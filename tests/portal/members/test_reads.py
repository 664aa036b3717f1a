from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.members.actions import log_read, log_read_once
from portal.members.models import ReadLog
from portal.organisations.enums import Role
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.report_in import MemberReportInFactory

pytestmark = pytest.mark.django_db

READS = reverse("members:reads_of_me")
LOOK = {"what": "报到信息", "purpose": "确认报到"}


def test_the_office_of_that_time_is_kept():
    community = CommunityFactory(name="云水社区")
    post = PostFactory(area=community)
    PostFactory(person=post.person, role=Role.SUPERVISOR, area=community.get_parent())
    PostFactory(person=post.person)

    read = log_read(reader=post.person, person=UserFactory(), place=community, **LOOK)
    post.ends_on = timezone.localdate()
    post.save()

    read.refresh_from_db()
    assert read.office == "云水社区 社区工作者"


def test_who_holds_no_post_there_has_no_office():
    assert log_read(reader=PostFactory().person, person=UserFactory(), place=CommunityFactory(), **LOOK).office == ""
    assert log_read(reader=UserFactory(), person=UserFactory(), **LOOK).office == ""


def test_a_command_reads_without_a_person():
    read = log_read(reader=None, person=UserFactory(), office="系统导出", **LOOK)

    assert (read.reader, read.office) == (None, "系统导出")


def test_a_page_is_noted_once_a_day_for_a_purpose():
    reader, person = UserFactory(), UserFactory()

    first = log_read_once(reader=reader, person=person, **LOOK)
    assert log_read_once(reader=reader, person=person, **LOOK) == first
    assert log_read_once(reader=reader, person=person, what="报到信息", purpose="别的用途") != first
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert log_read_once(reader=reader, person=person, **LOOK) != first

    assert ReadLog.objects.count() == 3


def test_a_look_at_oneself_is_not_noted():
    person = UserFactory()

    assert log_read_once(reader=person, person=person, **LOOK) is None


def test_opening_a_report_in_is_noted_once(client):
    report_in = MemberReportInFactory(area__name="云水社区")
    client.force_login(PostFactory(area=report_in.area).person)

    for _ in range(2):
        client.get(reverse("report_in:review", args=[report_in.pk]))

    assert ReadLog.objects.get().office == "云水社区 社区工作者"


def test_one_sees_who_looked_in_which_office_and_why(client):
    person = UserFactory()
    reader = PostFactory(area__name="云水社区", person__name="周社工").person
    log_read(reader=reader, person=person, **LOOK)
    log_read(reader=None, person=person, office="统计导出", **LOOK)
    client.force_login(person)

    body = client.get(READS).content.decode()

    assert "周社工查看了报到信息" in body
    assert "云水社区 社区工作者" in body
    assert "系统读取了报到信息" in body
    assert "统计导出" in body


def test_the_list_is_narrowed_by_year(client):
    person = UserFactory()
    old = log_read(reader=UserFactory(name="旧读者"), person=person, **LOOK)
    ReadLog.objects.filter(pk=old.pk).update(read_at=timezone.now() - timedelta(days=800))
    log_read(reader=UserFactory(name="新读者"), person=person, **LOOK)
    client.force_login(person)

    body = client.get(READS, {"year": timezone.localdate().year}).content.decode()
    assert "新读者" in body
    assert "旧读者" not in body
    assert "旧读者" in client.get(READS, {"year": "nonsense"}).content.decode()


def test_the_list_costs_the_same_for_many(client):
    person = UserFactory()
    log_read(reader=UserFactory(), person=person, **LOOK)
    client.force_login(person)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(READS).status_code == 200
        return len(captured)

    queries()
    one = queries()
    for _ in range(2):
        log_read(reader=UserFactory(), person=person, **LOOK)

    assert queries() == one
