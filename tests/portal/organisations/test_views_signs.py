"""The signs of grids, and an area split into more than two."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.organisations.enums import Role
from portal.organisations.models import Area
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, GridFactory, PostFactory

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"organisations:{name}", args=args)


@pytest.fixture
def community():
    return CommunityFactory(name="东湖社区", code="DH01", phone="010-5550 0100")


@pytest.fixture
def administrator(client, community):
    person = PostFactory(area=community.get_parent(), role=Role.ADMINISTRATOR).person
    client.force_login(person)
    return person


def test_a_sign_says_who_is_responsible_and_whom_to_call(client, community):
    first, second = GridFactory(above=community, name="东湖第一网格"), GridFactory(above=community, name="东湖第二网格")
    worker = PostFactory(area=first, role=Role.GRID_WORKER).person
    client.force_login(PostFactory(area=community).person)

    assert at("grid_signs", community.pk) in client.get(at("area", community.pk)).content.decode()
    body = client.get(at("grid_signs", community.pk)).content.decode()

    for words in (str(first), str(second), str(worker), "010-5550 0100", first.code):
        assert words in body
    assert str(worker.phone) not in body


def test_signs_are_for_those_who_may_see_the_area(client, community):
    page = at("grid_signs", community.pk)

    assert client.get(page).status_code == 302
    for person in (UserFactory(), PostFactory().person):
        client.force_login(person)
        assert client.get(page).status_code == 404


def test_a_street_has_no_signs_and_a_community_may_have_none_yet(client, community, administrator):
    assert client.get(at("grid_signs", community.get_parent().pk)).status_code == 404
    assert "这里还没有网格" in client.get(at("grid_signs", community.pk)).content.decode()


def test_signs_cost_the_same_with_one_and_with_three(client, community, administrator):
    costs = []
    for more in (1, 2):
        for grid in GridFactory.create_batch(more, above=community):
            PostFactory(area=grid, role=Role.GRID_WORKER)
        client.get(at("grid_signs", community.pk))
        with CaptureQueriesContext(connection) as captured:
            client.get(at("grid_signs", community.pk))
        costs.append(len(captured))

    assert costs[0] == costs[1]


def test_one_more_part_keeps_what_was_typed_and_splits_nothing(client, community, administrator):
    grid = GridFactory(above=community)
    typed = {"parts": "2", "code_1": "N", "name_2": "东湖南社区", f"below_{grid.pk}": "2", "more": "1"}

    answer = client.post(at("split_area", community.pk), typed)
    body = answer.content.decode()

    assert answer.status_code == 200
    assert 'name="code_3"' in body
    assert 'value="东湖南社区"' in body
    assert '<option value="2" selected>' in body
    assert 'name="parts" value="3"' in body
    assert not Area.objects.filter(code="N").exists()


@pytest.mark.parametrize("parts", [2, 3])
def test_a_community_becomes_several_each_with_its_grids(client, community, administrator, parts):
    grids = GridFactory.create_batch(parts, above=community)
    typed = {"parts": str(parts), "on": timezone.localdate().isoformat()}
    for n, grid in enumerate(grids, 1):
        typed |= {f"code_{n}": f"P{n}", f"name_{n}": f"东湖{n}社区", f"below_{grid.pk}": str(n)}

    assert client.post(at("split_area", community.pk), typed).status_code == 302

    for n, grid in enumerate(grids, 1):
        grid.refresh_from_db()
        assert grid.get_parent().code == f"P{n}"


@pytest.mark.parametrize("parts", ["1", "9", "x", "-1", "²"])
def test_a_number_of_parts_that_cannot_be_is_two(client, community, administrator, parts):
    body = client.post(at("split_area", community.pk), {"parts": parts, "more": "1"}).content.decode()

    assert 'name="code_3"' in body
    assert 'name="code_4"' not in body


def test_there_are_at_most_eight(client, community, administrator):
    body = client.post(at("split_area", community.pk), {"parts": "8", "more": "1"}).content.decode()

    assert 'name="code_8"' in body
    assert 'name="code_9"' not in body
    assert "再加一部分" not in body
