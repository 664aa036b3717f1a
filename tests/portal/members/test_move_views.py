from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.members.enums import Ending, MembershipKind, UnitMoveState
from portal.members.models import HomeMembership, RosterEntry
from tests.factories.members import HomeMembershipFactory, UnitMoveFactory, UserFactory
from tests.factories.organisations import PostFactory, UnitFactory

pytestmark = pytest.mark.django_db

UNITS = reverse("members:units")


def today():
    return timezone.localdate().isoformat()


def to(name, one):
    return reverse(f"members:{name}", args=[one.pk])


@pytest.mark.parametrize("name", ["confirm_move", "decline_move", "take_back_move"])
def test_a_move_is_its_persons_alone(client, name):
    move = UnitMoveFactory()
    assert client.post(to(name, move))["Location"].startswith("/account/")
    client.force_login(UserFactory())

    assert client.post(to(name, move), {"starts_on": today()}).status_code == 404


def test_strangers_see_no_units(client):
    assert client.get(UNITS)["Location"].startswith("/account/")


def test_a_member_confirms_a_move_on_the_page_of_their_units(client):
    move = UnitMoveFactory()
    client.force_login(move.person)
    assert f"您调到{move.to_unit}了吗？" in client.get(UNITS).content.decode()

    body = client.post(to("confirm_move", move), {"starts_on": today()}, follow=True).content.decode()

    assert f"从 {today()} 起，您属于{move.to_unit}" in body
    assert "调到别的单位" in body


def test_the_page_says_so_where_the_old_unit_has_let_go(client):
    move = UnitMoveFactory()
    HomeMembership.objects.update(ends_on=timezone.localdate())
    client.force_login(move.person)

    page = client.get(UNITS).text
    assert f"确认以后就属于{move.to_unit}" in page
    assert "仍属于" not in page
    later = (timezone.localdate() + timedelta(days=9)).isoformat()
    page = client.post(to("confirm_move", move), {"starts_on": later}, follow=True).text
    assert "在那以前，您没有所属单位" in page
    page = client.post(to("take_back_move", move), follow=True).text
    assert "已收回。" in page

    RosterEntry.objects.filter(unit=move.to_unit).update(left_on=timezone.localdate())
    assert "我已调到这个单位" not in client.get(UNITS).text


def test_a_day_that_will_not_do_is_said_on_the_page(client):
    move = UnitMoveFactory()
    HomeMembership.objects.update(ends_on=timezone.localdate())
    client.force_login(move.person)

    page = client.post(to("confirm_move", move), {"starts_on": ""})
    assert (page.status_code, "请填写日期" in page.text) == (422, True)
    day = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert "离开原单位的日子" in client.post(to("confirm_move", move), {"starts_on": day}, follow=True).text


def test_a_confirmed_move_waits_for_its_day_and_is_taken_back(client):
    move = UnitMoveFactory()
    client.force_login(move.person)
    day = (timezone.localdate() + timedelta(days=9)).isoformat()

    body = client.post(to("confirm_move", move), {"starts_on": day}, follow=True).content.decode()
    assert f"{day} 起您属于{move.to_unit}" in body

    client.post(to("take_back_move", move))
    move.refresh_from_db()
    assert move.state == UnitMoveState.PROPOSED


def test_a_member_says_they_have_not_moved(client):
    move = UnitMoveFactory()
    client.force_login(move.person)

    assert "您没有调动" in client.post(to("decline_move", move), follow=True).content.decode()


@pytest.mark.parametrize(("day", "status"), [("", 422), ("明天", 422), ("1999-01-01", 302)])
def test_a_wrong_day_changes_nothing(client, day, status):
    move = UnitMoveFactory()
    client.force_login(move.person)

    assert client.post(to("confirm_move", move), {"starts_on": day}).status_code == status

    move.refresh_from_db()
    assert move.state == UnitMoveState.PROPOSED


def test_the_page_costs_the_same_with_one_and_with_three_units(client):
    person = HomeMembershipFactory().person
    client.force_login(person)
    client.get(UNITS)
    costs = []
    for more in (0, 2):
        for _ in range(more):
            HomeMembershipFactory(person=person, ends_on=timezone.localdate())
        with CaptureQueriesContext(connection) as asked:
            client.get(UNITS)
        costs.append(len(asked))

    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("how", "endings", "kind"),
    [
        ("retired_stays", [Ending.RETIRED, ""], MembershipKind.RETIRED),
        ("retired", [Ending.RETIRED], MembershipKind.SERVING),
        ("left", [Ending.LEFT], MembershipKind.SERVING),
    ],
)
def test_a_contact_notes_who_retired_or_left(client, how, endings, kind):
    home = HomeMembershipFactory()
    client.force_login(PostFactory(unit_contact=True, unit=home.unit).person)
    assert client.get(to("end_membership", home)).status_code == 200

    assert client.post(to("end_membership", home), {"how": how, "on": today()}).status_code == 302

    assert list(HomeMembership.objects.order_by("pk").values_list("ending", flat=True)) == endings
    assert HomeMembership.objects.latest("pk").kind == kind


def test_only_the_units_contact_ends_a_membership(client):
    home = HomeMembershipFactory()
    address = to("end_membership", home)
    assert client.get(address)["Location"].startswith("/account/")
    for person in (home.person, PostFactory().person, PostFactory(unit_contact=True, unit=UnitFactory()).person):
        client.force_login(person)
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("data", [{}, {"how": "left", "on": "1999-01-01"}, {"how": "fired", "on": "2026-01-01"}])
def test_a_wrong_ending_is_said_and_nothing_ends(client, data):
    home = HomeMembershipFactory()
    client.force_login(PostFactory(unit_contact=True, unit=home.unit).person)

    assert client.post(to("end_membership", home), data).status_code == 422
    assert not HomeMembership.objects.exclude(ends_on=None).exists()
