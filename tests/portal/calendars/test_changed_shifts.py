"""What calendars hear when an organiser moves, adds or calls off a shift."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.activities.actions import call_off_shift
from portal.activities.actions import shifts as acts
from portal.activities.enums import RuleKind
from portal.activities.models import Activity, EntryRule, Shift
from tests.factories.activities import ShiftFactory, SignUpFactory
from tests.factories.calendars import CalendarAddressFactory
from tests.factories.teams import TeamMembershipFactory
from tests.factories.website import ActivityCalendarPageFactory
from tests.portal.calendars.test_feeds import SECRET, events, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return CalendarAddressFactory(secret=SECRET).person


@pytest.mark.parametrize("is_off", [False, True])
def test_a_shift_moved_or_called_off_has_a_higher_number_in_every_calendar(client, person, is_off):
    team = TeamMembershipFactory(person=person).team
    mine = SignUpFactory(member=person, shift__activity__published_at=timezone.now() - timedelta(days=1))
    shift, activity = mine.shift, mine.shift.activity
    EntryRule.objects.create(activity=activity, kind=RuleKind.TEAM, team=team)
    other = ShiftFactory(activity=activity, starts_at=shift.starts_at + timedelta(days=1))
    Activity.objects.update(updated_at=activity.published_at)
    addresses = {
        "mine": url(),
        "team": reverse("calendars:team_feed", args=[SECRET, team.code]),
        "file": reverse("calendars:activity", args=[activity.code]),
        "community": f"{ActivityCalendarPageFactory().url}feed.ics?community={activity.area.code}",
    }
    before = {name: events(client, address)[0] for name, address in addresses.items()}

    times = {"starts_at": shift.starts_at + timedelta(hours=1), "ends_at": shift.ends_at + timedelta(hours=1)}
    if is_off:
        call_off_shift(shift=shift, by=activity.created_by, reason="场地停电。")
    else:
        acts.edit_shift(shift=shift, by=activity.created_by, capacity=shift.capacity, **times)

    for name, address in addresses.items():
        after, *others = events(client, address)
        assert [one["UID"] for one in others] == (
            [] if name == "mine" else [f"{activity.code}-{other.pk}@activities.baodao"]
        )
        assert {one["STATUS"] for one in others} <= {"CONFIRMED"}
        assert after["STATUS"] == ("CANCELLED" if is_off else "CONFIRMED")
        assert (after["UID"], after["SEQUENCE"] > before[name]["SEQUENCE"]) == (before[name]["UID"], True), name
        assert after["LAST-MODIFIED"].dt > before[name]["LAST-MODIFIED"].dt or name == "mine"
        assert after["DTSTART"].dt == (shift if is_off else Shift(**times)).starts_at.replace(microsecond=0)


def test_only_what_a_calendar_tells_moves_its_number(person):
    shift = ShiftFactory()
    long_ago = timezone.now() - timedelta(days=1)
    times = {"starts_at": shift.starts_at, "ends_at": shift.ends_at}
    changed = []

    for change in (
        lambda: acts.edit_shift(shift=shift, by=person, capacity=shift.capacity + 1, **times),
        lambda: acts.edit_shift(shift=shift, by=person, capacity=shift.capacity + 1, name="上午班", **times),
        lambda: acts.add_shift(activity=shift.activity, by=person, capacity=2, **times),
    ):
        Activity.objects.update(updated_at=long_ago)
        change()
        changed.append(Activity.objects.get().updated_at > long_ago)

    assert changed == [False, True, True]
