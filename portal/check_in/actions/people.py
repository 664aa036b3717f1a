"""People say themselves that they have arrived."""

from django.db import transaction

from portal.activities.actions import arrive, walk_in
from portal.activities.enums import Road, SignUpState
from portal.activities.errors import NotSignedUpError
from portal.activities.models import Attendance, Shift, SignUp
from portal.activities.queries import sign_ups_to_attend_now
from portal.check_in import tokens
from portal.check_in.errors import CodeWrongError
from portal.members.models import User


@transaction.atomic
def arrive_by_pass(*, shift: Shift, member: User, take_place: bool = False) -> Attendance:
    """Note that ``member``, who scanned the code at the place, is there. Idempotent.

    With ``take_place``, somebody without a place gets a free one first.

    Raises:
        NotSignedUpError: they have no place.
        ActivityError: one of its kinds for each reason.
    """
    if take_place:
        sign_up = walk_in(shift=shift, member=member, by=member)
    else:
        held = SignUp.objects.filter(shift=shift, member=member, state=SignUpState.CONFIRMED).first()
        if held is None:
            raise NotSignedUpError
        sign_up = held
    return arrive(sign_up=sign_up, how=Road.QR)


def arrive_by_code(*, member: User, typed: str) -> Attendance:
    """Note that ``member``, who heard the spoken code, is there. Idempotent. The caller counts the tries.

    Raises:
        CodeWrongError: it is the code of none of their shifts now.
        AttendanceError: one of its kinds for each reason.
    """
    for sign_up in sign_ups_to_attend_now(member):
        if tokens.is_spoken(typed, sign_up.shift_id):
            return arrive(sign_up=sign_up, how=Road.CODE)
    raise CodeWrongError
