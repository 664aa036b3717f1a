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

pytestmark = pytest.mark.django_db

EXPECTED = matrix.expected()
PROPOSALS = os.environ.get("ACCESS_PROPOSALS", "")


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.pattern or "wagtail_serve")
def test_address_answers_each_role_as_reviewed(
    address: Address, world: World, visitors: dict[Role, Visitor]
) -> None:
    for key, path in cases(address, world):
        row = {role: _answers(visitor, path) for role, visitor in visitors.items()}
        if PROPOSALS:
            _propose(address.area, key, row)
        else:
            _compare(key, row)


def _answers(visitor: Visitor, path: str) -> str:
    return matrix.cell(visitor.ask("get", path), visitor.ask("post", path))


def _compare(key: str, row: matrix.Row) -> None:
    assert key in EXPECTED, f"No line for {key}: run python -m tests.access.propose, review what it prints, and add it."
    differences = [f"{role}: {row[role]}, not {EXPECTED[key][role]}" for role in Role if row[role] != EXPECTED[key][role]]
    assert not differences, f"{key} answers " + "; ".join(differences)


def _propose(area: str, key: str, row: matrix.Row) -> None:
    with (Path(PROPOSALS) / f"{area}.tsv").open("a", encoding="utf-8") as file:
        file.write("\t".join([key, *(row[role] for role in Role)]) + "\n")
