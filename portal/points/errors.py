"""Why an award was refused."""

from datetime import date

from django.utils.translation import gettext as _


class NoRuleSetError(Exception):
    """No rule set was in force on that day."""

    def __init__(self, day: date) -> None:
        super().__init__(_("%(day)s 还没有生效的积分规则。") % {"day": day.isoformat()})
        self.day = day
