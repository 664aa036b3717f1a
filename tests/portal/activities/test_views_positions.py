"""Organisers say what there is to do in a shift; members read it where they sign up."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from portal.activities.models import Position
from tests.factories.activities import PositionFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.portal.activities.counting import queries_for
from tests.portal.activities.test_views_organisers import shift_form

pytestmark = pytest.mark.django_db

DESK = {"name": "签到台", "capacity": "3", "minimum": "2", "skill": "computers", "posture": "seated"}


@pytest.fixture
def shift(client):
    shift = ShiftFactory(capacity=10)
    client.force_login(PostFactory(area=shift.activity.area).person)
    return shift


def positions_of(shift):
    return reverse("activities:positions", args=[shift.pk])


def test_organisers_of_the_place_alone_say_what_there_is_to_do(client):
    desk = PositionFactory()
    urls = [positions_of(desk.shift)]
    urls += [reverse(f"activities:{name}", args=[desk.pk]) for name in ("position", "remove_position")]

    for url in urls:
        assert client.get(url).url.startswith(reverse("account_request_login_code"))
    for other in (UserFactory(), PostFactory().person):
        client.force_login(other)
        assert [client.get(url).status_code for url in urls] == [404, 404, 404]
        assert client.post(urls[2]).status_code == 404
    client.force_login(PostFactory(area=desk.shift.activity.area).person)
    assert [client.get(url).status_code for url in urls] == [200, 200, 200]


def test_a_position_is_added_and_members_find_what_it_asks(client, shift):
    assertContains(client.get(reverse("activities:overview", args=[shift.activity.code])), positions_of(shift))

    answer = client.post(positions_of(shift), DESK | {"first_time_friendly": "on"})

    assertRedirects(answer, positions_of(shift))
    desk = Position.objects.get()
    assert (desk.capacity, desk.minimum, desk.posture, desk.first_time_friendly) == (3, 2, "seated", True)
    client.force_login(UserFactory())
    assertContains(client.get(reverse("activities:detail", args=[shift.activity.code])), "至少 2 人才办")
    found = client.get(reverse("activities:find"), {"skill": "computers", "posture": "seated"})
    assertContains(found, shift.activity.title)
    assertNotContains(client.get(reverse("activities:find"), {"posture": "standing"}), shift.activity.title)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"minimum": "4"}, "最少人数不能多于名额"),
        ({"capacity": "0"}, "至少要有一个名额"),
        ({"name": "搬运"}, "这一班已有同名的岗位"),
        ({"name": ""}, "请填写岗位名称"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_typed_is_lost(client, shift, typed, said):
    PositionFactory(shift=shift, name="搬运")

    page = client.post(positions_of(shift), DESK | typed)

    assertContains(page, said, status_code=422)
    assertContains(page, '<option value="computers" selected>', status_code=422)
    assert Position.objects.count() == 1


def test_a_shift_people_signed_up_for_is_not_divided(client, shift):
    SignUpFactory(shift=shift)

    assertContains(client.post(positions_of(shift), DESK), "不能再分岗位", status_code=422)


def test_a_position_is_changed_but_not_below_what_is_taken(client, shift):
    desk = PositionFactory(shift=shift, capacity=5)
    SignUpFactory.create_batch(2, shift=shift, position=desk)
    url = reverse("activities:position", args=[desk.pk])

    assertContains(client.post(url, DESK | {"capacity": "1", "minimum": ""}), "已有 2 人占了名额", status_code=422)
    assertContains(client.post(url, DESK), "已有 2 人报名或排队")
    assertRedirects(client.post(url, DESK | {"sure": "1"}), positions_of(shift))

    desk.refresh_from_db()
    assert (desk.name, desk.capacity) == ("签到台", 3)


def test_a_position_is_removed_after_a_question_unless_somebody_signed_up(client, shift):
    desk, carry = PositionFactory.create_batch(2, shift=shift)
    SignUpFactory(shift=shift, position=carry)
    urls = {one: reverse("activities:remove_position", args=[one.pk]) for one in (desk, carry)}

    assertContains(client.get(urls[desk]), "确定删除")
    assert Position.objects.count() == 2
    client.post(urls[desk])
    page = client.post(urls[carry], follow=True)

    assert list(Position.objects.all()) == [carry]
    assertContains(page, "不能删除")


def test_three_positions_cost_as_many_queries_as_one(client, shift):
    PositionFactory(shift=shift)
    urls = [positions_of(shift), reverse("activities:overview", args=[shift.activity.code])]
    once = [queries_for(client, url) for url in urls]

    PositionFactory.create_batch(2, shift=shift)

    assert [queries_for(client, url) for url in urls] == once


def test_a_shift_says_how_many_must_come(client, shift):
    url = reverse("activities:edit_shift", args=[shift.pk])

    assertContains(client.post(url, shift_form(minimum="9")), "最少人数不能多于名额", status_code=422)
    client.post(url, shift_form(minimum="4"))

    shift.refresh_from_db()
    assert shift.minimum == 4
    assertContains(client.get(reverse("activities:detail", args=[shift.activity.code])), "至少 4 人才办")


def test_a_shift_with_positions_leaves_the_numbers_to_them(client, shift):
    PositionFactory(shift=shift, capacity=5)
    url = reverse("activities:edit_shift", args=[shift.pk])

    assertNotContains(client.get(url), 'name="capacity"')
    assertRedirects(client.post(url, shift_form()), reverse("activities:overview", args=[shift.activity.code]))

    shift.refresh_from_db()
    assert shift.capacity == 5
