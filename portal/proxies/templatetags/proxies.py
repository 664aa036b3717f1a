"""Who entered something for somebody, to stand beside the thing itself; and whose telephone helps."""

from collections.abc import Iterable

from django import template

from portal.activities.models import SignUp
from portal.members.models import User
from portal.organisations.models import Area
from portal.proxies.models import ProxyEntry, ResidentVolunteer
from portal.proxies.queries import entry_about, helping_community, open_residency, sign_ups_entered
from portal.report_in.models import MemberReportIn

register = template.Library()


@register.simple_tag
def entry_of(report_in: MemberReportIn) -> ProxyEntry | None:
    """Return how ``report_in`` was entered for its person, or nothing where they did it themselves."""
    return entry_about(report_in)


@register.simple_tag
def residency_of(person: User) -> ResidentVolunteer | None:
    """Return where ``person`` is a resident volunteer now."""
    return open_residency(person)


@register.simple_tag
def entered_of(sign_ups: Iterable[SignUp]) -> dict[int, ProxyEntry]:
    """Return by sign-up how those of ``sign_ups`` were entered that their person did not enter themselves."""
    return sign_ups_entered(sign_ups)


@register.simple_tag
def helper_of(person: User) -> Area | None:
    """Return the community whose telephone stands on the pages of ``person``."""
    return helping_community(person) if person.is_authenticated else None
