"""Activities to come, acted out through the portal's own actions: sign-ups, queues, offers."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from config.demo.city import City
from config.demo.content import read
from config.demo.past import CODE_PREFIX, notice_items
from portal.activities.actions import add_shift, cancel, create_activity, publish, sign_up, withdraw
from portal.activities.models import Activity, Shift, SignUp
from portal.organisations.models import Area

FIRST_DAY, LAST_DAY = 3, 35
CROWDED_CAPACITY, CROWD = 3, 6
DRAFTS = 2


def build_ahead(city: City) -> None:
    """Announce what is coming. The home community has an open one, a full one with a queue, and one with an offer."""
    kinds = read("activities")["activities"]
    count = city.scale.activities_ahead
    drafts = DRAFTS if count > DRAFTS * 5 else 1
    numbers = list(range(count))
    for number in city.progress.track(_("将要开始的活动和报名"), numbers):
        kind = kinds[(number + 5) % len(kinds)]
        area = city.home if number < 3 else city.communities[number % len(city.communities)]
        is_crowded = number in (1, 2) or number % 7 == 5
        activity = _announce(city, kind, area, number=number, is_crowded=is_crowded)
        if number >= count - drafts:
            continue
        publish(activity=activity, by=activity.created_by)
        if number == count - drafts - 1 and count > DRAFTS * 5:
            cancel(activity=activity, by=activity.created_by, reason="场地临时维修，改期另行通知。")
            continue
        _fill(city, activity.shifts.get(), number=number, is_crowded=is_crowded)


def _announce(city: City, kind: dict[str, Any], area: Area, *, number: int, is_crowded: bool) -> Activity:
    organiser = city.organisers[area.pk][0]
    activity = create_activity(
        area=area,
        by=organiser,
        code=f"{CODE_PREFIX}{city.scale.activities_past + number + 1:06}",
        **notice_items(kind, area, organiser),
    )
    # Each on a day of its own, as far as there are days: nobody is asked to be in two places.
    starts_at = city.at(FIRST_DAY + number % (LAST_DAY - FIRST_DAY), kind["hour"])
    add_shift(
        activity=activity,
        by=organiser,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=kind["minutes"]),
        capacity=CROWDED_CAPACITY if is_crowded else kind["capacity"],
    )
    return activity


def _fill(city: City, shift: Shift, *, number: int, is_crowded: bool) -> None:
    """Sign neighbours up. A crowded shift keeps a queue; one in three has an offer standing."""
    member = city.roles["member"]
    residents = [person for person in city.residents[shift.activity.area_id] if person != member]
    wanted = CROWD if is_crowded else round(shift.capacity * city.dice.uniform(0.2, 0.8))
    people = city.dice.sample(residents, min(len(residents), wanted))
    sign_ups = [sign_up(shift=shift, member=person) for person in people]
    if shift.activity.area_id == city.home.pk and number < 2:
        sign_up(shift=shift, member=member)  # a place on the open one, a place in the queue of the full one
    if is_crowded and number != 1:
        _give_back(sign_ups)


def _give_back(sign_ups: list[SignUp]) -> None:
    """Let the first one withdraw: their place is offered to the head of the queue."""
    withdraw(sign_up=sign_ups[0], by=sign_ups[0].member)
