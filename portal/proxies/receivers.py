"""What happens when somebody a community kept an account for logs in, when it becomes another, and when a unit ends."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from portal.members.models import User
from portal.organisations.models import Area, Unit
from portal.organisations.signals import area_merged, area_split, unit_ending
from portal.proxies.actions import claim, tell_of_offer
from portal.proxies.actions.following import follow, let_go
from portal.proxies.queries import offers_to


@receiver(user_logged_in, dispatch_uid="proxies.claim_account")
def claim_account(user: User, **kwargs: Any) -> None:
    claim(person=user)
    for hand_over in offers_to(user):
        tell_of_offer(hand_over, user)


@receiver([area_merged, area_split], dispatch_uid="proxies.follow_area")
def follow_area(sender: type[Area], *, before: Area, after: Area, by: User | None, **kwargs: Any) -> None:
    follow(before=before, after=after, by=by)


@receiver(unit_ending, dispatch_uid="proxies.let_go")
def take_invitations_back(sender: type[Unit], *, unit: Unit, by: User | None, **kwargs: Any) -> None:
    let_go(unit=unit, by=by)
