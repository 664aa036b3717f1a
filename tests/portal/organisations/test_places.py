from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.organisations.actions import change_area, change_unit, end_area, end_unit, open_area, open_unit
from portal.organisations.enums import AreaKind, Role, UnitKind
from portal.organisations.errors import (
    CodeTakenError,
    CreditCodeTakenError,
    DatesCrossedError,
    KindBelowError,
    NeverDeletedError,
    PlaceEndedError,
    StillInUseError,
)
from portal.organisations.models import Area, Post, Unit
from portal.organisations.queries import communities
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, GridFactory, PostFactory, StreetFactory, UnitFactory

pytestmark = pytest.mark.django_db


def day(days=0):
    return timezone.localdate() + timedelta(days=days)


def logged(action):
    return ModelLogEntry.objects.filter(action=f"organisations.{action}").count()


def test_an_area_is_opened_below_another():
    street, by = StreetFactory(), UserFactory()

    area = open_area(above=street, code="C1", name="东湖社区", kind=AreaKind.COMMUNITY, by=by)

    assert area.get_parent() == street
    assert area.starts_on == day()
    assert area in communities()
    assert ModelLogEntry.objects.get(action="organisations.area.opened").user == by


def test_an_area_is_not_opened_where_it_cannot_be():
    community = CommunityFactory()
    ended = StreetFactory(starts_on=day(-9), ends_on=day(-1))

    with pytest.raises(KindBelowError):
        open_area(above=community, code="C2", name="东湖", kind=AreaKind.COMMUNITY, by=None)
    with pytest.raises(CodeTakenError):
        open_area(above=community, code=community.code, name="一网格", kind=AreaKind.GRID, by=None)
    with pytest.raises(PlaceEndedError):
        open_area(above=ended, code="C3", name="西湖社区", kind=AreaKind.COMMUNITY, by=None)


def test_renaming_is_logged_once():
    area = CommunityFactory(phone="")

    for _ in range(2):
        change_area(area=area, name="新名社区", phone="12345", by=None)

    area.refresh_from_db()
    assert (area.name, area.phone) == ("新名社区", "12345")
    assert logged("area.changed") == 1


def test_ending_an_area_ends_the_posts_there():
    post = PostFactory()

    for _ in range(2):
        end_area(area=post.area, by=None)

    post.refresh_from_db()
    assert post.ends_on == day()
    assert not communities().filter(pk=post.area.pk).exists()
    assert logged("area.ended") == 1
    with pytest.raises(PlaceEndedError):
        change_area(area=post.area, name="x", phone="", by=None)


def test_an_area_does_not_end_above_an_open_one_or_before_it_began():
    grid = GridFactory(starts_on=day(-3))

    with pytest.raises(StillInUseError):
        end_area(area=grid.get_parent(), by=None)
    with pytest.raises(DatesCrossedError):
        end_area(area=grid, by=None, on=day(-4))
    end_area(area=grid, by=None)
    assert end_area(area=grid.get_parent(), by=None).ends_on == day()


def test_a_branch_lies_where_its_unit_lies():
    unit = open_unit(code="U1", name="市图书馆", kind=UnitKind.INSTITUTION, area=CommunityFactory(), by=None)
    branch = open_unit(code="U1-1", name="东区分馆", kind=UnitKind.INSTITUTION, above=unit, by=None)

    assert branch.get_parent() == unit
    assert branch.area == unit.area


def test_codes_of_units_are_given_once():
    unit = UnitFactory(credit_code="91310000MA1FL00A0X")

    with pytest.raises(CodeTakenError):
        open_unit(code=unit.code, name="x", kind=UnitKind.PRIVATE, by=None)
    with pytest.raises(CreditCodeTakenError):
        open_unit(code="U2", name="x", kind=UnitKind.PRIVATE, credit_code=unit.credit_code, by=None)
    facts = {"name": "x", "kind": UnitKind.PRIVATE, "area": None, "phone": "", "credit_code": unit.credit_code}
    with pytest.raises(CreditCodeTakenError):
        change_unit(unit=UnitFactory(), by=None, **facts)


def test_changing_a_unit_is_logged_once():
    unit, area = UnitFactory(), CommunityFactory()
    facts = {"name": "新名", "kind": UnitKind.SOCIAL, "area": area, "credit_code": None, "phone": "12345"}

    for _ in range(2):
        change_unit(unit=unit, by=None, **facts)

    unit.refresh_from_db()
    assert (unit.name, unit.kind, unit.area, unit.credit_code) == ("新名", UnitKind.SOCIAL, area, None)
    assert logged("unit.changed") == 1


def test_a_unit_ends_after_its_branches():
    unit = UnitFactory()
    branch = UnitFactory(above=unit)
    PostFactory(unit_contact=True, unit=branch)

    with pytest.raises(StillInUseError):
        end_unit(unit=unit, by=None)
    end_unit(unit=branch, by=None)
    end_unit(unit=unit, by=None)

    assert Post.objects.get(role=Role.UNIT_CONTACT).ends_on == day()


@pytest.mark.parametrize("make", [CommunityFactory, UnitFactory])
def test_a_place_is_never_deleted(make):
    place = make()

    with pytest.raises(NeverDeletedError):
        place.delete()


@pytest.mark.parametrize("table", ["area", "unit", "post"])
def test_the_database_refuses_to_delete(table):
    PostFactory(area=CommunityFactory())
    PostFactory(unit_contact=True)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM organisations_{table}")
    assert Area.objects.exists()
    assert Unit.objects.exists()
    assert Post.objects.count() == 2
