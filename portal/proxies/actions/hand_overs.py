"""An account the community kept becomes its person's own, by a code to their phone: at the counter, or by logging in.

Locks: both people in the order of their keys, then the hand-over, then what each step touches.
"""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.actions import take_phone
from portal.members.errors import PhoneTakenError as NumberInUseError
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.organisations.enums import Action
from portal.organisations.permissions import may
from portal.personal_data.actions import lock_both, merge
from portal.proxies.actions.mandates import Mandate
from portal.proxies.actions.objections import leave
from portal.proxies.actions.people import claim
from portal.proxies.enums import HAND_OVER_TRANSITIONS, HandOverState
from portal.proxies.errors import (
    ConsentMissingError,
    HandOverClosedError,
    NotManagedError,
    NotOursError,
    OwnEntryError,
    PhoneNotProvedError,
    PhoneTakenError,
)
from portal.proxies.models import HandOver, ManagedPerson, ResidentVolunteer
from portal.proxies.queries import account_with, community_of, kept, may_enter_for
from portal.states import lock, move, save


@transaction.atomic
def ask_hand_over(*, person: User, phone: str, mandate: Mandate) -> HandOver:
    """Note that the person whose account ``mandate`` keeps now has ``phone``; whoever logs in with it is asked.

    Asked again with the same phone it is one; with another, the first is taken back. Locks community and person.

    Raises:
        NotManagedError: the person looks after their own account.
        ProxyError: it is oneself, or nobody of one's own community.
    """
    person = mandate.hold(person)
    _hold_managed(person)
    own = account_with(phone)
    if own and own.pk == mandate.by.pk:
        raise OwnEntryError
    waiting = HandOver.objects.filter(person=person, state=HandOverState.ASKED).first()
    if waiting and str(waiting.phone) == phone:
        return waiting
    if waiting:
        _end(lock(waiting), to=HandOverState.WITHDRAWN, by=mandate.by)
    hand_over = HandOver(person=person, phone=phone, area=mandate.area, asked_by=mandate.by, consent=mandate.consent)
    save(hand_over, action="asked", by=mandate.by, data={"for": person.pk})
    if own and own.pk != person.pk and own.is_active:
        tell_of_offer(hand_over, own)
    return hand_over


@transaction.atomic
def withdraw_hand_over(*, hand_over: HandOver, by: User) -> HandOver:
    """Take a hand-over back, such as one with a wrong number. Idempotent.

    Raises:
        NotOursError: the person is nobody of the communities of ``by``.
    """
    if not may_enter_for(by, hand_over.person, hand_over.area):
        raise NotOursError
    lock(hand_over.person)
    hand_over = lock(hand_over)
    if hand_over.is_open:
        _end(hand_over, to=HandOverState.WITHDRAWN, by=by)
    return hand_over


@transaction.atomic
def decline_hand_over(*, hand_over: HandOver, by: User) -> HandOver:
    """Say that the account a community keeps is somebody else's; the community is told. Idempotent.

    Raises:
        NotOursError: the hand-over is about another phone.
    """
    hand_over = lock(hand_over, "asked_by", "person")
    if hand_over.state == HandOverState.DECLINED:
        return hand_over
    _refuse_unless_offered_to(hand_over, by)
    _end(hand_over, to=HandOverState.DECLINED, by=by)
    tell(
        recipient=hand_over.asked_by,
        kind=MessageKind.WORK,
        title=_("有人说代管的账户不是自己的，请核对手机号。"),
        url=reverse("proxies:hand_over", args=[hand_over.person_id]),
    )
    return hand_over


@transaction.atomic
def finish_at_counter(*, hand_over: HandOver, proved: str, by: User, agreed: bool = False) -> HandOver:
    """Hand the account over, once ``proved`` is the phone of which the person has just told the code.

    Where that phone has an account already, the person must have ``agreed`` to what they were shown. Idempotent.

    Raises:
        PhoneNotProvedError: another phone was proved, or none.
        ConsentMissingError: there are two accounts, and no yes.
        ProxyError, PersonalDataError: one of their kinds for each reason.
    """
    hand_over = HandOver.objects.select_related("person", "area").get(pk=hand_over.pk)
    if not may(by, Action.ENTER_FOR_PERSON, hand_over.area):
        raise NotOursError
    if hand_over.state == HandOverState.DONE:
        return hand_over
    if not may_enter_for(by, hand_over.person, hand_over.area):
        raise NotOursError
    own = account_with(proved)
    if own is None or own.pk == hand_over.person_id:
        return _take_over(hand_over, proved=proved, by=by)
    if not agreed:
        raise ConsentMissingError
    return _put_together(hand_over, own, proved=proved, by=by)


@transaction.atomic
def agree_to_hand_over(*, hand_over: HandOver, by: User) -> HandOver:
    """Let ``by``, logged in with the phone of the hand-over, take in the account that was kept for them. Idempotent.

    Raises:
        NotOursError: the hand-over is about another phone.
        ProxyError, PersonalDataError: one of their kinds for each reason.
    """
    hand_over = HandOver.objects.select_related("person", "area").get(pk=hand_over.pk)
    if hand_over.state == HandOverState.DONE and hand_over.own_id == by.pk:
        return hand_over
    _refuse_unless_offered_to(hand_over, by)
    return _put_together(hand_over, by, proved=str(by.phone), by=by)


def tell_of_offer(hand_over: HandOver, own: User) -> None:
    """Tell who has the phone that an account waits for them; once, however often they log in."""
    tell(
        recipient=own,
        kind=MessageKind.ENTRY,
        once=f"proxies.hand_over:{hand_over.pk}",
        title=_("%(area)s替您代管过一个账户，请您看看是不是自己的。") % {"area": hand_over.area},
        body=_("以前社区工作人员替您办的事都在那个账户里。您同意以后，两个账户合成一个。"),
        url=reverse("proxies:offer", args=[hand_over.pk]),
    )


def _take_over(hand_over: HandOver, *, proved: str, by: User) -> HandOver:
    person = lock(hand_over.person)
    hand_over = lock(hand_over, "area")
    if hand_over.state == HandOverState.DONE:
        return hand_over
    _refuse_unless_proved(hand_over, proved)
    managed = _hold_managed(person)
    try:
        take_phone(person=person, phone=proved, by=by)
    except NumberInUseError as error:  # somebody signed up with it this very moment
        raise PhoneTakenError from error
    _end_keeping(managed, by=by)
    _end(hand_over, to=HandOverState.DONE, by=by)
    _tell_done(hand_over, person)
    return hand_over


def _put_together(hand_over: HandOver, own: User, *, proved: str, by: User) -> HandOver:
    person, own = lock_both(hand_over.person, own)
    hand_over = lock(hand_over, "area", "asked_by")
    if hand_over.state == HandOverState.DONE:
        return hand_over
    _refuse_unless_proved(hand_over, proved)
    if str(own.phone) != proved:  # they changed it this very moment
        raise PhoneNotProvedError
    managed = _hold_managed(person)
    if own.phone_verified_at is None:
        take_phone(person=own, phone=proved, by=by)
    claim(person=own)
    if community_of(own):
        for residency in ResidentVolunteer.objects.filter(person=person, left_at__isnull=True):
            leave(residency=residency, by=by)
    twice = merge(gone=person, kept=own, by=by, organiser=hand_over.asked_by)
    _end_keeping(managed, by=by)
    hand_over.own, hand_over.served_twice = own, [record.pk for record in twice]
    _end(hand_over, to=HandOverState.DONE, by=by)
    _tell_done(hand_over, own)
    _tell_organiser(hand_over, len(twice))
    return hand_over


def _hold_managed(person: User) -> ManagedPerson:
    managed = kept().filter(person=person).first()
    if managed is None:
        raise NotManagedError
    return lock(managed)


def _refuse_unless_proved(hand_over: HandOver, proved: str) -> None:
    if not hand_over.is_open:
        raise HandOverClosedError
    if not proved or str(hand_over.phone) != proved:
        raise PhoneNotProvedError


def _refuse_unless_offered_to(hand_over: HandOver, person: User) -> None:
    if not hand_over.is_open:
        raise HandOverClosedError
    if not person.phone or hand_over.phone != person.phone:
        raise NotOursError
    if person.phone_verified_at is None:
        raise PhoneNotProvedError


def _end_keeping(managed: ManagedPerson, *, by: User) -> None:
    managed.claimed_at = timezone.now()
    save(managed, action="handed_over", by=by, data={"for": managed.person_id})


def _end(hand_over: HandOver, *, to: HandOverState, by: User) -> None:
    hand_over.phone, hand_over.ended_at = "", timezone.now()
    move(hand_over, to=to, by=by, transitions=HAND_OVER_TRANSITIONS, data={"for": hand_over.person_id})


def _tell_done(hand_over: HandOver, person: User) -> None:
    tell(
        recipient=person,
        kind=MessageKind.ENTRY,
        title=_("以前由%(area)s代管的账户，现在由您自己管理。") % {"area": hand_over.area},
        body=_("替您录入过的事都列在这里，请看一遍对不对。"),
        url=reverse("proxies:mine"),
    )


def _tell_organiser(hand_over: HandOver, served_twice: int) -> None:
    tell(
        recipient=hand_over.asked_by,
        kind=MessageKind.WORK,
        title=_("一位居民的两个账户已经合成一个，由本人管理。"),
        body=_("有 %(count)s 次服务时间重叠，只算了一次，请打开看看。") % {"count": served_twice}
        if served_twice
        else "",
        url=reverse("proxies:handed_over", args=[hand_over.pk]),
    )
