"""The list of a community's members, narrowed by a skill they let organisers see."""

from functools import partial

from django.db.models import Exists, OuterRef, Q

from portal.members.enums import Skill, Visibility
from portal.members.models import ProfileSkill
from portal.members.queries.consents import agrees_to_skills
from portal.report_in.queries.community import register_filter


def having(skill: Skill) -> Q:
    """Return the condition that the person of a report-in shows ``skill`` to organisers."""
    shown = ProfileSkill.objects.filter(
        agrees_to_skills("profile__person"),
        profile__person=OuterRef("person"),
        skill=skill,
        profile__skills_seen_by=Visibility.ORGANISERS,
    )
    return Q(Exists(shown))


for _skill in Skill:
    register_filter(f"skill-{_skill}", _skill.label, partial(having, _skill))
