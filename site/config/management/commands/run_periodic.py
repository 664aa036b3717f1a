"""What the clock does. Run it every minute; it is safe at any time and any number of times."""

from collections.abc import Callable
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.jobs import put_back_lost
from portal.activities.actions import (
    draw_due,
    fill_after_newcomers,
    free_silent,
    lapse_groups,
    lapse_offers,
    publish_due_activities,
    remind_of_shifts,
)
from portal.members.actions import meet_newly_named, settle_moves
from portal.notices.actions import hand_out_due
from portal.personal_data.actions import close_due, retain_daily
from portal.records.actions import find_hints_daily, post_records, remind_confirmers_daily
from portal.report_in.actions import (
    end_expired,
    end_leaves_over,
    escalate_silent,
    forget_reminders,
    hand_out_lost,
    remind_of_end,
)
from portal.rosters.actions import forget_old as forget_rosters
from search.actions import heal, refresh_past_activities
from website.base.actions import expire_due, publish_due
from website.base.private_pictures import mark_private
from website.feedback.actions import forget_old
from website.imports.desk import erase_expired
from website.notices.actions import forget_closed
from website.people.actions import heal_withdrawn
from website.service_lists.actions import forget_unconfirmed
from website.services.actions import end_alerts, remind_keepers

logger = structlog.get_logger(__name__)

# One duty that fails does not keep the others from being done.
DUTIES: dict[str, Callable[[], object]] = {
    "lost jobs put back": lambda: put_back_lost(now=timezone.now()),
    "offers lapsed": lambda: lapse_offers(now=timezone.now()),
    "people reminded of shifts": lambda: remind_of_shifts(now=timezone.now()),
    "messages handed out": lambda: hand_out_due(now=timezone.now()),
    "activities published": lambda: publish_due_activities(now=timezone.now()),
    "silent places freed": lambda: free_silent(now=timezone.now()),
    "unnamed places released": lambda: lapse_groups(now=timezone.now()),
    "lots drawn": lambda: draw_due(now=timezone.now()),
    "places left by newcomers offered": lambda: fill_after_newcomers(now=timezone.now()),
    "records posted": lambda: post_records(today=timezone.localdate()),
    "odd patterns looked for": lambda: find_hints_daily(now=timezone.now()),
    "confirmers reminded": lambda: remind_confirmers_daily(now=timezone.now()),
    "temporary report-ins ended": lambda: end_expired(today=timezone.localdate()),
    "silent report-ins passed up": lambda: escalate_silent(now=timezone.now()),
    "temporary report-ins reminded": lambda: remind_of_end(today=timezone.localdate()),
    "people met by rosters": lambda: meet_newly_named(now=timezone.now()),
    "moves settled": lambda: settle_moves(now=timezone.now()),
    "accounts closed": lambda: close_due(today=timezone.localdate()),
    "past its time deleted": lambda: retain_daily(now=timezone.now()),
    "roster files erased": lambda: forget_rosters(now=timezone.now()),
    "report-ins accepted on": lambda: hand_out_lost(now=timezone.now()),
    "leaves ended": lambda: end_leaves_over(today=timezone.localdate()),
    "reminders forgotten": lambda: forget_reminders(now=timezone.now()),
    "pages published": publish_due,
    "pages expired": expire_due,
    "service alerts over": lambda: end_alerts(today=timezone.localdate()),
    "keepers reminded": lambda: remind_keepers(today=timezone.localdate()),
    "people taken down": heal_withdrawn,
    "objections erased": lambda: forget_closed(now=timezone.now()),
    "unfinished imports erased": lambda: erase_expired(now=timezone.now()),
    "unconfirmed lists erased": lambda: forget_unconfirmed(now=timezone.now()),
    "past activities out of search": refresh_past_activities,
    "search healed": heal,
    "private pictures marked": mark_private,
    "feedback forgotten": lambda: forget_old(now=timezone.now()),
}


class Command(BaseCommand):
    help = "Pass on places nobody took in time, post records, publish what is scheduled, heal the search index."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = [name for name, duty in DUTIES.items() if not self._do(name, duty)]
        if failed:
            raise CommandError(f"failed: {', '.join(failed)}")

    def _do(self, name: str, duty: Callable[[], object]) -> bool:
        try:
            outcome = duty()
        except Exception:  # logged, and named in the end
            logger.exception("periodic.failed", duty=name)
            return False
        self.stdout.write(f"{name}: {'done' if outcome is None else outcome}")
        return True
