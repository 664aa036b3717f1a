"""What the editors' desk changes about people beyond the fields of a form."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log


@transaction.atomic
def forget_proof_of_phone(*, user: Any, ends_sessions: bool) -> None:
    """Note that nobody has proved to hold the new phone of ``user`` yet, and log out whoever came in by the old one."""
    user.phone_verified_at = None
    user.save(update_fields=["phone_verified_at"])
    if ends_sessions:
        _end_sessions(user)
    log(user, "base.user.phone_changed")  # the actor is whoever is at the desk


def _end_sessions(user: Any) -> None:
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
