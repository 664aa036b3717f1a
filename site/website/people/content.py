"""What a version of a person's page says, apart from how it is stored: to tell whether somebody changed it."""

import json
import re
from typing import Any

# When it is shown is not among them: the releaser may decide that.
PAGE_FIELDS = ("title", "slug", "seo_title", "search_description")
BLOCK_KEYS = re.compile(r' data-block-key="[^"]*"')


def said_by(content: dict[str, Any], *, fields: frozenset[str]) -> dict[str, Any]:
    """Return what serialised ``content`` says in ``fields``, free of what an editor's form adds unasked."""
    return {name: _plain(content.get(name)) for name in fields | set(PAGE_FIELDS)}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _plain_text(value)
    if isinstance(value, list):
        return [_plain(item) for item in value] or None
    if isinstance(value, dict):
        if value.get("type") == "item":  # one of a list block, which older versions stored bare
            return _plain(value["value"])
        return {key: _plain(item) for key, item in value.items() if key not in {"id", "pk", "person"}}
    return value or None


def _plain_text(text: str) -> Any:
    if text.startswith(("[", "{")):
        try:
            return _plain(json.loads(text))
        except ValueError:
            pass
    return BLOCK_KEYS.sub("", text.replace("\r\n", "\n")).strip() or None
