"""What happens when somebody logs in for whom a community kept an account, and when that community becomes another."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from portal.members.models import User
from portal.organisations.models import Area
from portal.organisations.signals import area_merged, area_split
from portal.proxies.actions import claim, tell_of_offer
from portal.proxies.actions.following import follow
from portal.proxies.queries import offers_to


@receiver(user_logged_in, dispatch_uid="proxies.claim_account")
def claim_account(user: User, **kwargs: Any) -> None:
    claim(person=user)
    for hand_over in offers_to(user):
        tell_of_offer(hand_over, user)


@receiver([area_merged, area_split], dispatch_uid="proxies.follow_area")
def follow_area(sender: type[Area], *, before: Area, after: Area, by: User | None, **kwargs: Any) -> None:
    follow(before=before, after=after, by=by)
