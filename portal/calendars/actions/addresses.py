"""An address is made, renewed and withdrawn; what a calendar is told is numbered."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from wagtail.log_actions import log

from portal import states
from portal.activities.models import SignUp
from portal.calendars import keys
from portal.calendars.models import CalendarAddress, SentEvent
from portal.calendars.queries.feeds import entry_of
from portal.members.models import User
from webui.ical import Entry, fingerprint


@transaction.atomic
def renew_address(*, person: User) -> str:
    """Make the address of a person's calendar and return its secret, which is kept nowhere; the old one ends."""
    states.lock(person)
    secret = keys.new_secret()
    address = CalendarAddress.objects.filter(person=person).first() or CalendarAddress(person=person)
    action = "renewed" if address.pk else "made"
    address.digest, address.made_at = keys.digest_of(secret), timezone.now()
    states.save(address, action=action, by=person)
    return secret


@transaction.atomic
def withdraw_address(*, person: User) -> None:
    """End the address of a person's calendar. Idempotent."""
    states.lock(person)
    address = CalendarAddress.objects.filter(person=person).first()
    if address is not None:
        log(address, "calendars.calendaraddress.withdrawn", user=person)
        address.delete()


def numbered(sign_ups: Iterable[SignUp], *, now: datetime) -> list[Entry]:
    """Return what a calendar is told of ``sign_ups``, each numbered anew where it differs from what was told last.

    Writes only what changed: nothing, most times one asks.
    """
    told, changed = [], []
    for sign_up in sign_ups:
        entry, known = entry_of(sign_up), getattr(sign_up, "calendar_event", None)
        digest = _digest_of(sign_up)
        if known is None:
            known = SentEvent(sign_up=sign_up, digest=digest, changed_at=now)
            changed.append(known)
        elif known.digest != digest:
            known.digest, known.changed_at, known.sequence = digest, now, known.sequence + 1
            changed.append(known)
        told.append(replace(entry, revision=known.sequence, changed_at=known.changed_at))
    if changed:
        SentEvent.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["sign_up"],
            update_fields=["digest", "sequence", "changed_at"],
        )
    return told


def _digest_of(sign_up: SignUp) -> str:
    # In one language, whatever the asker's: else two devices would tell each other's reading as a change.
    with translation.override(settings.LANGUAGE_CODE):
        return fingerprint([entry_of(sign_up)], name="")
