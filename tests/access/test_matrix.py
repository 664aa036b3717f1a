"""Every address, asked as every role, answers as the reviewed files say."""

import os
from pathlib import Path

import pytest

from tests.access import matrix
from tests.access.addresses import Address, addresses
from tests.access.arguments import cases
from tests.access.asking import Visitor
from tests.access.roles import Role
from tests.access.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

EXPECTED = matrix.expected()
PROPOSALS = os.environ.get("ACCESS_PROPOSALS", "")


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.pattern or "wagtail_serve")
def test_address_answers_each_role_as_reviewed(address: Address, world: World, visitors: dict[Role, Visitor]) -> None:
    for key, path in cases(address, world):
        row = {role: _answers(visitors[role], path) for role in Role}
        if PROPOSALS:
            _propose(address.area, key, row)
        else:
            _compare(key, row)


def test_every_line_is_about_an_address_there_is(world: World) -> None:
    lines = {key for address in addresses() for key, _path in cases(address, world)}

    assert not EXPECTED.keys() - lines, "These lines are about no address of the resolver: remove them."
    assert not lines - EXPECTED.keys(), "These addresses have no line: see python -m tests.access.propose."


def test_only_people_of_the_desk_may_come_to_it(world: World) -> None:
    may = {role for role, person in world.people.items() if person.has_perm("wagtailadmin.access_admin")}

    assert may == {Role.EDITOR, Role.REVIEWER, Role.SUPERUSER}


def _answers(visitor: Visitor, path: str) -> str:
    return matrix.cell(visitor.ask("get", path), visitor.ask("post", path))


def _compare(key: str, row: matrix.Row) -> None:
    assert key in EXPECTED, f"No line for {key}: run python -m tests.access.propose, review what it prints, and add it."
    reviewed = EXPECTED[key]
    differences = [f"{role}: {row[role]}, not {reviewed[role]}" for role in row if row[role] != reviewed[role]]
    assert not differences, f"{key} answers " + "; ".join(differences)


def _propose(area: str, key: str, row: matrix.Row) -> None:
    with (Path(PROPOSALS) / f"{area}.tsv").open("a", encoding="utf-8") as file:
        file.write("\t".join([key, *(row[role] for role in Role)]) + "\n")
