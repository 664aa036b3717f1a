"""How a mailing comes into every inbox: batch by batch, each a transaction that remembers how far it came."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from portal import states
from portal.notices.audiences import Reach, reach_of
from portal.notices.enums import MAILING_TRANSITIONS, MailingState, MessageKind
from portal.notices.models import Mailing
from portal.notices.telling import Note, tell_each

BATCH = 200


@task()
def expand(pk: int) -> None:
    """Tell everybody a mailing is for. Two workers at once, or one after a lost one, tell nobody twice."""
    while _told_a_batch(pk):
        pass


def note_of(mailing: Mailing, reach: Reach) -> Note:
    """Return what each is told, with who says so beneath."""
    by = _("%(name)s（%(place)s）") % {"name": mailing.sender, "place": reach.place}
    return Note(
        title=mailing.title,
        body=f"{mailing.body}\n\n—— {by}",
        url=reach.url,
        kind=MessageKind.MAILING,
        once=f"notices.mailing:{mailing.pk}",
        mailing=mailing.pk,
    )


@transaction.atomic
def _told_a_batch(pk: int) -> bool:
    mailing = states.lock(Mailing(pk=pk), "sender")
    if mailing.state != MailingState.QUEUED:
        return False
    reach = reach_of(sender=mailing.sender, audience=mailing.audience, target=mailing.target)
    if reach is None:
        _move(mailing, MailingState.STOPPED)
        return False
    people = list(reach.people.filter(pk__gt=mailing.last_person).order_by("pk")[:BATCH])
    if not people:
        _move(mailing, MailingState.SENT)
        return False
    mailing.reached += len(tell_each(people, note_of(mailing, reach)))
    mailing.last_person, mailing.worked_on_at = people[-1].pk, timezone.now()
    mailing.save(update_fields=["reached", "last_person", "worked_on_at"])
    return True


def _move(mailing: Mailing, to: MailingState) -> None:
    data = {"reached": mailing.reached}
    states.move(mailing, to=to, by=None, transitions=MAILING_TRANSITIONS, data=data)
