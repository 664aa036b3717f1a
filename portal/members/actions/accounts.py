"""How an account comes to be."""

from django.db import IntegrityError, transaction

from portal.members import queries
from portal.members.models import User
from portal.states import for_whom, note


def open_account(*, phone: str) -> User | None:
    """Return the person with ``phone``; make an account where a roster expects that phone, else return ``None``.

    The new account is empty until its phone is proved by a code.
    """
    person = User.objects.filter(phone=phone).first()
    if person or not queries.rosters_awaiting(phone).exists():
        return person
    return _create(phone=phone)


def sign_up(*, phone: str) -> User:
    """Return the person with ``phone``, made nameless when nobody has it yet."""
    return open_account(phone=phone) or _create(phone=phone)


@transaction.atomic
def open_managed(*, name: str, phone: str = "", by: User) -> User:
    """Make an account that ``by`` keeps for somebody who does not log in; with a phone they may, one day."""
    person: User = User.objects.create_user(phone or None, name=name)
    note(person, "members.user.opened", by=by, data=for_whom(person.pk, by))
    return person


def _create(*, phone: str) -> User:
    try:
        with transaction.atomic():
            person: User = User.objects.create_user(phone)
            note(person, "members.user.opened", by=person)
    except IntegrityError:  # two requests at once: the other one made it
        person = User.objects.get(phone=phone)
    return person
