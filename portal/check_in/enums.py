from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class EventState(TextChoices):
    """What became of a tap on a device."""

    APPLIED = "applied", _("已生效")
    AGREED = "agreed", _("已经是这样")
    SUPERSEDED = "superseded", _("已被后一次登记代替")
    REFUSED = "refused", _("不能登记")
    CONFLICT = "conflict", _("两处登记不一致")
    KEPT = "kept", _("保留了原来的登记")
    TAKEN = "taken", _("改用了这一次登记")


# What somebody still says; the others have been answered or taken back.
STANDING = (EventState.APPLIED, EventState.AGREED, EventState.CONFLICT, EventState.TAKEN)

EVENT_TRANSITIONS: Transitions = {
    EventState.CONFLICT: frozenset(
        {
            EventState.APPLIED,
            EventState.AGREED,
            EventState.SUPERSEDED,
            EventState.REFUSED,
            EventState.KEPT,
            EventState.TAKEN,
        }
    ),
}
