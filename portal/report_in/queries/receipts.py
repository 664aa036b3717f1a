"""What a receipt proves to whoever holds it: number and code belong together, and the little that may be said.

A room with receipts of its own tells how to find them: ``register_receipts("DW", find)``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from portal.report_in.enums import ReportInState
from portal.report_in.models import MemberReportIn
from webui.templatetags.webui import masked_name

SALT = "portal.report_in.receipt"
CODE_LENGTH = 12  # of hexadecimal digits: 48 bits, and few tries
PREFIX = "BD"


@dataclass(frozen=True)
class PublicReceipt:
    """What anybody with number and code may know. ``state`` is valid, coming (not yet begun), moved or ended."""

    number: str
    state: str
    name: str
    kind: str
    place: str
    since: date | None
    until: date | None
    starts: date | None = None


FindReceipt = Callable[[str], PublicReceipt | None]
_finders: dict[str, FindReceipt] = {}


def register_receipts(prefix: str, find: FindReceipt) -> None:
    """Let ``find`` answer for the numbers that begin with ``prefix`` and a dash."""
    _finders[prefix] = find


def receipt_code(number: str, *, key: str | bytes | None = None) -> str:
    """Return the code printed beside ``number``; only this house can make it."""
    return salted_hmac(SALT, number, secret=key, algorithm="sha256").hexdigest()[:CODE_LENGTH]


def verified_receipt(number: str, code: str) -> PublicReceipt | None:
    """Return what may be said of the receipt ``number``, if ``code`` is its own."""
    number, code = number.strip().upper(), "".join(code.split()).lower()
    keys = (None, *settings.SECRET_KEY_FALLBACKS)
    if not any(constant_time_compare(receipt_code(number, key=key), code) for key in keys):
        return None
    find = _finders.get(number.partition("-")[0])
    return find(number) if find else None


def _of_member(number: str) -> PublicReceipt | None:
    found = MemberReportIn.objects.select_related("person", "area").filter(number=number).first()
    if found is None:
        return None
    return PublicReceipt(
        number=number,
        state=_state(found, timezone.localdate()),
        name=masked_name(found.person.name),
        kind=found.get_kind_display(),
        place=found.area.name,
        since=timezone.localdate(found.decided_at) if found.decided_at else None,
        until=found.ended_on or found.expires_on,
        starts=found.starts_on,
    )


def _state(report_in: MemberReportIn, today: date) -> str:
    """Return whether it stands on the day itself: the clock that ends what is over may not have run yet."""
    if report_in.state == ReportInState.MOVED:
        return "moved"
    if report_in.state != ReportInState.ACCEPTED or (report_in.expires_on and report_in.expires_on < today):
        return "ended"
    return "coming" if report_in.starts_on and report_in.starts_on > today else "valid"


register_receipts(PREFIX, _of_member)
