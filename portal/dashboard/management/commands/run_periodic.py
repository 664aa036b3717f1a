"""What the clock does in the portal. Run it every few minutes; it is safe at any time and any number of times."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.activities.actions import lapse_offers
from portal.records.actions import post_records


class Command(BaseCommand):
    help = "Pass on places nobody took in time, and post records whose time for objections is over."

    def handle(self, *args: Any, **options: Any) -> None:
        lapsed = lapse_offers(now=timezone.now())
        posted = post_records(today=timezone.localdate())
        self.stdout.write(f"offers lapsed: {lapsed}\nrecords posted: {posted}")
