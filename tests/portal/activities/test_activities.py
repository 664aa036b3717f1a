from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.activities.actions import (
    add_shift,
    cancel,
    create_activity,
    edit_activity,
    edit_shift,
    publish,
    remove_shift,
    set_capacity,
)
from portal.activities.enums import ActivityState, NoticeItem
from portal.activities.errors import (
    ActivityCancelledError,
    ActivityIsOverError,
    CapacityBelowTakenError,
    NoticeItemsMissingError,
    ReasonMissingError,
    ShiftIsFixedError,
)
from portal.activities.models import Shift
from tests.factories.activities import ActivityFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db

FIELDS = {
    "place": NoticeItem.PLACE,
    "content": NoticeItem.CONTENT,
    "conditions": NoticeItem.CONDITIONS,
    "risks": NoticeItem.RISKS,
    "safeguards": NoticeItem.SAFEGUARDS,
    "contact_name": NoticeItem.CONTACT,
    "contact_phone": NoticeItem.CONTACT,
}


def times(days=2, hours=2):
    starts_at = timezone.now() + timedelta(days=days)
    return {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=hours)}


def test_create_activity_begins_a_draft_with_a_code():
    area, by = CommunityFactory(), UserFactory()

    activity = create_activity(area=area, by=by, title="楼道清洁")

    assert (activity.state, activity.area, activity.created_by) == (ActivityState.DRAFT, area, by)
    assert len(activity.code) == 8
    assert logged(activity) == ["activities.activity.created"]


def test_publish_opens_a_complete_activity_once():
    activity = ShiftFactory(activity__draft=True).activity
    by = UserFactory()

    publish(activity=activity, by=by)
    published = publish(activity=activity, by=by)

    assert published.is_published
    assert published.published_at
    assert logged(activity) == ["activities.activity.published"]


@pytest.mark.parametrize(("field", "item"), list(FIELDS.items()))
@pytest.mark.parametrize("blank", ["", "  "])
def test_publish_is_refused_while_a_notice_item_is_missing(field, item, blank):
    activity = ShiftFactory(activity__draft=True, **{f"activity__{field}": blank}).activity

    with pytest.raises(NoticeItemsMissingError, match=str(item.label)) as refusal:
        publish(activity=activity, by=UserFactory())

    activity.refresh_from_db()
    assert refusal.value.items == [item.label]
    assert activity.state == ActivityState.DRAFT


def test_publish_is_refused_without_time_and_number():
    with pytest.raises(NoticeItemsMissingError) as refusal:
        publish(activity=ActivityFactory(draft=True), by=UserFactory())

    assert refusal.value.items == [NoticeItem.TIME.label, NoticeItem.NUMBER.label]


def test_a_bare_draft_misses_every_item():
    activity = create_activity(area=CommunityFactory(), by=UserFactory(), title="楼道清洁")

    with pytest.raises(NoticeItemsMissingError) as refusal:
        publish(activity=activity, by=UserFactory())

    assert refusal.value.items == [item.label for item in NoticeItem]


def test_publish_is_refused_once_cancelled():
    with pytest.raises(ActivityCancelledError):
        publish(activity=ActivityFactory(cancelled=True), by=UserFactory())


def test_edit_activity_logs_what_changed():
    activity = ActivityFactory(draft=True)

    edit_activity(activity=activity, by=UserFactory(), place="二号楼前", risks=activity.risks)

    activity.refresh_from_db()
    assert activity.place == "二号楼前"
    assert logged(activity) == ["activities.activity.edited"]


def test_edit_activity_without_a_change_logs_nothing():
    activity = ShiftFactory().activity

    edit_activity(activity=activity, by=UserFactory(), place=activity.place)

    assert logged(activity) == []


def test_edit_activity_may_not_take_a_notice_item_from_a_published_one():
    activity = ShiftFactory().activity

    with pytest.raises(NoticeItemsMissingError):
        edit_activity(activity=activity, by=UserFactory(), risks="")


def test_edit_activity_is_refused_once_cancelled():
    with pytest.raises(ActivityCancelledError):
        edit_activity(activity=ActivityFactory(cancelled=True), by=UserFactory(), place="二号楼前")


def test_cancel_tells_everyone_who_holds_a_place_or_waits():
    shift = ShiftFactory()
    told = [SignUpFactory(shift=shift), SignUpFactory(shift=shift, waiting=True)]
    gone = SignUpFactory(shift=shift, state="withdrawn")

    cancel(activity=shift.activity, by=UserFactory(), reason=" 有大雨。 ")
    cancelled = cancel(activity=shift.activity, by=UserFactory(), reason="又一次。")

    assert (cancelled.is_cancelled, cancelled.cancel_reason) == (True, "有大雨。")
    assert ["有大雨" in one.member.inbox_messages.get().body for one in told] == [True, True]
    assert not gone.member.inbox_messages.exists()
    assert logged(shift.activity) == ["activities.activity.cancelled"]


def test_cancel_tells_one_person_once_for_all_their_shifts():
    activity = ActivityFactory()
    member = UserFactory()
    for days in (2, 3):
        SignUpFactory(shift=ShiftFactory(activity=activity, **times(days)), member=member)

    cancel(activity=activity, by=UserFactory(), reason="有大雨。")

    assert member.inbox_messages.count() == 1


def test_cancel_tells_three_with_as_many_queries_as_one():
    asked = []
    for number in (1, 3):
        shift = ShiftFactory()
        SignUpFactory.create_batch(number, shift=shift)
        with CaptureQueriesContext(connection) as found:
            cancel(activity=shift.activity, by=shift.activity.created_by, reason="有大雨。")
        asked.append(len(found))

    assert asked[0] == asked[1]


def test_cancel_is_refused_without_a_reason():
    with pytest.raises(ReasonMissingError):
        cancel(activity=ActivityFactory(), by=UserFactory(), reason="  ")


def test_cancel_is_refused_when_it_is_over():
    with pytest.raises(ActivityIsOverError):
        cancel(activity=ShiftFactory(past=True).activity, by=UserFactory(), reason="有大雨。")


def test_add_shift_counts_nobody_yet():
    activity = ActivityFactory(draft=True)

    shift = add_shift(activity=activity, by=UserFactory(), capacity=8, name="上午班", **times())

    assert (shift.activity, shift.capacity, shift.places_taken, shift.minutes) == (activity, 8, 0, 120)
    assert logged(shift) == ["activities.shift.added"]


def test_add_shift_is_refused_once_cancelled():
    with pytest.raises(ActivityCancelledError):
        add_shift(activity=ActivityFactory(cancelled=True), by=UserFactory(), capacity=8, **times())


@pytest.mark.parametrize(("hours", "capacity"), [(0, 8), (-1, 8), (2, 0)])
def test_add_shift_is_refused_when_it_makes_no_sense(hours, capacity):
    with pytest.raises(ValidationError):
        add_shift(activity=ActivityFactory(), by=UserFactory(), capacity=capacity, **times(hours=hours))


def test_edit_shift_moves_a_draft():
    shift = ShiftFactory(activity__draft=True)

    edited = edit_shift(shift=shift, by=UserFactory(), capacity=5, name="下午班", **times(3))

    assert (edited.capacity, edited.name, edited.starts_at.date()) == (5, "下午班", times(3)["starts_at"].date())
    assert logged(shift) == ["activities.shift.changed"]


def test_edit_shift_may_not_move_what_has_begun():
    with pytest.raises(ShiftIsFixedError):
        edit_shift(shift=ShiftFactory(past=True), by=UserFactory(), capacity=5, **times(3))


def test_edit_shift_may_not_move_what_was_called_off():
    with pytest.raises(ActivityCancelledError):
        edit_shift(shift=ShiftFactory(activity__cancelled=True), by=UserFactory(), capacity=5, **times(3))


def test_edit_shift_changes_the_capacity_of_a_published_one():
    shift = ShiftFactory()

    edit_shift(shift=shift, by=UserFactory(), starts_at=shift.starts_at, ends_at=shift.ends_at, capacity=20)

    shift.refresh_from_db()
    assert shift.capacity == 20


def test_set_capacity_is_refused_below_the_places_taken():
    shift = ShiftFactory(capacity=3)
    SignUpFactory.create_batch(2, shift=shift)

    with pytest.raises(CapacityBelowTakenError, match="2"):
        set_capacity(shift=shift, capacity=1, by=UserFactory())


def test_remove_shift_takes_it_out_of_a_draft():
    shift = ShiftFactory(activity__draft=True)

    remove_shift(shift=shift, by=UserFactory())

    assert not Shift.objects.exists()
    assert logged(shift.activity) == ["activities.activity.shift_removed"]


def test_remove_shift_is_refused_after_publishing():
    with pytest.raises(ShiftIsFixedError):
        remove_shift(shift=ShiftFactory(), by=UserFactory())
