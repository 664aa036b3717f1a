"""What editors choose from, on more than one kind of page."""

from typing import Any

from django import forms
from django_stubs_ext import StrOrPromise

from webui.providers import communities


class CommunitySelect(forms.Select):
    """The communities of the city, district by district; what is chosen stays, even if it has ended since.

    ``none`` is what choosing no community means.
    """

    def __init__(self, *, none: StrOrPromise, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.none = none

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list:
        groups: dict[str, list[tuple[str, str]]] = {}
        for community in communities():
            groups.setdefault(community.district, []).append((community.code, community.name))
        known = {code for group in groups.values() for code, _name in group}
        ended = [(code, code) for code in value if code and code not in known]
        self.choices = [("", self.none), *groups.items(), *ended]
        return super().optgroups(name, value, attrs)
