"""Those who belong to a community, as somebody to write to."""

from django.utils.translation import gettext as _

from portal.members.models import User
from portal.notices.audiences import Audience, Reach
from portal.organisations.enums import Action
from portal.organisations.permissions import areas_for
from portal.report_in.queries import people_of


def of_community(sender: User, code: str) -> Reach | None:
    """Return who belongs to a community for which ``sender`` runs activities, resident volunteers among them."""
    area = areas_for(sender, Action.RUN_ACTIVITIES).filter(code=code).first()
    if area is None:
        return None
    label = _("%(area)s的成员和居民志愿者") % {"area": area}
    return Reach(label=label, place=str(area), people=people_of(area), url="")


COMMUNITY = Audience("community", of_community)
