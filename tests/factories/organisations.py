"""Places, units and posts. ``CommunityFactory()`` builds the street, district and city above it once."""

from collections.abc import Mapping
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from treebeard.mp_tree import MP_Node

from portal.organisations.enums import AreaKind, Role, UnitKind
from portal.organisations.models import Area, Post, Unit


def _plant(model: type[MP_Node], parent: MP_Node | None, fields: Mapping[str, Any]) -> MP_Node:
    if parent is None:
        return model.add_root(**fields)
    parent.refresh_from_db()  # treebeard counts children on the instance
    return parent.add_child(**fields)


class AreaFactory(DjangoModelFactory):
    """An area beneath ``above``, or a root."""

    class Meta:
        model = Area

    code = factory.Sequence(lambda n: f"A{n:06}")
    name = factory.LazyAttributeSequence(lambda area, n: f"第{n}{AreaKind(area.kind).label}")
    kind = AreaKind.CITY

    @classmethod
    def _create(cls, model_class: type[Area], *args: Any, **kwargs: Any) -> MP_Node:
        return _plant(model_class, kwargs.pop("above", None), kwargs)


class CityFactory(AreaFactory):
    kind = AreaKind.CITY


class DistrictFactory(AreaFactory):
    kind = AreaKind.DISTRICT
    above = factory.SubFactory(CityFactory)


class StreetFactory(AreaFactory):
    kind = AreaKind.STREET
    above = factory.SubFactory(DistrictFactory)


class CommunityFactory(AreaFactory):
    kind = AreaKind.COMMUNITY
    above = factory.SubFactory(StreetFactory)
    phone = "010-5550 0100"


class GridFactory(AreaFactory):
    kind = AreaKind.GRID
    above = factory.SubFactory(CommunityFactory)


class UnitFactory(DjangoModelFactory):
    """A unit, or with ``above`` a branch of it."""

    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"U{n:06}")
    name = factory.Sequence(lambda n: f"第{n}单位")
    kind = UnitKind.INSTITUTION

    @classmethod
    def _create(cls, model_class: type[Unit], *args: Any, **kwargs: Any) -> MP_Node:
        return _plant(model_class, kwargs.pop("above", None), kwargs)


class PostFactory(DjangoModelFactory):
    """An organiser's post in a community; traits for the other roles."""

    class Meta:
        model = Post

    person = factory.SubFactory("tests.factories.members.UserFactory")
    role = Role.ORGANISER
    area = factory.SubFactory(CommunityFactory)
    starts_on = factory.LazyFunction(timezone.localdate)

    class Params:
        unit_contact = factory.Trait(role=Role.UNIT_CONTACT, area=None, unit=factory.SubFactory(UnitFactory))
        supervisor = factory.Trait(role=Role.SUPERVISOR, area=factory.SubFactory(StreetFactory))
