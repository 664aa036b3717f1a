"""What a reader may ask the list of venues for, and how the page offers it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks the list for; empty means whatever."""

    kind: str = ""
    community: str = ""
    has: str = ""
    near: str = ""
    is_open: bool = False

    def without(self, name: str) -> str:
        """Return the address that asks the same without ``name``."""
        rest: Question = replace(self, **{name: type(getattr(self, name))()})
        asked: dict[str, Any] = {"kind": rest.kind, "community": rest.community, "has": rest.has, "near": rest.near}
        asked["open"] = "1" if rest.is_open else ""
        return "?" + urlencode({key: value for key, value in asked.items() if value})


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose, and how many venues it would leave."""

    value: str
    text: str
    number: int
    is_chosen: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """Something chosen, and the address without it."""

    label: str
    text: str
    url_without: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the list; shown by ``components/facet.html``."""

    name: str
    label: str
    any_label: str
    choices: Sequence[Option]
    chosen: str

    @property
    def options(self) -> list[Option]:
        return [replace(option, is_chosen=option.value == self.chosen) for option in self.choices]

    def chip(self, question: Question) -> Chip | None:
        """Return what is chosen here; nothing where it is none of the choices."""
        text = next((option.text for option in self.choices if option.value == self.chosen), "")
        return Chip(self.label, text, question.without(self.name)) if text else None
