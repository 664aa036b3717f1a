"""What happens when somebody logs in for whom a community kept an account."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from portal.members.models import User
from portal.proxies.actions import claim, tell_of_offer
from portal.proxies.queries import offers_to


@receiver(user_logged_in, dispatch_uid="proxies.claim_account")
def claim_account(user: User, **kwargs: Any) -> None:
    claim(person=user)
    for hand_over in offers_to(user):
        tell_of_offer(hand_over, user)
