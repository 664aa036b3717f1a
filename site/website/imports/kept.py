"""A reading as JSON, and back: how an upload is kept until its draft is saved."""

from typing import Any

from website.imports.lines import Kind, Picture, Role
from website.imports.reading import Reading


def as_json(reading: Reading) -> dict[str, Any]:
    """Return all but the pictures' data, which is kept apart."""
    return {
        "text": reading.text,
        "encoding": reading.encoding,
        "navigation": list(reading.navigation),
        "places": list(reading.places),
        "roles": {str(at): [role.kind.value, role.level] for at, role in reading.roles.items()},
        "pictures": [[picture.name, picture.alt, bool(picture.data)] for picture in reading.pictures],
        "title": reading.title,
    }


def from_json(raw: dict[str, Any]) -> Reading:
    """Return the reading again; a picture's data is only told to exist."""
    return Reading(
        text=raw["text"],
        encoding=raw["encoding"],
        navigation=raw["navigation"],
        places=raw["places"],
        roles={int(at): Role(Kind(kind), level) for at, (kind, level) in raw["roles"].items()},
        pictures=[Picture(name, alt, b"+" if is_usable else b"") for name, alt, is_usable in raw["pictures"]],
        title=raw["title"],
    )
