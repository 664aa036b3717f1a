"""The locks of this room, in the order they are taken: place, person, activity, shift, sign-up; the lower number first.

Nobody who holds a shift locks a person: freeing a place touches several members' sign-ups, and two such hands would
wait for each other.
"""

from collections.abc import Iterable

from portal.activities import queries
from portal.activities.errors import CommunityEndedError
from portal.activities.models import Activity, Shift, SignUp
from portal.members.models import User
from portal.organisations.actions import hold_standing
from portal.organisations.models import Area
from portal.states import lock


def hold_place(area: Area) -> Area:
    """Return where a new activity of ``area`` belongs today, held: a merger waits, or has been waited for.

    Raises:
        CommunityEndedError: it ended with nobody following.
    """
    place = hold_standing(area)
    if place.has_ended:
        raise CommunityEndedError
    return place


def lock_person(person: User) -> None:
    """Make the sign-ups of ``person`` follow one another, so that no two overlap."""
    User.objects.select_for_update(no_key=True).values_list("pk").get(pk=person.pk)


def lock_people(people: Iterable[User]) -> None:
    """Lock several people, always in the same order."""
    for person in sorted(people, key=lambda person: person.pk):
        lock_person(person)


def lock_activity(activity: Activity) -> Activity:
    return lock(activity)


def lock_shift(shift: Shift) -> Shift:
    """Return ``shift`` as it is now; whoever counts its places holds this lock.

    Its activity is read afterwards: joined to the row waited for, it would be as it was before the wait, on PostgreSQL,
    and one called off meanwhile still look open.
    """
    return lock(shift)


def lock_shift_to_enter(shift: Shift) -> Shift:
    """Return ``shift`` held, with its activity as it is then and word of whether it asks or offers anything special."""
    shift = lock_shift(shift)
    shift.activity = queries.activity_to_enter(shift)
    return shift


def lock_each_shift(shifts: Iterable[Shift]) -> dict[int, Shift]:
    """Lock several shifts, always in the same order; return them by their key."""
    return {shift.pk: lock_shift(shift) for shift in sorted(shifts, key=lambda shift: shift.pk)}


def lock_shifts(activity: Activity) -> list[Shift]:
    return list(Shift.objects.select_for_update(no_key=True).filter(activity=activity).order_by("pk"))


def lock_place(sign_up: SignUp) -> tuple[Shift, SignUp]:
    """Return the shift of ``sign_up`` and ``sign_up`` itself as they are now, both held."""
    shift = lock_shift(sign_up.shift)
    return shift, lock_sign_up(sign_up)


def lock_sign_ups(*sign_ups: SignUp) -> list[SignUp]:
    """Return several sign-ups as they are now, held; always locked in the same order, and returned as given."""
    held = {sign_up.pk: lock_sign_up(sign_up) for sign_up in sorted(sign_ups, key=lambda sign_up: sign_up.pk)}
    return [held[sign_up.pk] for sign_up in sign_ups]


def lock_sign_up(sign_up: SignUp) -> SignUp:
    return lock(sign_up)
