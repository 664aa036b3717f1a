"""What an import tells: one report per file."""

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple


class Status(StrEnum):
    READY = "ready"
    SAVED = "saved"
    REFUSED = "refused"


class HeadingLine(NamedTuple):
    level: int
    text: str


class Removed(NamedTuple):
    """What was taken out; ``key`` names the place, for putting it back."""

    kind: str
    text: str
    key: str = ""


class FigureProposal(NamedTuple):
    number: Decimal
    unit: str
    label: str
    sentence: str
    year: int | None = None
    is_approximate: bool = False
    is_year_guessed: bool = False


class NearDuplicate(NamedTuple):
    title: str
    url: str
    similarity: float
    is_identical: bool = False


@dataclass(kw_only=True)
class ImportReport:
    """All an editor needs to judge one imported document."""

    file: str
    status: Status
    reason: str = ""
    title: str = ""
    encoding: str = ""
    headings: list[HeadingLine] = field(default_factory=list)
    body: str = ""
    lost_characters: int = 0
    removed: list[Removed] = field(default_factory=list)
    figures: list[FigureProposal] = field(default_factory=list)
    near_duplicates: list[NearDuplicate] = field(default_factory=list)
    url: str = ""
    sources: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain data, with numbers as JSON writes them."""
        return {
            **asdict(self),
            "status": self.status.value,
            "headings": [heading._asdict() for heading in self.headings],
            "removed": [{"kind": piece.kind, "text": piece.text} for piece in self.removed],
            "figures": [{**figure._asdict(), "number": plain_number(figure.number)} for figure in self.figures],
            "near_duplicates": [
                {"title": near.title, "url": near.url, "similarity": near.similarity} for near in self.near_duplicates
            ],
        }


def plain_number(number: Decimal) -> int | float:
    """Return a whole number as such, any other as the shortest float that prints alike."""
    return int(number) if number == number.to_integral_value() else float(number)
