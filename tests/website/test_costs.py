"""What every public address costs: ten queries at most, and as many with one of everything as with many."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.website.whole_site import WholeSite

pytestmark = pytest.mark.django_db

MOST_QUERIES = 10
# Wagtail writes the weights of its whole index anew with each page that is saved: with fifty, PostgreSQL takes minutes.
MANY = 12 if connection.vendor == "postgresql" else 50

CaptureOnCommit = Callable[..., Any]


@pytest.fixture
def site(django_capture_on_commit_callbacks: CaptureOnCommit) -> WholeSite:
    """One of everything; what is published is in the search index, too."""
    with django_capture_on_commit_callbacks(execute=True):
        site = WholeSite()
        site.add_one_of_each()
    return site


def test_every_address_costs_the_same_with_one_of_everything_and_with_many(
    site: WholeSite, client: Client, django_capture_on_commit_callbacks: CaptureOnCommit
) -> None:
    before = {address: _queries(client, address) for address in site.addresses()}

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(MANY - 1):
            site.add_one_of_each()
    after = {address: _queries(client, address) for address in before}

    assert {a: len(asked) for a, asked in before.items() if len(asked) > MOST_QUERIES} == {}
    assert {a: (len(before[a]), len(after[a])) for a in before if len(before[a]) != len(after[a])} == {}


def _queries(client: Client, address: str) -> list[str]:
    """Return what is asked for the second reader: the first makes the sizes of pictures and fills what is kept."""
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
            response.getvalue()  # what is streamed asks as it goes
    assert response.status_code == (404 if "nothing" in address else 200), address
    return [query["sql"] for query in queries.captured_queries]
