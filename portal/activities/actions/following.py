"""A community becomes another: what it has still to do follows, what has begun or is over stays where it was.

However many there are, the number of queries is the same. Nobody is told: time, place and whom to call stay, the page
names who organises it now, and the calendars that were subscribed to hear of it.
"""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal import states
from portal.activities.enums import ActivityState, ShiftState
from portal.activities.models import Activity, ActivityTemplate, EntryRule, Series, Shift
from portal.activities.signals import activities_written
from portal.members.models import User
from portal.organisations.models import Area
from portal.organisations.naming import told_apart


@transaction.atomic
def follow(*, before: Area, after: Area, by: User | None) -> int:
    """Move the drafts, the activities none of whose shifts has begun, the series and the templates of ``before``.

    Returns how many activities moved. Whom an activity to come is for follows whoever organises it. Locks them all,
    those of others that name ``before``, too, in the order of the keys, and then looks again. Idempotent.
    """
    moved = {"from": before.code, "to": after.code}
    own, named = _to_come().filter(area=before), _rules_ahead().filter(area=before)
    with states.logged_together():
        held = _held(Activity.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=named.values("activity"))))
        activities = list(own.filter(pk__in=held).order_by("pk"))
        keys = [one.pk for one in activities]
        rules = dict(named.filter(activity__in=held).values_list("pk", "activity"))
        Activity.objects.filter(pk__in=keys).update(area=after, updated_at=timezone.now())
        for one in activities:
            states.note(one, "activities.activity.followed", by=by, data=moved)
        _follow_rules(before, after, rules=rules, by=by)
        _follow_series(before, after, by=by)
        _follow_templates(before, after, by=by)
    if keys:
        activities_written.send(Activity, keys=keys)
    return len(keys)


def _to_come() -> QuerySet[Activity]:
    begun = Shift.objects.filter(activity=OuterRef("pk"), state=ShiftState.PLANNED, starts_at__lte=timezone.now())
    return Activity.objects.filter(Q(state=ActivityState.DRAFT) | Q(~Exists(begun), state=ActivityState.PUBLISHED))


def _rules_ahead() -> QuerySet[EntryRule]:
    ahead = Shift.objects.filter(activity=OuterRef("activity"), ends_at__gt=timezone.now())
    is_ahead = Q(activity__state=ActivityState.DRAFT) | Q(Exists(ahead), activity__state=ActivityState.PUBLISHED)
    return EntryRule.objects.filter(is_ahead)


def _held(activities: QuerySet[Activity]) -> list[int]:
    held = activities.select_for_update(no_key=True, of=("self",)).order_by("pk")
    return list(held.values_list("pk", flat=True))


def _follow_rules(before: Area, after: Area, *, rules: dict[int, int], by: User | None) -> None:
    """Let what is for the people of ``before`` be for those of ``after``; of the past it stays said whom it was for.

    ``rules`` are the keys of what says so, each with that of its activity.
    """
    found = EntryRule.objects.filter(pk__in=rules)
    found.filter(Exists(EntryRule.objects.filter(activity=OuterRef("activity"), area=after))).delete()
    found.update(area=after)
    for one in Activity.objects.filter(pk__in=rules.values()).order_by("pk"):
        states.note(one, "activities.activity.audience_set", by=by, data={"from": before.code, "to": after.code})


def _follow_series(before: Area, after: Area, *, by: User | None) -> None:
    """Move every series: it is a rule, and may be made longer however long ago its last date was."""
    found = list(Series.objects.filter(area=before).order_by("pk"))
    Series.objects.filter(pk__in=[one.pk for one in found]).update(area=after)
    for one in found:
        states.note(one, "activities.series.followed", by=by, data={"from": before.code, "to": after.code})


def _follow_templates(before: Area, after: Area, *, by: User | None) -> None:
    """Move the templates in use. One whose name is taken there is told apart by the name of the place it comes from."""
    in_use = ActivityTemplate.objects.filter(ended_at__isnull=True)
    taken = set(in_use.filter(area=after).values_list("name", flat=True))
    found = list(in_use.filter(area=before).select_for_update(no_key=True, of=("self",)).order_by("pk"))
    longest = ActivityTemplate._meta.get_field("name").max_length
    for one in found:
        one.area, one.name = after, told_apart(one.name, before, taken=taken, longest=longest)
        taken.add(one.name)
        one.contents = {**one.contents, "entry": _entry(one.contents.get("entry", []), before, after)}
    ActivityTemplate.objects.bulk_update(found, ["area", "name", "contents"])
    for one in found:
        data = {"from": before.code, "to": after.code}
        states.note(one, "activities.activitytemplate.followed", by=by, data=data)


def _entry(rules: list[dict[str, Any]], before: Area, after: Area) -> list[dict[str, Any]]:
    return [{**rule, "area_id": after.pk} if rule.get("area_id") == before.pk else rule for rule in rules]
