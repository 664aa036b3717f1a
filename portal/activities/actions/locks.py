"""The locks of this room, in the order they are taken: person, activity, shift, sign-up.

Nobody who holds a shift locks a person: freeing a place touches several members' sign-ups, and two such hands would
wait for each other. ``no_key`` leaves room for rows that merely point at a locked one, such as a message to its person.
"""

from portal.activities.models import Activity, Shift, SignUp
from portal.members.models import User


def lock_person(person: User) -> User:
    """Make the sign-ups of ``person`` follow one another, so that no two overlap."""
    return User.objects.select_for_update(no_key=True).get(pk=person.pk)


def lock_activity(activity: Activity) -> Activity:
    return Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)


def lock_shift(shift: Shift) -> Shift:
    """Return ``shift`` as it is now; whoever counts its places holds this lock."""
    return Shift.objects.select_for_update(no_key=True).get(pk=shift.pk)


def lock_shifts(activity: Activity) -> list[Shift]:
    return list(Shift.objects.select_for_update(no_key=True).filter(activity=activity).order_by("pk"))


def lock_sign_up(sign_up: SignUp) -> SignUp:
    return SignUp.objects.select_for_update(no_key=True).get(pk=sign_up.pk)
