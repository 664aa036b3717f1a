import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.template.backends.django import Template
from django.utils import translation

from tests.access.asking import Visitor
from tests.access.roles import Role
from tests.access.world import World
from website.navigation import queries


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The world, made once for a module in a transaction that is undone at its end."""
    with django_db_blocker.unblock(), translation.override(settings.LANGUAGE_CODE):
        everything = transaction.atomic()
        everything._from_testcase = True  # type: ignore[attr-defined]  # as Django's TestCase marks its own
        with everything:
            world = World()
            queries.frame()  # kept from now on: what a request keeps is rolled back with it
            with unseen():
                yield world
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def visitors(world: World) -> dict[Role, Visitor]:
    return {role: Visitor(world.people.get(role)) for role in Role}


@contextmanager
def unseen() -> Iterator[None]:
    """Neither draw pages nor write logs: who is let in is decided before, and other tests look at the pages."""
    render = Template.render
    logging.disable()
    Template.render = lambda *args, **kwargs: ""  # type: ignore[method-assign]  # what this fixture is for
    yield
    Template.render = render  # type: ignore[method-assign]  # as above
    logging.disable(logging.NOTSET)
