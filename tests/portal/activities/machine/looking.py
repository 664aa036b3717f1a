"""What the database says, read once after each step."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from portal.activities.enums import HOLDS_A_PLACE
from portal.activities.models import CoverAsk, CoverRequest, GroupPlaces, Position, Shift, SignUp
from portal.activities.queries import with_place_in_queue
from portal.members.models import User
from portal.notices.enums import MessageKind
from portal.notices.models import Message
from tests.portal.activities.machine.model import Key


@dataclass(frozen=True)
class Seen:
    """Rows by what they are about; of ``sign_ups`` each with its ``queue_place``."""

    people: dict[int, int]
    shifts: dict[int, Shift]
    positions: list[Position]
    sign_ups: list[SignUp]
    groups: list[GroupPlaces]
    covers: list[CoverRequest]
    asks: list[tuple[int, int]]
    lines: list[tuple[str, str, dict[str, object]]]
    offers_told: int

    def confirmed(self) -> dict[Key, int]:
        """Return how many are sure to come, by shift and position, those they bring not counted."""
        found: dict[Key, int] = {}
        for one in self.sign_ups:
            key = (one.shift_id, one.position_id)
            found[key] = found.get(key, 0) + (one.state == "confirmed")
        return {key: number for key, number in found.items() if number}

    def held(self, key: Key) -> int:
        """Return the places of ``key`` counted anew: those of its people, and what units hold beside."""
        rows = [one for one in self.sign_ups if (one.shift_id, one.position_id) == key and one.state in HOLDS_A_PLACE]
        groups = [group for group in self.groups if (group.shift_id, group.position_id) == key and group.is_open]
        named = sum(one.places for one in rows if one.group_id in {group.pk for group in groups})
        return sum(one.places for one in rows) + sum(group.held for group in groups) - named


def look(shifts: Sequence[int], people: Sequence[User]) -> Seen:
    kinds = {kind.pk: kind.model for kind in ContentType.objects.get_for_models(SignUp, CoverRequest).values()}
    lines = ModelLogEntry.objects.filter(content_type__in=kinds).order_by("pk")
    covers = list(CoverRequest.objects.filter(sign_up__shift__in=shifts).select_related("sign_up").order_by("pk"))
    asks = CoverAsk.objects.filter(request__in=[cover.pk for cover in covers]).order_by("pk")
    return Seen(
        people={member.pk: n for n, member in enumerate(people)},
        shifts=Shift.objects.in_bulk(shifts),
        positions=list(Position.objects.filter(shift__in=shifts)),
        sign_ups=list(with_place_in_queue(SignUp.objects.filter(shift__in=shifts)).order_by("pk")),
        groups=list(GroupPlaces.objects.filter(shift__in=shifts)),
        covers=covers,
        asks=list(asks.values_list("request_id", "member_id")),
        lines=[
            (f"{kinds[kind]} {key}", action, data)
            for kind, key, action, data in lines.values_list("content_type_id", "object_id", "action", "data")
        ],
        offers_told=Message.objects.filter(kind=MessageKind.OFFER).count(),
    )
