"""What happens when somebody kept or a resident logs in or reports in, and when a community or unit ends or changes."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.organisations.models import Area, Unit
from portal.organisations.signals import (
    Concerned,
    area_concerned,
    area_ending,
    area_merged,
    area_split,
    unit_concerned,
    unit_end_asked,
    unit_ending,
)
from portal.proxies.actions import claim, tell_of_offer
from portal.proxies.actions.following import follow, let_go, refuse_while_kept
from portal.proxies.actions.leaving import give_way
from portal.proxies.queries import concerned_in, offers_to, open_invitations_of, waiting_for
from portal.report_in.models import MemberReportIn
from portal.report_in.signals import residence_accepted


@receiver(user_logged_in, dispatch_uid="proxies.claim_account")
def claim_account(user: User, **kwargs: Any) -> None:
    claim(person=user)
    for hand_over in offers_to(user):
        tell_of_offer(hand_over, user)


@receiver(area_concerned, dispatch_uid="proxies.concerned")
def say_who_is_here(sender: type[Area], *, areas: list[Area], **kwargs: Any) -> Concerned:
    return concerned_in(areas)


@receiver([area_merged, area_split], dispatch_uid="proxies.follow_area")
def follow_area(sender: type[Area], *, before: Area, after: Area, by: User | None, **kwargs: Any) -> None:
    follow(before=before, after=after, by=by)


@receiver(area_ending, dispatch_uid="proxies.keep_area")
def keep_area(sender: type[Area], *, area: Area, **kwargs: Any) -> None:
    refuse_while_kept(area=area)


@receiver(residence_accepted, dispatch_uid="proxies.give_way")
def end_residency(sender: type[MemberReportIn], *, report_in: MemberReportIn, by: User, **kwargs: Any) -> None:
    give_way(report_in=report_in, by=by)


@receiver(unit_concerned, dispatch_uid="proxies.people_who_wait")
def say_who_waits(sender: type[Unit], *, unit: Unit, **kwargs: Any) -> Concerned:
    return Concerned(people=[waiting_for(unit).values("person")])


@receiver(unit_ending, dispatch_uid="proxies.let_go")
def take_invitations_back(sender: type[Unit], *, unit: Unit, by: User | None, **kwargs: Any) -> None:
    let_go(unit=unit, by=by)


@receiver(unit_end_asked, dispatch_uid="proxies.foretell")
def foretell(sender: type[Unit], *, unit: Unit, **kwargs: Any) -> list[str]:
    invitations, waiting = open_invitations_of(unit).count(), waiting_for(unit).count()
    said = [_("%(number)d 份邀请收回，邀请码不能再用。") % {"number": invitations}] if invitations else []
    if waiting:
        said.append(_("%(number)d 人凭邀请加入、还没有确认，会收到消息。") % {"number": waiting})
    return said
