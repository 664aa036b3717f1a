"""Whoever only reads gets no cookie: a walk over every public page there is a link to."""

import re

import pytest
from django.test import Client

from tests.factories import website as make

pytestmark = pytest.mark.django_db

# What one opens to write something; a cookie is needed from there on.
NEEDED = ("/portal/", "/account/", "/display/", "/feedback/?", "/feedback/#", "/cms/", "/demo/")


def test_a_walk_over_the_public_pages_leaves_no_cookie(client: Client) -> None:
    make.home_page()
    for factory in (make.ServicePageFactory, make.CaseStudyPageFactory, make.PersonPageFactory, make.VenuePageFactory):
        factory()
    for factory in (make.ContentPageFactory, make.MethodPageFactory, make.ActivityCalendarPageFactory):
        factory()
    seen: set[str] = set()
    ahead = ["/"]

    while ahead and len(seen) < 80:
        path = ahead.pop()
        seen.add(path)
        response = client.get(path)
        assert not client.cookies, path
        if response.headers.get("Content-Type", "").startswith("text/html"):
            found = re.findall(r'href="(/[^"#]*)"', response.content.decode())
            ahead += [each for each in dict.fromkeys(found) if _is_to_read(each) and each not in {*seen, *ahead}]

    assert {"/", "/privacy/", "/site-map/", "/feed/"} <= seen
    assert len(seen) > 12


def _is_to_read(path: str) -> bool:
    return path != "/feedback/" and not path.startswith(("/static/", "/media/", *NEEDED))
