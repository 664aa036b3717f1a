from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import translation

from tests.access.asking import Visitor
from tests.access.roles import Role
from tests.access.world import World


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The world, made once for a module in a transaction that is undone at its end."""
    with django_db_blocker.unblock(), translation.override(settings.LANGUAGE_CODE):
        everything = transaction.atomic()
        everything._from_testcase = True  # type: ignore[attr-defined]  # as Django's TestCase marks its own
        with everything:
            yield World()
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def visitors(world: World) -> dict[Role, Visitor]:
    return {role: Visitor(world.people.get(role)) for role in Role}
