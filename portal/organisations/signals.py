"""What the rooms above may listen to; sent inside the transaction, so that a receiver that refuses undoes all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.dispatch import Signal


@dataclass(frozen=True)
class Concerned:
    """Of whom a room keeps something open: queries that give the keys of people, and of units."""

    people: Sequence["QuerySet[Any, Any]"] = ()
    units: Sequence["QuerySet[Any, Any]"] = ()


# areas: asked before they become others, once they are held; each receiver returns who is ``Concerned``.
area_concerned = Signal()
# before, after (areas), on (a day), by: what belonged to ``before`` from that day on belongs to ``after``.
area_merged = Signal()
area_split = Signal()
# area, on, by: it ends with nobody following; whoever still needs it raises StillInUseError.
area_ending = Signal()
# unit: asked before it ends, once it is held; each receiver returns which people are ``Concerned``.
unit_concerned = Signal()
# unit, on, by: whoever belongs to it is let go, all of them held; a receiver that cannot raises an OrganisationError.
unit_ending = Signal()
# unit: asked before it ends; each receiver returns sentences about what that will bring.
unit_end_asked = Signal()
