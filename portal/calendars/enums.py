from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class DayState(TextChoices):
    CALLED = "called", _("已发起")
    CALLED_OFF = "called_off", _("已取消")


DAY_TRANSITIONS: Transitions = {
    "": frozenset({DayState.CALLED}),
    DayState.CALLED: frozenset({DayState.CALLED_OFF}),
}
