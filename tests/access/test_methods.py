"""A method that no page was made for does nothing, at any address of the portal and of the account."""

import pytest

from tests.access.addresses import Address, addresses
from tests.access.arguments import cases
from tests.access.asking import Visitor
from tests.access.roles import Role
from tests.access.world import World

pytestmark = pytest.mark.django_db

METHODS = ("put", "patch", "delete")
REFUSALS = {"302", "403", "404", "405", "login"}
"""``302`` and ``login`` are led elsewhere, as a GET would be."""

OURS = [address for address in addresses() if address.pattern.startswith(("portal/", "account/"))]


@pytest.mark.parametrize("address", OURS, ids=lambda address: address.pattern)
def test_unknown_method_is_refused_and_changes_nothing(
    address: Address, world: World, visitors: dict[Role, Visitor]
) -> None:
    for key, path in cases(address, world):
        for method in METHODS:
            answer = visitors[Role.RESIDENT].ask(method, path)
            assert answer in REFUSALS, f"{method.upper()} {key}: {answer}"
