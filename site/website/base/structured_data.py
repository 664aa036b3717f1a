"""What machines read of a page: schema.org in JSON, safe to stand inside a ``<script>`` of data."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

CONTEXT = "https://schema.org"
# As Django's ``json_script``: nothing in the data can end the element it stands in.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def as_script(data: dict[str, Any]) -> SafeString:
    """Return the element that carries ``data``; it is data, never run, so the policy has nothing to say about it."""
    text = json.dumps({"@context": CONTEXT} | data, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_ESCAPES)
    safe = mark_safe(text)  # noqa: S308 -- escaped above, character by character
    return format_html('<script type="application/ld+json">{}</script>', safe)


def breadcrumb_list(way: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the way to a page (name and address of each step) as schema.org tells it."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": urljoin(settings.BASE_URL, url)}
            for position, (name, url) in enumerate(way, 1)
        ],
    }
