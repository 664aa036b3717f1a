"""Printed forms, each with a code of its own."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.activities.models import Shift
from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.models import Area
from portal.organisations.permissions import may
from portal.proxies import codes
from portal.proxies.enums import ABOUT_A_SHIFT, FormKind
from portal.proxies.errors import NotOursError, ShiftNotOursError
from portal.proxies.models import PaperForm
from portal.states import save


@transaction.atomic
def issue_forms(
    *, kind: FormKind, area: Area, by: User, shift: Shift | None = None, copies: int = 1
) -> list[PaperForm]:
    """Make ``copies`` forms to print, all of one moment, each with its own code.

    Raises:
        NotOursError: the community is not one of ``by``.
        ShiftNotOursError: the form needs a shift to come of that community.
    """
    if not may(by, Action.ENTER_FOR_PERSON, area):
        raise NotOursError
    now = timezone.now()
    expires_at = now + timedelta(days=settings.PAPER_FORM_DAYS)
    if kind in ABOUT_A_SHIFT:
        expires_at = _start_of(shift, area=area, now=now)
    forms = [
        PaperForm(
            code=codes.new_code(),
            kind=kind,
            area=area,
            shift=shift if kind in ABOUT_A_SHIFT else None,
            issued_by=by,
            issued_at=now,
            expires_at=expires_at,
        )
        for _ in range(copies)
    ]
    for form in forms:
        save(form, action="issued", by=by)
    return forms


def _start_of(shift: Shift | None, *, area: Area, now: datetime) -> datetime:
    is_ours = shift is not None and (shift.activity.area_id == area.pk or shift.activity.area.is_descendant_of(area))
    if shift is None or not is_ours or shift.starts_at <= now:
        raise ShiftNotOursError
    return shift.starts_at
