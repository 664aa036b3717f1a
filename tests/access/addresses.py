"""Every address of the resolver, by its pattern."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.regex_helper import normalize


@dataclass(frozen=True)
class Address:
    """One address: ``pattern`` as the URL configuration writes it, ``name`` with its namespaces (``""`` for none)."""

    pattern: str
    name: str
    template: str
    arguments: tuple[str, ...]
    converters: tuple[tuple[str, Any], ...]

    def path(self, values: dict[str, Any]) -> str:
        """Return the path with ``values``, each as its converter writes it."""
        converters = dict(self.converters)
        written = {
            name: converters[name].to_url(value) if name in converters else str(value) for name, value in values.items()
        }
        return "/" + self.template % written

    @property
    def area(self) -> str:
        """Return the file in ``expected/`` that holds the address."""
        for prefix, area in AREAS:
            if self.pattern.startswith(prefix):
                return area
        return "public"


AREAS = (
    ("portal/", "portal"),
    ("account/", "account"),
    ("cms/pages/", "desk_pages"),
    ("cms/api/", "desk_choosers"),
    ("cms/choose-", "desk_choosers"),
    ("cms/snippets/", "desk_snippets"),
    ("cms/localize/", "desk_translations"),
    ("cms/images/", "desk_files"),
    ("cms/documents/", "desk_files"),
    ("cms/users/", "desk_administration"),
    ("cms/groups/", "desk_administration"),
    ("cms/workflows/", "desk_administration"),
    ("cms/sites/", "desk_administration"),
    ("cms/locales/", "desk_administration"),
    ("cms/collections/", "desk_administration"),
    ("cms/", "desk"),
)


@cache
def addresses() -> tuple[Address, ...]:
    """Return each address once; what an earlier one of the same pattern hides is never reached."""
    found: dict[str, Address] = {}
    for address in _walk(get_resolver(), "", "", (), ()):
        found.setdefault(address.pattern, address)
    return tuple(found.values())


def _walk(
    resolver: URLResolver, pattern: str, template: str, spaces: tuple[str, ...], converters: tuple[tuple[str, Any], ...]
) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        whole = pattern + str(entry.pattern)
        part, _names = _template(entry.pattern)
        here = template + part
        with_these = (*converters, *entry.pattern.converters.items())
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry, whole, here, inner, with_these)
        elif isinstance(entry, URLPattern):
            yield Address(
                pattern=whole,
                name=":".join((*spaces, entry.name)) if entry.name else "",
                template=here,
                arguments=tuple(_names_in(here)),
                converters=with_these,
            )


def _template(pattern: Any) -> tuple[str, tuple[str, ...]]:
    if isinstance(pattern, LocalePrefixPattern):
        return "", ()  # the site's own language
    text, names = normalize(pattern.regex.pattern)[0]
    return text, tuple(names)


def _names_in(template: str) -> Iterator[str]:
    for part in template.split("%(")[1:]:
        yield part.split(")s")[0]
