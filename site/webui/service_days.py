"""A service day on a page: narrowed as asked, district by district, community by community."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest

from webui.providers import ServiceDayRow


def look(request: HttpRequest, rows: list[ServiceDayRow]) -> dict[str, Any]:
    """Return what ``components/service_day.html`` shows of ``rows``; asked by ?district=, ?community= and ?places=."""
    asked = {name: request.GET.get(name, "")[:60] for name in ("district", "community", "places")}
    found = [row for row in rows if _fits(row, asked)]
    return {
        "asked": asked,
        "districts": list(dict.fromkeys(row.district for row in rows if row.district)),
        "communities": list(
            dict.fromkeys(row.item.community for row in rows if asked["district"] in ("", row.district))
        ),
        "groups": [
            _group(district, list(members)) for district, members in groupby(found, key=lambda row: row.district)
        ],
        "number": len(found),
        "number_of_communities": len({row.item.community_code for row in found}),
        "places_left": sum(row.item.places_left or 0 for row in found),
    }


def _fits(row: ServiceDayRow, asked: dict[str, str]) -> bool:
    return (
        asked["district"] in ("", row.district)
        and asked["community"] in ("", row.item.community)
        and (not asked["places"] or bool(row.item.places_left))
    )


def _group(district: str, rows: list[ServiceDayRow]) -> dict[str, Any]:
    places = groupby(rows, key=lambda row: row.item.community)
    return {
        "district": district,
        "number": len(rows),
        "places_left": sum(row.item.places_left or 0 for row in rows),
        "communities": [(community, [row.item for row in members]) for community, members in places],
    }
