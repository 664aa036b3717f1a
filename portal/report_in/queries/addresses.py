"""Which communities a pasted address may mean: by the names in it, best first, in a few queries whatever its length."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from portal.organisations.enums import AreaKind
from portal.organisations.models import Area
from portal.organisations.queries import communities, within
from portal.report_in.models import AddressName

LONGEST_ADDRESS, LONGEST_NAME, LONGEST_STEM = 60, 16, 6
PLACES_FOUND = 20
SUFFIXES = {
    AreaKind.COMMUNITY: ("社区", "村", "居委会"),
    AreaKind.STREET: ("街道", "镇", "乡"),
    AreaKind.DISTRICT: ("区", "县", "市"),
}
# What a name in the address says for a community: its own, its grid's, an estate's or road's, that of what it lies in.
WHOLE = {AreaKind.GRID: 90, AreaKind.COMMUNITY: 80, AreaKind.STREET: 40, AreaKind.DISTRICT: 20}
STEM = {AreaKind.COMMUNITY: 25, AreaKind.STREET: 10, AreaKind.DISTRICT: 5}
ADDRESS_NAME = 50  # and as many more as it is letters long: 云水路18号 says more than 云水路


def fold(text: str) -> str:
    """Return ``text`` as names are compared: full and half width alike, without spaces, in small letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def communities_at(address: str) -> list[Area]:
    """Return the open communities ``address`` may mean, the likeliest first; at most ``PLACES_FOUND``."""
    text = fold(address)[:LONGEST_ADDRESS]
    pieces = _pieces(text, LONGEST_NAME)
    areas = _areas_named(text, pieces)
    own, above = _evidence(areas, pieces)
    if own:
        found = communities().filter(path__in=own)
    elif above:
        found = communities().filter(within(_narrowest(above)))
    else:
        return []
    scored = [(own.get(area.path, 0) + _of_above(area.path, above), area) for area in found[: PLACES_FOUND * 10]]
    return [area for _score, area in sorted(scored, key=lambda pair: (-pair[0], pair[1].path))[:PLACES_FOUND]]


def community_of_grid(code: str) -> Area | None:
    """Return the open community with a grid of this code, or with this code itself."""
    place = Area.objects.filter(
        code__iexact=code.strip(), kind__in=(AreaKind.GRID, AreaKind.COMMUNITY), ends_on__isnull=True
    ).first()
    if place is None:
        return None
    path = place.path[: -Area.steplen] if place.kind == AreaKind.GRID else place.path
    return communities().filter(path=path).first()


def _evidence(areas: Iterable[tuple[str, str, int]], pieces: set[str]) -> tuple[dict[str, int], dict[str, int]]:
    own: dict[str, int] = defaultdict(int)
    above: dict[str, int] = {}
    for path, kind, score in areas:
        if kind == AreaKind.GRID:
            own[path[: -Area.steplen]] += score
        elif kind == AreaKind.COMMUNITY:
            own[path] += score
        else:
            above[path] = score
    names = AddressName.objects.filter(text__in=pieces).values_list("area__path", "text")
    best: dict[str, int] = defaultdict(int)
    for path, name in names:
        best[path] = max(best[path], ADDRESS_NAME + len(name))
    for path, score in best.items():
        own[path] += score
    return own, above


def _areas_named(text: str, pieces: set[str]) -> list[tuple[str, str, int]]:
    stems = _pieces(text, LONGEST_STEM)
    endings = {suffix: kind for kind, suffixes in SUFFIXES.items() for suffix in suffixes}
    names = pieces | {stem + suffix for stem in stems for suffix in endings}
    found = Area.objects.filter(name__in=names, ends_on__isnull=True, kind__in=WHOLE)
    return [
        (path, kind, WHOLE[AreaKind(kind)] if fold(name) in pieces else STEM.get(AreaKind(kind), 0))
        for path, kind, name in found.values_list("path", "kind", "name")
    ]


def _narrowest(above: dict[str, int]) -> list[str]:
    # A street inside a district that was named too says more than the district alone.
    deepest = max(len(path) for path in above)
    return [path for path in above if len(path) == deepest]


def _of_above(path: str, above: dict[str, int]) -> int:
    return sum(score for place, score in above.items() if path.startswith(place))


def _pieces(text: str, longest: int) -> set[str]:
    ends = range(2, longest + 1)
    return {text[begin : begin + size] for begin in range(len(text)) for size in ends if begin + size <= len(text)}
