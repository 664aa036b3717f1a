"""Which grid of a community somebody lives in: chosen with the community or said later, kept while it is needed."""

import pytest
from django.urls import reverse

from portal.members.enums import Purpose
from portal.members.models import Consent
from portal.organisations.actions import end_area, merge_areas
from portal.report_in.actions import ask_to_move, end_own, say_grid, submit_report_in
from portal.report_in.errors import GridElsewhereError
from portal.report_in.models import MemberReportIn
from portal.states import IllegalMoveError
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import CommunityFactory, GridFactory, PostFactory
from tests.factories.report_in import MemberReportInFactory
from tests.portal.report_in.steps import logged

pytestmark = pytest.mark.django_db


@pytest.fixture
def grid():
    return GridFactory(name="第三网格")


@pytest.fixture
def standing(grid):
    return MemberReportInFactory(accepted=True, area=grid.get_parent())


def address(report_in, way="grid"):
    return reverse(f"report_in:{way}", args=[report_in.pk])


def test_the_code_of_a_grid_leads_to_its_community_with_the_grid_chosen(client, grid):
    person = HomeMembershipFactory().person
    client.force_login(person)

    found = client.get(reverse("report_in:choose_send"), {"q": grid.code}).content.decode()
    send = f"{reverse('report_in:send', args=[grid.get_parent().code])}?grid={grid.code}"
    page = client.get(send).content.decode()
    client.post(send, {"consent": "on", "grid": grid.code})

    assert send in found
    assert f'<option value="{grid.code}" selected>' in page
    assert MemberReportIn.objects.get(person=person).grid == grid


def test_whoever_does_not_know_it_reports_in_all_the_same(client, grid):
    person = HomeMembershipFactory().person
    client.force_login(person)

    client.post(reverse("report_in:send", args=[grid.get_parent().code]), {"consent": "on", "grid": ""})

    assert MemberReportIn.objects.get(person=person).grid is None


def test_a_grid_of_another_community_is_refused_and_nothing_is_sent(client, grid):
    person, area = HomeMembershipFactory().person, GridFactory().get_parent()
    client.force_login(person)

    answer = client.post(reverse("report_in:send", args=[area.code]), {"consent": "on", "grid": grid.code})
    with pytest.raises(GridElsewhereError):
        submit_report_in(person=person, area=area, grid=grid)

    assert answer.status_code == 422
    assert "请从列表里选一个网格" in answer.content.decode()
    assert not MemberReportIn.objects.filter(person=person).exists()
    assert not Consent.objects.filter(person=person, purpose=Purpose.REPORT_IN).exists()


def test_one_says_it_later_and_unsays_it(client, grid, standing):
    client.force_login(standing.person)

    told = client.post(address(standing), {"grid": grid.code}, follow=True).content.decode()
    client.post(address(standing), {"grid": grid.code})  # again: nothing more

    standing.refresh_from_db()
    assert standing.grid == grid
    assert "第三网格" in told
    assert logged().count("report_in.memberreportin.grid_said") == 1
    client.post(address(standing), {"grid": ""})
    standing.refresh_from_db()
    assert standing.grid is None


def test_one_who_chooses_a_grid_elsewhere_is_shown_the_list_again(client, standing):
    client.force_login(standing.person)

    answer = client.post(address(standing), {"grid": GridFactory().code})

    assert answer.status_code == 422
    assert "请从列表里选一个网格" in answer.content.decode()


def test_the_community_notes_it_for_somebody_and_no_other_does(client, grid, standing):
    client.force_login(PostFactory(area=CommunityFactory()).person)
    assert client.post(address(standing, "grid_for_community"), {"grid": grid.code}).status_code == 404
    client.force_login(UserFactory())
    assert client.post(address(standing), {"grid": grid.code}).status_code == 404

    client.force_login(PostFactory(area=standing.area).person)
    refused = client.post(address(standing, "grid_for_community"), {"grid": GridFactory().code})
    told = client.post(address(standing, "grid_for_community"), {"grid": grid.code}, follow=True).content.decode()

    assert refused.status_code == 422
    assert "已记下网格。" in told
    standing.refresh_from_db()
    assert standing.grid == grid


def test_the_list_of_members_is_narrowed_to_a_grid(client, grid, standing):
    MemberReportIn.objects.filter(pk=standing.pk).update(grid=grid)
    MemberReportInFactory(accepted=True, area=standing.area, person__name="在别的网格")
    client.force_login(PostFactory(area=standing.area).person)

    body = client.get(reverse("report_in:members_of", args=[standing.area.code]), {"grid": grid.code}).content.decode()

    assert standing.person.name in body
    assert "在别的网格" not in body


def test_it_goes_when_the_report_in_ends(grid, standing):
    MemberReportIn.objects.filter(pk=standing.pk).update(grid=grid)

    ended = end_own(report_in=standing, by=standing.person)

    assert ended.grid is None
    with pytest.raises(IllegalMoveError):
        say_grid(report_in=ended, grid=grid, by=standing.person)


def test_a_move_says_the_grid_one_moves_to(standing):
    there = GridFactory()

    moving = ask_to_move(person=standing.person, area=there.get_parent(), grid=there)

    assert moving.grid == there


def test_it_follows_its_grid_into_another_community(grid, standing):
    after = CommunityFactory()
    MemberReportIn.objects.filter(pk=standing.pk).update(grid=grid)

    merge_areas(areas=[standing.area], into=after, by=None)

    grid.refresh_from_db()
    then = MemberReportIn.objects.get(area=after)
    assert then.grid == (grid if grid.path.startswith(after.path) else None)


def test_it_follows_into_the_grid_that_takes_its_grid_over(grid, standing):
    neighbour = GridFactory(above=grid.get_parent())
    MemberReportIn.objects.filter(pk=standing.pk).update(grid=grid)

    merge_areas(areas=[grid], into=neighbour, by=None)

    standing.refresh_from_db()
    assert (standing.grid, standing.area) == (neighbour, grid.get_parent())


def test_a_grid_that_ends_with_nobody_following_is_forgotten(grid, standing):
    MemberReportIn.objects.filter(pk=standing.pk).update(grid=grid)

    end_area(area=grid, by=None)

    standing.refresh_from_db()
    assert standing.grid is None
