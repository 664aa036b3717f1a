"""Accounts on their way to their person."""

from django.db.models import QuerySet

from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.permissions import areas_for
from portal.proxies.enums import HandOverState
from portal.proxies.models import HandOver
from portal.proxies.queries.people import kept
from portal.records.models import ServiceRecord


def account_with(phone: str) -> User | None:
    """Return whose account ``phone`` opens, active or not."""
    return User.objects.filter(phone=phone).first() if phone else None


def is_managed(person: User) -> bool:
    """Return whether a community still answers for the account of ``person``."""
    return kept().filter(person=person).exists()


def open_hand_over(person: User) -> HandOver | None:
    """Return the hand-over of the account of ``person`` that waits for a proof."""
    return HandOver.objects.filter(person=person, state=HandOverState.ASKED).select_related("area", "person").first()


def offers_to(person: User) -> QuerySet[HandOver]:
    """Return the accounts that wait for ``person`` to say they are theirs: those of the phone they have proved."""
    offers = HandOver.objects.filter(state=HandOverState.ASKED).select_related("area", "person", "asked_by")
    if not person.phone or person.phone_verified_at is None:
        return offers.none()
    return offers.filter(phone=person.phone).exclude(person=person)


def hand_overs_in(organiser: User) -> QuerySet[HandOver]:
    """Return the hand-overs of the communities of ``organiser``, about others, newest first."""
    areas = areas_for(organiser, Action.ENTER_FOR_PERSON)
    return HandOver.objects.filter(area__in=areas).exclude(person=organiser).select_related("area", "own", "person")


def served_twice_in(hand_over: HandOver) -> QuerySet[ServiceRecord]:
    """Return the records that were taken out of the count when two accounts became one."""
    return (
        ServiceRecord.objects.filter(pk__in=hand_over.served_twice).select_related("area").order_by("served_on", "pk")
    )
