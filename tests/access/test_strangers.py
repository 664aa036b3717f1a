"""To whoever has no right over it, a thing of the portal is as if it were not there."""

import pytest

from tests.access.addresses import Address, addresses
from tests.access.arguments import cases, missing
from tests.access.asking import Visitor
from tests.access.roles import STRANGERS, Role
from tests.access.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OPEN = {
    "portal/activities/<slug:code>/ [published]": "a published activity is public",
    "portal/activities/shifts/<int:pk>/sign-up/": "everybody may sign up for a published activity",
    "portal/activities/<slug:code>/draw/ [published]": "anybody may check how the lot fell",
    "portal/activities/<slug:code>/declare/ [published]": "an age is declared for a published activity",
    "portal/activities/shifts/<int:pk>/hold/": "every unit may hold places on a published activity",
    "portal/calendars/activities/<slug:code>.ics [published]": "a published activity is public",
    "portal/calendars/feed/<str:secret>/mine.ics": "the address itself is the key, as a calendar has no log-in",
    "portal/calendars/feed/<str:secret>/teams/<slug:code>.ics": "as above",
    "portal/calendars/service-days/<int:pk>/": "a service day is public",
    "portal/calendars/service-days/<int:pk>/edit/": "as above",
    "portal/calendars/service-days/<int:pk>/call-off/": "as above",
    "portal/calendars/service-days/<int:pk>/add/": "as above",
    "portal/check-in/q/<str:token>/": "who scans the code stands at the place; the log-in comes after",
    "portal/check-in/p/<str:token>/": "as above",
    "portal/teams/<slug:code>/": "whoever is logged in may look at every team",
    "portal/teams/<slug:code>/join/": "as above",
    "portal/teams/<slug:code>/leave/": "as above",
    "portal/teams/<slug:code>/invite/": "as above",
    "portal/teams/<slug:code>/edit/": "as above",
    "portal/teams/<slug:code>/end/": "as above",
    "portal/report-in/to/<slug:code>/": "one reports in to a community of one's own choice",
    "portal/report-in/move/to/<slug:code>/": "as above",
    "portal/report-in/stay/in/<slug:code>/": "as above",
    "portal/my-data/consents/<slug:purpose>/give/": "a purpose is nobody's; the consent to it is one's own",
    "portal/my-data/consents/<slug:purpose>/withdraw/": "as above",
    "portal/organisations/imports/empty/<slug:kind>.csv": "the head of a table, with nobody in it",
    "portal/reports/<int:year>/": "a year is nobody's; the report in it is one's own",
}
"""Lines whose things are nobody's secret, each with the reason."""

NAMING = [address for address in addresses() if address.pattern.startswith("portal/") and address.arguments]


@pytest.mark.parametrize("address", NAMING, ids=lambda address: address.pattern)
def test_stranger_is_told_no_more_than_of_nothing(
    address: Address, world: World, visitors: dict[Role, Visitor]
) -> None:
    of_nothing = {role: _told(visitors[role], missing(address)) for role in STRANGERS}
    for key, path in cases(address, world):
        if key in OPEN:
            continue
        for role in STRANGERS:
            told = _told(visitors[role], path)
            assert told == of_nothing[role], f"{role} at {key}"
            assert set(told.values()) <= {"403", "404", "405"}, f"{role} at {key}"


def _told(visitor: Visitor, path: str) -> dict[str, str]:
    return {method: visitor.ask(method, path) for method in ("get", "post")}


def test_what_is_open_is_still_there(world: World) -> None:
    keys = {key for address in NAMING for key, _path in cases(address, world)}

    assert keys >= OPEN.keys()
