"""The phone of somebody one enters for: masked, whole by a click that says why and is noted."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from portal.members.models import ReadLog
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.proxies import ManagedPersonFactory, PaperFormFactory, organiser_of
from tests.factories.report_in import MemberReportInFactory

pytestmark = pytest.mark.django_db

MASKED, WHOLE = "138****5678", "138 1234 5678"
CALL = {"purpose": "invite"}


@pytest.fixture
def area():
    return CommunityFactory(name="云水社区")


@pytest.fixture
def organiser(client, area):
    person = organiser_of(area)
    client.force_login(person)
    return person


@pytest.fixture
def someone(area):
    return MemberReportInFactory(area=area, accepted=True, person__phone="+8613812345678").person


def to(name, person):
    return reverse(f"proxies:{name}", args=[person.pk])


def test_the_phone_is_shown_once_and_the_person_sees_who(client, organiser, someone):
    before = client.get(to("person", someone))
    assertContains(before, MASKED)
    assertContains(before, to("show_phone", someone))
    assertNotContains(before, WHOLE)

    shown = client.post(to("show_phone", someone), CALL)

    assertContains(shown, WHOLE)
    assert "no-store" in shown["Cache-Control"]
    read = ReadLog.objects.get()
    assert (read.reader, read.person, read.what) == (organiser, someone, "手机号")
    assert read.purpose == "联系社区服务事宜"
    assert read.office == "云水社区 社区工作者"
    assertNotContains(client.get(to("person", someone)), WHOLE)

    client.force_login(someone)
    assertContains(client.get(reverse("members:reads_of_me")), "联系社区服务事宜")


@pytest.mark.parametrize("purpose", ["", "roster", "activity"])
def test_without_a_purpose_of_the_community_nothing_is_shown(client, organiser, someone, purpose):
    answer = client.post(to("show_phone", someone), {"purpose": purpose})

    assertContains(answer, "错误：", status_code=422)
    assertNotContains(answer, WHOLE, status_code=422)
    assert not ReadLog.objects.exists()


def test_who_has_no_phone_is_asked_for_none(client, organiser, area):
    elder = ManagedPersonFactory(area=area).person

    assertNotContains(client.get(to("person", elder)), to("show_phone", elder))
    client.post(to("show_phone", elder), CALL)
    assert not ReadLog.objects.exists()


def test_the_paper_stays_at_hand(client, organiser, someone, area):
    paper = PaperFormFactory(area=area, issued_by=organiser)
    address = f"{to('show_phone', someone)}?form={paper.code}"
    assertContains(client.get(to("person", someone), {"form": paper.code}), address)

    assert client.post(address, CALL).context["paper"] == paper


def test_the_button_is_not_there_for_others(client, someone):
    assert client.post(to("show_phone", someone), CALL).status_code == 302
    for person in (UserFactory(), someone, PostFactory().person, PostFactory(unit_contact=True).person):
        client.force_login(person)
        assert client.post(to("show_phone", someone), CALL).status_code == 404
    assert not ReadLog.objects.exists()


def test_a_link_shows_no_phone(client, organiser, someone):
    assert client.get(to("show_phone", someone), CALL).status_code == 405
