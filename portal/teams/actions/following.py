"""A community becomes another, and its teams follow."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal import states
from portal.members.models import User
from portal.organisations.errors import StillInUseError
from portal.organisations.models import Area
from portal.organisations.naming import told_apart
from portal.teams.models import Team


@transaction.atomic
def follow(*, before: Area, after: Area, by: User | None) -> int:
    """Move the open teams of ``before`` to ``after``; return how many. Idempotent.

    One whose name an open team of ``after`` has already is told apart by the name of the place it comes from.
    """
    open_teams = Team.objects.filter(ends_on__isnull=True)
    found = list(open_teams.filter(area=before).order_by("pk"))
    taken = set(open_teams.filter(area=after).values_list("name", flat=True))
    longest = Team._meta.get_field("name").max_length
    for team in found:
        held = states.lock(team)
        held.area, held.name = after, told_apart(held.name, before, taken=taken, longest=longest)
        taken.add(held.name)
        states.save(held, action="moved", by=by, data={"from": before.code, "to": after.code})
    return len(found)


def refuse_while_open(*, area: Area) -> None:
    """Refuse to end a place with nobody following while it has an open team.

    Raises:
        StillInUseError: it has.
    """
    if Team.objects.filter(area=area, ends_on__isnull=True).exists():
        raise StillInUseError(_("这里还有没结束的团队。请先结束，或者合并到别的社区，团队会一起转过去。"))
