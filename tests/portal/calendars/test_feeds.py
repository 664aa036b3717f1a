"""What a calendar is told, and by which address."""

from datetime import timedelta

import pytest
import structlog
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from config.logs import hide_secrets
from portal.activities.enums import Audience, RuleKind, SignUpState
from portal.activities.models import Activity, EntryRule, Shift, SignUp
from portal.calendars.actions.addresses import numbered
from portal.calendars.models import SentEvent
from portal.calendars.queries.feeds import sign_ups_to_tell
from tests.factories.activities import ActivityFactory, ShiftFactory, SignUpFactory
from tests.factories.calendars import CalendarAddressFactory
from tests.factories.members import UserFactory
from tests.factories.teams import TeamFactory, TeamMembershipFactory

pytestmark = pytest.mark.django_db

SECRET = "a-secret-of-one-person"


@pytest.fixture
def person():
    return CalendarAddressFactory(secret=SECRET).person


def url(secret=SECRET):
    return reverse("calendars:own_feed", args=[secret])


def events(client, address=None):
    answer = client.get(address or url())
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_a_place_is_told_with_all_one_needs_and_nobody_else(client, person):
    mine = SignUpFactory(member=person, shift__name="上午班")
    SignUpFactory(shift=mine.shift, member__name="别的人")

    (event,) = events(client)

    activity = mine.shift.activity
    assert event["UID"] == f"sign-up-{mine.pk}@portal.baodao"
    assert event["SUMMARY"] == f"{activity.title} · 上午班"
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event["DTSTART"].dt == mine.shift.starts_at.replace(microsecond=0)
    assert event["URL"].endswith(reverse("activities:detail", args=[activity.code]))
    text = client.get(url()).content.decode()
    for somebody in ("别的人", person.name, activity.contact_name, activity.contact_phone):
        assert somebody not in text
    assert "BEGIN:VTIMEZONE" in text


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (SignUpState.REQUESTED, "TENTATIVE"),
        (SignUpState.WAITING, "TENTATIVE"),
        (SignUpState.OFFERED, "TENTATIVE"),
        (SignUpState.WITHDRAWN, "CANCELLED"),
        (SignUpState.LAPSED, "CANCELLED"),
    ],
)
def test_each_state_has_its_status(client, person, state, status):
    times = {"queued_at": timezone.now(), "offered_until": timezone.now()}
    SignUpFactory(member=person, state=state, **times)

    assert [event["STATUS"] for event in events(client)] == [status]


def test_the_language_of_who_asks_is_no_change(person):
    SignUpFactory(member=person, waiting=True)
    now = timezone.now()
    for language in ("zh-hans", "en"):
        with translation.override(language):
            (told,) = numbered(sign_ups_to_tell(person, now=now), now=now)

    assert told.revision == 0


def test_what_is_called_off_stays_and_says_so_with_a_higher_number(client, person):
    mine = SignUpFactory(member=person)
    (before,) = events(client)

    Activity.objects.update(state="cancelled", cancelled_at=timezone.now(), cancel_reason="有大雨。")
    (after,) = events(client)
    (again,) = events(client)

    assert (before["UID"], after["STATUS"]) == (after["UID"], "CANCELLED")
    assert (before["SEQUENCE"], after["SEQUENCE"], again["SEQUENCE"]) == (0, 1, 1)
    assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt
    assert SentEvent.objects.get(sign_up=mine).sequence == 1


def test_every_change_counts_up(client, person):
    mine = SignUpFactory(member=person)
    events(client)

    Activity.objects.update(place="二号楼前")
    events(client)
    SignUp.objects.filter(pk=mine.pk).update(state=SignUpState.WITHDRAWN)

    assert [event["SEQUENCE"] for event in events(client)] == [2]


def test_the_same_file_is_not_sent_twice(client, person):
    SignUpFactory(member=person)
    first = client.get(url())

    again = client.get(url(), headers={"if-none-match": first["ETag"]})
    Activity.objects.update(title="改了名")
    changed = client.get(url(), headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)
    assert "private" in first["Cache-Control"]
    assert not first.cookies


def test_long_past_and_others_are_left_out(client, person):
    SignUpFactory()
    long_ago = timezone.now() - timedelta(days=90)
    SignUpFactory(member=person, shift__starts_at=long_ago)

    assert events(client) == []


def test_three_cost_as_many_queries_as_one(client, person):
    SignUpFactory(member=person)

    def queries():
        events(client)
        with CaptureQueriesContext(connection) as counted:
            events(client)
        return len(counted)

    once = queries()
    SignUpFactory.create_batch(2, member=person, shift__starts_at=timezone.now() + timedelta(days=5))

    assert queries() == once


def test_a_wrong_address_and_one_whose_owner_left_open_nothing(client, person):
    assert client.get(url("another")).status_code == 404

    person.is_active = False
    person.save()

    assert client.get(url()).status_code == 404
    assert client.post(url()).status_code == 405


def test_a_team_is_told_to_those_in_it(client, person):
    mine, other = TeamMembershipFactory(person=person).team, TeamFactory()

    assert events(client, reverse("calendars:team_feed", args=[SECRET, mine.code])) == []
    assert client.get(reverse("calendars:team_feed", args=[SECRET, other.code])).status_code == 404


def test_a_team_hears_that_something_is_off_and_keeps_what_was(client, person):
    team, now = TeamMembershipFactory(person=person).team, timezone.now()
    shift = ShiftFactory(name="上午班")
    drafts = [ActivityFactory(draft=True), ActivityFactory(cancelled=True, published_at=None)]
    for activity in (shift.activity, *drafts):
        EntryRule.objects.create(activity=activity, kind=RuleKind.TEAM, team=team)
    for days, activity in [(-30, shift.activity), (-90, shift.activity), (2, drafts[0]), (2, drafts[1])]:
        ShiftFactory(activity=activity, starts_at=now + timedelta(days=days))
    address = reverse("calendars:team_feed", args=[SECRET, team.code])
    before = events(client, address)
    assert [(event["STATUS"], event["SUMMARY"]) for event in before] == [
        ("CONFIRMED", shift.activity.title),
        ("CONFIRMED", f"{shift.activity.title} · 上午班"),
    ]

    Activity.objects.filter(pk=shift.activity_id).update(
        state="cancelled", cancelled_at=now, cancel_reason="有大雨。", updated_at=now + timedelta(minutes=1)
    )

    after = events(client, address)
    assert [event["STATUS"] for event in after] == ["CANCELLED"] * 2
    assert [event["UID"] for event in after] == [event["UID"] for event in before]
    assert after[0]["SEQUENCE"] > before[0]["SEQUENCE"]


def test_leaving_a_team_ends_its_calendar(client, person):
    gone = TeamMembershipFactory(person=person, left=True)

    assert client.get(reverse("calendars:team_feed", args=[SECRET, gone.team.code])).status_code == 404


def test_a_published_activity_is_a_file_for_anybody(client):
    shift = ShiftFactory()
    ShiftFactory(activity=shift.activity, starts_at=timezone.now() + timedelta(days=9))
    draft = ActivityFactory(draft=True)

    found = events(client, reverse("calendars:activity", args=[shift.activity.code]))

    assert len(found) == Shift.objects.filter(activity=shift.activity).count() == 2
    assert found[0]["UID"] == f"{shift.activity.code}-{shift.pk}@activities.baodao"
    assert client.get(reverse("calendars:activity", args=[draft.code])).status_code == 404


def test_what_is_for_named_people_is_a_file_for_them_alone(client):
    shift = ShiftFactory(activity__audience=Audience.LISTED)
    address = reverse("calendars:activity", args=[shift.activity.code])
    assert client.get(address).status_code == 404

    inside = TeamMembershipFactory()
    EntryRule.objects.create(activity=shift.activity, kind=RuleKind.TEAM, team=inside.team)
    client.force_login(inside.person)

    assert client.get(address).status_code == 200


def test_a_team_is_told_of_the_activities_that_name_it(client, person):
    team = TeamMembershipFactory(person=person).team
    named, _other = ShiftFactory(), ShiftFactory()
    EntryRule.objects.create(activity=named.activity, kind=RuleKind.TEAM, team=team)

    (event,) = events(client, reverse("calendars:team_feed", args=[SECRET, team.code]))

    assert event["UID"] == f"{named.activity.code}-{named.pk}@activities.baodao"


def test_no_line_of_the_log_holds_the_secret():
    address = url("Xy-very-secret_1")

    for said in (f"GET {address}", f"Not Found: {address}", f'"GET {address}?a=1 HTTP/1.1" 200'):
        line = hide_secrets(None, "info", {"event": said, "request": said, "status": 200})
        assert "very-secret" not in repr(line)
        assert "/portal/calendars/feed/…/mine.ics" in line["event"]


def test_every_line_passes_the_one_that_hides_it(settings):
    assert hide_secrets in settings.LOGGING["formatters"]["json"]["foreign_pre_chain"]
    assert hide_secrets in structlog.get_config()["processors"]


def test_an_owner_is_one_person(client, person):
    SignUpFactory(member=UserFactory())

    assert events(client) == []
