"""What an import would do: compared with the list as it is, and checked, before anything is written."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from website.service_lists.checks import Checker, Values
from website.service_lists.columns import CODE, PARENT, PLACES, TITLE
from website.service_lists.entries import Entry, Listing, Place, Problem
from website.service_lists.enums import ChangeKind
from website.service_lists.queries import Known, Listed, places_in_words, published, value_of
from website.services.enums import ServiceStatus


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one service that would change."""

    code: str
    field: str
    before: str
    after: str

    def as_json(self) -> dict[str, str]:
        return {"code": self.code, "field": self.field, "from": self.before, "to": self.after}


@dataclass(slots=True)
class Step:
    """What would happen to one service. ``values`` holds what its fields get; ``listed`` is the page there is."""

    kind: ChangeKind
    code: str
    values: Values
    listed: Listed | None = None
    changes: list[Change] = field(default_factory=list)


@dataclass(slots=True)
class Differences:
    """Everything an import would do, and everything that keeps it from being done."""

    new: list[Step] = field(default_factory=list)
    changed: list[Step] = field(default_factory=list)
    gone: list[Listed] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    new_categories: list[str] = field(default_factory=list)

    def does_something(self, closes_gone: bool) -> bool:
        """Tell whether an import would write anything."""
        return bool(self.new or self.changed or (closes_gone and self.to_close))

    @property
    def to_close(self) -> list[Listed]:
        return [listed for listed in self.gone if listed.page.status != ServiceStatus.CLOSED]

    def as_json(self) -> dict[str, Any]:
        """Return the one shape that scripts may rely on."""
        return {
            "new": [step.code for step in self.new],
            "changed": [change.as_json() for step in self.changed for change in step.changes],
            "gone": [listed.code for listed in self.gone],
            "unchanged": self.unchanged,
            "errors": [problem.as_json() for problem in self.problems],
        }

    def fingerprint(self) -> str:
        """Return what two equal sets of differences share, and two unequal ones do not."""
        said = [self.as_json(), self.new_categories, [sorted(_said(step.values).items()) for step in self.new]]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def compare(
    listing: Listing,
    site: dict[str, Listed],
    known: Known,
    *,
    creates_categories: bool = False,
    reusable: frozenset[int] = frozenset(),
) -> Differences:
    """Return what differs; the codes of the ``reusable`` pages, which an undone import left unpublished, are free."""
    checker = Checker(known, listing, site, creates_categories=creates_categories)
    differences = Differences(problems=list(listing.problems))
    for entry in listing.entries:
        _compare_one(entry, site.get(entry.code), differences, checker, reusable)
    if listing.lists_services:
        inside = {entry.code for entry in listing.entries if not entry.is_places_only}
        differences.gone = [listed for code, listed in published(site).items() if code not in inside]
    differences.problems += checker.problems
    differences.problems.sort(key=lambda problem: (problem.sheet, problem.row))
    differences.new_categories = checker.new_categories
    differences.titles = {code: listed.page.title for code, listed in site.items()}
    differences.titles |= {entry.code: entry.values[TITLE] for entry in listing.entries if entry.values.get(TITLE)}
    return differences


def _compare_one(
    entry: Entry, listed: Listed | None, differences: Differences, checker: Checker, reusable: frozenset[int]
) -> None:
    places = checker.placed(entry)
    if listed is None or listed.page.pk in reusable:
        if entry.is_places_only:
            checker.problem(entry, CODE, _("清单里没有编号为 %(code)s 的服务。") % {"code": entry.code})
            return
        values = checker.checked(entry, entry.values, places=places, is_new=True)
        differences.new.append(Step(ChangeKind.NEW, entry.code, values, listed))
        return
    changes = _changes(entry, listed, places)
    if not listed.page.live:
        words = _("《%(title)s》在网站上还没有发布，或已经下线。请先在页面里发布它，或把这一行从表里删掉。")
        checker.problem(entry, CODE, words % {"title": listed.page.title})
    elif not changes:
        differences.unchanged += not entry.is_places_only
    else:
        checker.refuse_unfinished(entry, listed)
        changed = {change.field: entry.values.get(change.field, "") for change in changes}
        its_places = places if changed.pop(PLACES, None) is not None else None
        values = checker.checked(entry, changed, places=its_places, is_new=False)
        differences.changed.append(Step(ChangeKind.CHANGED, entry.code, values, listed, changes))


def _changes(entry: Entry, listed: Listed, places: list[Place] | None) -> list[Change]:
    changes = [
        Change(entry.code, key, listed.values[key], value)
        for key, value in entry.values.items()
        if value != listed.values[key]
    ]
    if places is not None and places != listed.places:
        before, after = value_of(listed, PLACES), places_in_words(places)
        changes.append(Change(entry.code, PLACES, before, after))
    return changes


def _said(values: Values) -> dict[str, str]:
    return {key: str(value) for key, value in values.items() if key != PARENT}
