"""A city filled up in bulk holds together as if each row had been made by hand."""

from collections.abc import Iterator
from dataclasses import replace
from io import StringIO

import pytest
from django.db import connection, transaction
from django.db.models import F

from config.demo.build import build_once
from config.demo.progress import Progress
from config.demo.scale import CITY, TINY, Crowd
from portal.members.actions import activate_from_roster, open_account, verify_phone
from portal.members.models import HomeMembership, RosterEntry, User
from portal.members.queries import home_unit
from portal.organisations.enums import AreaKind, Role
from portal.organisations.models import Area, Post, Unit
from portal.report_in.enums import ReportInState
from portal.report_in.models import MemberReportIn

CROWD = Crowd(districts=3, streets=8, communities=20, grids=60, units=30, members=400)


@pytest.fixture(scope="module")
def filled_city(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        assert build_once(replace(TINY, crowd=CROWD), Progress(StringIO()))
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _city(filled_city, db) -> None:
    """Each test stands in the filled city."""


def test_the_whole_city_is_dalian_by_the_numbers():
    assert CITY.crowd is not None
    assert (CITY.crowd.members, CITY.crowd.units, CITY.crowd.grids) == (544_000, 30_085, 13_000)


def test_there_are_as_many_as_the_scale_says():
    kinds = {kind: Area.objects.filter(kind=kind).count() for kind in AreaKind}

    assert kinds == {
        AreaKind.CITY: 1,
        AreaKind.DISTRICT: 3,
        AreaKind.STREET: 8,
        AreaKind.COMMUNITY: 20,
        AreaKind.GRID: 60,
    }
    assert Unit.objects.count() == 30
    assert HomeMembership.objects.filter(ends_on__isnull=True).count() == 400


@pytest.mark.parametrize("tree", [Area, Unit])
def test_both_trees_are_sound(tree: type[Area] | type[Unit]):
    assert tree.find_problems() == ([], [], [], [], [])


def test_a_place_can_be_added_where_bulk_ended():
    street = Area.objects.filter(kind=AreaKind.STREET).last()

    street.add_child(code="NEW-1", name="新社区", kind=AreaKind.COMMUNITY)
    Unit.add_root(code="NEW-2", name="新单位", kind="social")

    assert Area.find_problems() == ([], [], [], [], [])


def test_every_relation_leads_somewhere():
    connection.check_constraints()


def test_every_contact_belongs_to_the_unit_they_answer_for():
    contacts = Post.objects.filter(role=Role.UNIT_CONTACT).select_related("person", "unit")

    assert contacts.count() == Unit.objects.filter(depth=1).count()
    assert [post for post in contacts if home_unit(post.person) != post.unit] == []


def test_every_community_has_an_organiser():
    organised = Post.objects.filter(role=Role.ORGANISER).values("area")

    assert not Area.objects.filter(kind=AreaKind.COMMUNITY).exclude(pk__in=organised).exists()


def test_whoever_is_received_was_received_by_their_own_community():
    received = MemberReportIn.objects.filter(state=ReportInState.ACCEPTED)

    assert received.filter(number__isnull=True).count() == 0
    assert received.exclude(decided_by__posts__area=F("area")).count() == 0


def test_whoever_is_absent_meets_their_row_at_the_first_log_in():
    entry = RosterEntry.objects.filter(person__isnull=True).last()

    person = open_account(phone=str(entry.phone))
    assert person is not None
    verify_phone(person=person, phone=str(entry.phone))
    activate_from_roster(person=person)

    assert home_unit(person) == entry.unit
    assert User.objects.get(pk=person.pk).name == entry.name
