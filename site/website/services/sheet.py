"""The sheet for a stairwell: as many services as fit on one A4 page in type one reads standing."""

from dataclasses import dataclass
from itertools import islice

from django.utils.safestring import SafeString

from website.services.entries import Entry
from website.services.enums import NOT_OFFERED
from website.services.facts import Spot, facts_of
from website.services.finding import Catalogue
from webui.qr import qr_code

MOST = 12
FEW = 8  # up to here the type may be larger still


@dataclass(frozen=True)
class Line:
    name: str
    phone: str
    place: str
    hours: str


@dataclass(frozen=True)
class Sheet:
    lines: tuple[Line, ...]
    left_out: int
    address: str
    code: SafeString

    @property
    def is_roomy(self) -> bool:
        return len(self.lines) <= FEW


def sheet_of(catalogue: Catalogue, *, address: str) -> Sheet:
    """Choose what is offered now, what the community itself offers first; the rest is behind the code."""
    rows = [row for group in (*catalogue.here, *catalogue.everywhere) for row in group.rows]
    offered = [row.entry for row in rows if row.entry.page.state not in NOT_OFFERED]
    address += catalogue.query
    return Sheet(
        lines=tuple(_line(entry) for entry in islice(offered, MOST)),
        left_out=max(0, len(offered) - MOST),
        address=address,
        code=qr_code(address),
    )


def _line(entry: Entry) -> Line:
    facts = facts_of(entry.page)
    spot = entry.spot or Spot("", "", facts["place"], "", facts["hours"], facts["phone"], "")
    return Line(entry.page.title, spot.phone, spot.place or spot.address, spot.hours)
