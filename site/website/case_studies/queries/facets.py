"""Facets: what one may narrow a list by, each choice with the number of things it would leave.

The things are read once, as small rows; counting happens here. So a list costs the same number of queries however many
facets it has, and each facet's counts respect what is chosen in the others.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.http import HttpRequest
from django_stubs_ext import StrOrPromise

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Label:
    """How a value is called, what it is grouped under, and where it stands among the others."""

    text: str
    group: str = ""
    order: tuple[str, int] = ("", 0)


@dataclass(frozen=True, slots=True)
class Question:
    """One facet: its name in the address, what readers call it, and the words for no choice."""

    name: str
    label: StrOrPromise
    any_label: StrOrPromise


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """One thing with its values: none, one or several for each facet."""

    thing: T
    values: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    text: str
    number: int
    is_chosen: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet as it is shown: only choices that leave something."""

    name: str
    label: StrOrPromise
    any_label: StrOrPromise
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice the reader made, and the address without it."""

    label: StrOrPromise
    text: str
    url_without: str


@dataclass(frozen=True)
class Selection(Generic[T]):
    """The rows, and what the reader chose; values nobody has are as if they had not been asked for."""

    rows: Sequence[Row[T]]
    labels: Mapping[str, Mapping[str, Label]]
    questions: Sequence[Question]
    chosen: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def asked(
        cls,
        request: HttpRequest,
        rows: Sequence[Row[T]],
        labels: Mapping[str, Mapping[str, Label]],
        questions: Sequence[Question],
    ) -> "Selection[T]":
        wishes = {question.name: request.GET.get(question.name, "") for question in questions}
        chosen = {name: wish for name, wish in wishes.items() if wish in labels.get(name, {})}
        return cls(rows, labels, questions, chosen)

    def things(self) -> list[T]:
        return [row.thing for row in self._matching()]

    def facets(self) -> list[Facet]:
        return [Facet(each.name, each.label, each.any_label, tuple(self._options(each))) for each in self.questions]

    def chips(self, request: HttpRequest) -> list[Chip]:
        return [
            Chip(each.label, self.labels[each.name][value].text, address_without(request, each.name))
            for each in self.questions
            if (value := self.chosen.get(each.name))
        ]

    def _matching(self, *, besides: str = "") -> Iterator[Row[T]]:
        wanted = [(name, value) for name, value in self.chosen.items() if name != besides]
        return (row for row in self.rows if all(value in row.values.get(name, ()) for name, value in wanted))

    def _options(self, question: Question) -> Iterator[Option]:
        name, chosen = question.name, self.chosen.get(question.name)
        counts = Counter(value for row in self._matching(besides=name) for value in row.values.get(name, ()))
        for value, label in sorted(self.labels.get(name, {}).items(), key=lambda item: (item[1].order, item[1].text)):
            if counts[value] or value == chosen:
                yield Option(value, label.text, counts[value], value == chosen, label.group)


def address_without(request: HttpRequest, *names: str) -> str:
    """Return this page's address without some of the questions, from its first page."""
    query = request.GET.copy()
    for name in (*names, "page"):
        query.pop(name, None)
    return f"?{query.urlencode()}" if query else "."
