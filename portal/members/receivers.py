"""What happens when somebody comes in."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from portal.members.actions import activate_from_roster
from portal.members.models import User


@receiver(user_logged_in, dispatch_uid="members.meet_roster")
def meet_roster(user: User, **kwargs: Any) -> None:
    activate_from_roster(person=user)
