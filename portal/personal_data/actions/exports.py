"""Noting that somebody took their data away."""

from django.db import transaction
from wagtail.log_actions import log

from portal.members.models import User
from portal.states import lock


@transaction.atomic
def note_export(*, person: User) -> None:
    """Note that ``person`` was given the file of what the site holds on them."""
    log(lock(person), "personal_data.user.exported", user=person)
