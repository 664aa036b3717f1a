"""What is left of ways in that nobody uses: accounts that were never opened, devices whose log-in is over."""

from datetime import datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q

from portal.personal_data.registry import HOLDINGS
from portal.personal_data.subjects import AUDIT

HOLDS_FAST = "personal_data.LegalHold"


def never_opened_since(moment: datetime) -> Q:
    """Return the condition that an account was asked for before ``moment``, never opened, and no row points to it.

    Whoever types a number asks for an account. The log's lines that say so stay: they keep its own number and no phone.
    """
    never = Q(phone__isnull=False, phone_verified_at__isnull=True, last_login__isnull=True, joined_at__lt=moment)
    has_no_password = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    pointing = (
        Exists(holding.model_class._base_manager.filter(**{holding.lookup: OuterRef("pk")}))
        for holding in HOLDINGS
        if holding.is_direct and (holding.subject != AUDIT or holding.model == HOLDS_FAST)
    )
    return Q(never, has_no_password, *(~found for found in pointing), is_superuser=False)


def logged_out_since(moment: datetime) -> Q:
    """Return the condition that the log-in of a device ended before ``moment``.

    A device names its session by the key alone, so that nothing takes it along.
    """
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gte=moment)
    return Q(~Exists(alive), created_at__lt=moment)
