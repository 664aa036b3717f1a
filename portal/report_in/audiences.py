"""Those who have reported in to a community, as somebody to write to."""

from django.utils.translation import gettext as _

from portal.members.models import User
from portal.notices.audiences import Audience, Reach
from portal.organisations.enums import Action
from portal.organisations.permissions import areas_for
from portal.report_in.queries.community import members_of


def of_community(sender: User, code: str) -> Reach | None:
    """Return those whose report-in stands in a community for which ``sender`` runs activities."""
    area = areas_for(sender, Action.RUN_ACTIVITIES).filter(code=code).first()
    if area is None:
        return None
    people = User.objects.filter(pk__in=members_of(area).order_by().values("person"))
    return Reach(label=_("%(area)s的报到成员") % {"area": area}, place=str(area), people=people, url="")


COMMUNITY = Audience("community", of_community)
