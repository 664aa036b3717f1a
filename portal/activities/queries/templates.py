"""What can be made again without typing it again."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from portal.activities.models import ActivityTemplate
from portal.activities.queries.activities import organised_communities
from portal.organisations.enums import Action
from portal.organisations.models import Area
from portal.organisations.permissions import areas_for
from portal.organisations.queries import lineage

if TYPE_CHECKING:
    from portal.members.models import User


def usable_templates(person: "User") -> QuerySet[ActivityTemplate]:
    """Return the templates ``person`` may use: of an area above or at one of the communities they organise."""
    communities = organised_communities(person).filter(path__startswith=OuterRef("area__path")).order_by()
    return ActivityTemplate.objects.filter(Exists(communities), ended_at__isnull=True).select_related("area")


def kept_templates(person: "User") -> QuerySet[ActivityTemplate]:
    """Return the templates ``person`` may end: those of the areas they organise."""
    return usable_templates(person).filter(area__in=areas_for(person, Action.RUN_ACTIVITIES))


def communities_for(person: "User", template: ActivityTemplate) -> QuerySet[Area]:
    """Return the communities of ``person`` where ``template`` may be used."""
    return organised_communities(person).filter(path__startswith=template.area.path)


def areas_for_template(person: "User", area: Area) -> QuerySet[Area]:
    """Return ``area`` and those above it where ``person`` may keep a template, the widest last."""
    reached = areas_for(person, Action.RUN_ACTIVITIES)
    return reached.filter(pk__in=[area.pk, *(above.pk for above in lineage(area))]).order_by("-path")
