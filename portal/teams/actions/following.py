"""A community becomes another, and its teams follow."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal import states
from portal.members.models import User
from portal.organisations.errors import StillInUseError
from portal.organisations.models import Area
from portal.teams.models import Team


@transaction.atomic
def follow(*, before: Area, after: Area, by: User | None) -> int:
    """Move the open teams of ``before`` to ``after``; return how many. Idempotent.

    One whose name an open team of ``after`` has already is told apart by the name of the place it comes from.
    """
    found = list(Team.objects.filter(area=before, ends_on__isnull=True).order_by("pk"))
    for team in found:
        held = states.lock(team)
        if Team.objects.filter(area=after, name=held.name, ends_on__isnull=True).exists():
            held.name = f"{held.name}（{before.name}）"[: Team._meta.get_field("name").max_length]
        held.area = after
        states.save(held, action="moved", by=by, data={"from": before.code, "to": after.code})
    return len(found)


def refuse_while_open(*, area: Area) -> None:
    """Refuse to end a place with nobody following while it has an open team.

    Raises:
        StillInUseError: it has.
    """
    if Team.objects.filter(area=area, ends_on__isnull=True).exists():
        raise StillInUseError(_("这里还有没结束的团队。请先结束，或者合并到别的社区，团队会一起转过去。"))
