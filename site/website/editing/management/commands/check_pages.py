from typing import Any

from django.core.management.base import BaseCommand

from website.editing.actions import note_all_remarks


class Command(BaseCommand):
    """Looks at what is already published, as after an upgrade that brought new checks."""

    help = "Check every published page and count the remarks for the editors' start page."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{note_all_remarks()} page(s) with remarks")
