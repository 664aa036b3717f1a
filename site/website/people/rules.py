"""When a person may be shown."""

from typing import TYPE_CHECKING

from website.people.enums import ALWAYS_NEEDED, KinPosition, Scope
from website.people.errors import ConsentIsMissing, ConsentLeavesOut, KinObject, NotToBeShown, SourceIsMissing

if TYPE_CHECKING:  # models stand above rules
    from website.people.models import PersonPage


def reasons_against(page: "PersonPage") -> list[NotToBeShown]:
    """Return why the law or our rules keep ``page`` from the public, for the living or for the dead."""
    return _against_the_living(page) if page.is_living else _against_the_dead(page)


def _against_the_living(page: "PersonPage") -> list[NotToBeShown]:
    if not (page.consent and page.consent.is_open):
        return [ConsentIsMissing()]
    missing = _needed(page) - page.consent.scope
    return [ConsentLeavesOut([str(scope.label) for scope in Scope if scope in missing])] if missing else []


def _against_the_dead(page: "PersonPage") -> list[NotToBeShown]:
    reasons: list[NotToBeShown] = []
    if not page.sources.strip():
        reasons.append(SourceIsMissing())
    if page.kin_position == KinPosition.OBJECTS:
        reasons.append(KinObject())
    return reasons


def _needed(page: "PersonPage") -> set[str]:
    needed: set[str] = set(ALWAYS_NEEDED)
    if page.shows_pictures:
        needed.add(Scope.PHOTO)
    if page.honours.strip():
        needed.add(Scope.HONOURS)
    return needed
