"""An account a community kept becomes its person's own, alone or together with the one they had already."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from portal.activities.enums import AttendanceState, SignUpState
from portal.members.models import User
from portal.notices.models import Message
from portal.personal_data.errors import ActedForError, OfficialAccountError, OwnAccountClosedError
from portal.points.models import Entry
from portal.points.queries import balance
from portal.proxies import errors
from portal.proxies.actions import (
    Mandate,
    agree_to_hand_over,
    ask_hand_over,
    decline_hand_over,
    finish_at_counter,
    sign_up_for,
    withdraw_hand_over,
)
from portal.proxies.enums import ConsentKind, HandOverState
from portal.proxies.models import HandOver
from portal.proxies.queries import community_of, offers_to
from portal.records.actions import post_records, reverse
from portal.records.enums import COUNTS
from portal.records.models import ServiceRecord
from portal.report_in.enums import ReportInState
from tests.factories.activities import AttendanceFactory, ShiftFactory, SignUpFactory
from tests.factories.members import ConsentFactory, HomeMembershipFactory, ProfileFactory, UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.personal_data import AccountClosingFactory
from tests.factories.points import RuleSetFactory
from tests.factories.proxies import (
    HandOverFactory,
    ManagedPersonFactory,
    ProxyEntryFactory,
    ResidentVolunteerFactory,
    organiser_of,
)
from tests.factories.records import ServiceRecordFactory
from tests.factories.report_in import MemberReportInFactory
from tests.factories.teams import TeamMembershipFactory
from tests.portal.activities.logs import logged
from tests.portal.proxies.counter import PHONE, agreed

pytestmark = pytest.mark.django_db


def test_a_new_phone_makes_the_account_its_persons_own_once(elder, hand_over):
    for _again in range(2):
        finish_at_counter(hand_over=hand_over, proved=PHONE, by=hand_over.asked_by)

    elder.person.refresh_from_db()
    hand_over.refresh_from_db()
    assert (elder.person.phone, hand_over.state, hand_over.phone) == (PHONE, HandOverState.DONE, "")
    assert elder.person.phone_verified_at is not None
    assert logged(elder) == ["proxies.managedperson.handed_over"]
    assert logged(hand_over) == ["proxies.handover.done"]
    assert "由您自己管理" in Message.objects.get(recipient=elder.person).title


def test_asking_twice_is_one_and_another_phone_takes_the_first_back(elder, own):
    mandate = Mandate(by=organiser_of(elder.area), area=elder.area, consent=ConsentKind.SPOKEN)

    first = ask_hand_over(person=elder.person, phone=PHONE, mandate=mandate)
    assert ask_hand_over(person=elder.person, phone=PHONE, mandate=mandate) == first
    second = ask_hand_over(person=elder.person, phone="+8613700000002", mandate=mandate)

    first.refresh_from_db()
    assert (first.state, second.state) == (HandOverState.WITHDRAWN, HandOverState.ASKED)
    assert logged(first) == ["proxies.handover.asked", "proxies.handover.withdrawn"]
    assert Message.objects.get(recipient=own).url.endswith(f"/offers/{first.pk}/")
    withdraw_hand_over(hand_over=second, by=mandate.by)
    assert withdraw_hand_over(hand_over=second, by=mandate.by).state == HandOverState.WITHDRAWN
    with pytest.raises(errors.NotOursError):
        withdraw_hand_over(hand_over=second, by=UserFactory())


def test_who_may_not_ask(elder):
    mandate = Mandate(by=organiser_of(elder.area), area=elder.area, consent=ConsentKind.SPOKEN)

    with pytest.raises(errors.NotManagedError):
        ask_hand_over(person=ResidentVolunteerFactory(area=elder.area).person, phone=PHONE, mandate=mandate)
    with pytest.raises(errors.NotOursError):
        ask_hand_over(person=ManagedPersonFactory().person, phone=PHONE, mandate=mandate)
    with pytest.raises(errors.OwnEntryError):
        ask_hand_over(person=elder.person, phone=str(mandate.by.phone), mandate=mandate)


def test_nothing_is_handed_over_without_a_proof_a_yes_or_the_right(hand_over, own):
    with pytest.raises(errors.PhoneNotProvedError):
        finish_at_counter(hand_over=hand_over, proved="+8613700000009", by=hand_over.asked_by)
    with pytest.raises(errors.ConsentMissingError):
        finish_at_counter(hand_over=hand_over, proved=PHONE, by=hand_over.asked_by)
    with pytest.raises(errors.NotOursError):
        finish_at_counter(hand_over=hand_over, proved=PHONE, by=UserFactory(), agreed=True)
    with pytest.raises(errors.NotOursError):
        agree_to_hand_over(hand_over=hand_over, by=UserFactory())
    User.objects.filter(pk=own.pk).update(phone_verified_at=None)
    own.refresh_from_db()
    with pytest.raises(errors.PhoneNotProvedError):
        agree_to_hand_over(hand_over=hand_over, by=own)
    assert HandOver.objects.get().is_open


def test_who_says_it_is_not_theirs_keeps_their_account(hand_over, own, elder):
    for _again in range(2):
        decline_hand_over(hand_over=hand_over, by=own)

    assert not offers_to(own).exists()
    assert Message.objects.get(recipient=hand_over.asked_by).url.endswith("/hand-over/")
    with pytest.raises(errors.HandOverClosedError):
        agree_to_hand_over(hand_over=hand_over, by=own)
    with pytest.raises(errors.HandOverClosedError):
        agreed(hand_over)
    elder.refresh_from_db()
    assert elder.claimed_at is None


def test_everything_moves_once_and_the_kept_account_is_closed(elder, hand_over):
    person, own = elder.person, UserFactory(phone=PHONE, name="")
    residency = ResidentVolunteerFactory(person=person, area=elder.area)
    entry = ProxyEntryFactory(residency=residency)
    mandate = Mandate(by=hand_over.asked_by, area=elder.area, consent=ConsentKind.SPOKEN)
    sign_up = sign_up_for(person=person, shift=ShiftFactory(activity__area=elder.area), mandate=mandate).sign_up
    moved = [
        residency,
        entry,
        sign_up.entries.get(),
        TeamMembershipFactory(person=person),
        ProfileFactory(person=person),
        HomeMembershipFactory(person=person),
    ]

    for _again in range(2):
        agree_to_hand_over(hand_over=hand_over, by=own)

    for row in (person, own, elder, hand_over, sign_up, *moved):
        row.refresh_from_db()
    assert {row.person for row in moved} == {own}
    assert (sign_up.member, sign_up.state) == (own, SignUpState.CONFIRMED)
    assert (person.is_active, person.phone, person.name) == (False, None, f"已并入本人账户 #{person.pk}")
    assert own.name == "陈桂兰"
    assert (hand_over.own, hand_over.state, hand_over.served_twice) == (own, HandOverState.DONE, [])
    assert elder.claimed_at is not None
    assert community_of(own) == elder.area
    assert "members.user.merged" in logged(own)
    assert Message.objects.filter(recipient=hand_over.asked_by, title__contains="合成一个").count() == 1


def test_the_ledger_sums_and_a_later_reversal_meets_the_account_that_has_the_points(elder, hand_over, own):
    RuleSetFactory()
    theirs = ServiceRecordFactory(member=elder.person, objections_until=timezone.localdate() - timedelta(days=1))
    ServiceRecordFactory(member=elder.person)
    post_records(today=timezone.localdate())
    points, minutes = balance(elder.person), _minutes()
    assert points > 0

    agreed(hand_over)

    assert (balance(elder.person), balance(own), _minutes()) == (0, points, minutes)
    assert set(ServiceRecord.objects.values_list("member", flat=True)) == {own.pk}
    assert Entry.objects.count() == 3
    theirs.refresh_from_db()
    reverse(record=theirs, by=hand_over.asked_by, reason="时长写错了。")
    assert (balance(elder.person), balance(own)) == (0, 0)


def test_one_place_is_left_on_a_shift_both_signed_up_to(elder, hand_over, own):
    ahead, given_back, past = ShiftFactory(), ShiftFactory(), ShiftFactory(past=True)
    for shift in (ahead, given_back, past):
        SignUpFactory(shift=shift, member=elder.person)
    kept = SignUpFactory(shift=ahead, member=own)
    again = SignUpFactory(shift=given_back, member=own, state=SignUpState.WITHDRAWN)
    missed = SignUpFactory(shift=past, member=own)
    AttendanceFactory(sign_up=missed, state=AttendanceState.ABSENT, minutes=None)
    came = AttendanceFactory(sign_up=past.sign_ups.get(member=elder.person))

    agreed(hand_over)

    for row in (ahead, given_back, past, kept, again, missed, came):
        row.refresh_from_db()
    assert [shift.places_taken for shift in (ahead, given_back, past)] == [1, 1, 1]
    assert {row.state for row in (kept, again, missed)} == {SignUpState.CONFIRMED}
    assert came.sign_up == missed


def test_what_both_have_is_ended_for_the_account_that_goes(elder, hand_over, own):
    standing = MemberReportInFactory(person=own, accepted=True)
    other = MemberReportInFactory(person=elder.person, area=elder.area, accepted=True)
    residency = ResidentVolunteerFactory(person=elder.person, area=elder.area)
    team = TeamMembershipFactory(person=own).team
    TeamMembershipFactory(person=elder.person, team=team)
    ConsentFactory(person=own, purpose="skills")
    ConsentFactory(person=elder.person, purpose="skills")
    ProfileFactory(person=own, wishes="唱歌")
    ProfileFactory(person=elder.person)

    agreed(hand_over)

    for row in (standing, other, residency):
        row.refresh_from_db()
    assert (standing.state, other.state) == (ReportInState.ACCEPTED, ReportInState.ENDED)
    assert {standing.person, other.person, residency.person} == {own}
    assert residency.left_at is not None
    assert team.memberships.filter(person=own, state="joined").count() == 1
    assert own.consents.filter(purpose="skills", withdrawn_at__isnull=True).count() == 1
    assert own.home_memberships.filter(ends_on__isnull=True).count() == 1
    own.profile.refresh_from_db()
    assert own.profile.wishes == "唱歌"


def test_what_cannot_be_put_together_is_refused_whole(elder, hand_over, own):
    record = ServiceRecordFactory(member=elder.person, confirmed_by=own)
    with pytest.raises(ActedForError):
        agreed(hand_over)
    record.delete()
    post = PostFactory(person=elder.person)
    with pytest.raises(OfficialAccountError):
        agreed(hand_over)
    type(post).objects.filter(pk=post.pk).update(ends_on=timezone.localdate())
    closing = AccountClosingFactory(person=own)
    with pytest.raises(OwnAccountClosedError):
        agreed(hand_over)
    closing.delete()
    User.objects.filter(pk=own.pk).update(is_active=False)
    with pytest.raises(OwnAccountClosedError):
        agreed(hand_over)

    hand_over.refresh_from_db()
    assert hand_over.is_open
    assert User.objects.get(pk=elder.person.pk).is_active


def test_the_database_allows_one_that_waits_and_known_states_only(hand_over):
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOverFactory(person=hand_over.person, area=hand_over.area)
    for change in ({"state": "unknown"}, {"state": HandOverState.DONE}, {"own": hand_over.person}):
        with pytest.raises(IntegrityError), transaction.atomic():
            HandOver.objects.filter(pk=hand_over.pk).update(**change)


def _minutes():
    return ServiceRecord.objects.filter(state__in=COUNTS).aggregate(total=Sum("minutes"))["total"]
