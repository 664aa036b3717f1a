"""An elder whose account the community keeps, the hand-over asked for, and their own account by the same phone."""

import pytest

from portal.members.models import User
from portal.proxies.models import HandOver, ManagedPerson
from tests.factories.members import UserFactory
from tests.factories.proxies import HandOverFactory, ManagedPersonFactory
from tests.portal.proxies.counter import PHONE


@pytest.fixture
def elder() -> ManagedPerson:
    return ManagedPersonFactory(person__name="陈桂兰")


@pytest.fixture
def hand_over(elder: ManagedPerson) -> HandOver:
    return HandOverFactory(person=elder.person, area=elder.area, phone=PHONE)


@pytest.fixture
def own() -> User:
    return UserFactory(phone=PHONE, name="陈桂兰")
