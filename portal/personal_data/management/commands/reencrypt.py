"""``manage.py reencrypt [--dry-run] [--batch N]``: rewrite what rests encrypted with the newest key.

Exit status: 0 when every value is (or could be) written with the newest key, 1 when some no known key can read.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.personal_data.actions.reencrypting import BATCH, reencrypt


class Command(BaseCommand):
    help = "Rewrite every encrypted value with the newest key, so that older ones can be taken out of the settings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="write nothing, only count")
        parser.add_argument("--batch", type=int, default=BATCH, help="rows to a transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes = reencrypt(dry_run=options["dry_run"], batch=max(options["batch"], 1))
        done = "to rewrite" if options["dry_run"] else "rewritten"
        for one in outcomes:
            self.stdout.write(
                f"{one.key}: {one.current} current, {one.rewritten} {done}, {len(one.unreadable)} unreadable"
            )
        if lost := [f"{one.key} {one.unreadable[:20]}" for one in outcomes if one.unreadable]:
            raise CommandError("No known key reads: " + "; ".join(lost))
