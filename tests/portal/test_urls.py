"""Addresses nobody ever gave out are not found; they never break a page."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory

pytestmark = pytest.mark.django_db

TOO_LARGE = "9" * 30  # for a whole number of any database


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, path)
        elif path.startswith("portal/"):
            yield path, pattern


NUMBERED = sorted(
    "/" + re.sub(r"<int:\w+>", TOO_LARGE, path)
    for path, pattern in patterns(get_resolver())
    if any(isinstance(converter, IntConverter) for converter in pattern.pattern.converters.values())
)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", NUMBERED)
def test_a_number_no_row_can_have_is_not_found(client, address, method):
    client.force_login(PostFactory(person=UserFactory(is_superuser=True)).person)

    assert getattr(client, method)(address).status_code in (404, 405)


@pytest.mark.parametrize("address", ["/portal/report-in/receipt/%00/", "/portal/report-in/to/%00/"])
def test_what_no_code_holds_is_not_found(client, address):
    client.force_login(UserFactory())

    assert client.get(address).status_code == 404
