"""A picture of a map, where the one who runs the site has chosen a provider; off by default."""

from django.conf import settings

from website.venues.enums import Datum
from website.venues.positions import Position, to_gcj02


def static_map(position: Position | None) -> str:
    """Return the address of the picture, drawn where the provider's maps have the place; empty without a provider."""
    return _filled(settings.STATIC_MAP_URL, position) if position else ""


def _filled(address: str, position: Position) -> str:
    drawn = to_gcj02(position) if settings.STATIC_MAP_DATUM == Datum.GCJ02 else position
    return address.replace("{lat}", f"{drawn.latitude:.6f}").replace("{lon}", f"{drawn.longitude:.6f}")
