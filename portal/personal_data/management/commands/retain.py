"""``manage.py retain [--dry-run] [--json]``: let go of what is past its time, or list what would go."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.personal_data.actions import retain


class Command(BaseCommand):
    help = "Delete what is past its time, kind by kind; what the law keeps stays. --dry-run only counts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="delete nothing, list what would go")
        parser.add_argument("--json", action="store_true", help="print a list of objects and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes = retain(now=timezone.now(), dry_run=options["dry_run"])
        if options["json"]:
            self.stdout.write(_as_json(outcomes))
            return
        for outcome in outcomes:
            kept = f"{outcome.setting}={outcome.days}, at least {outcome.floor}"
            self.stdout.write(f"{outcome.key}: {outcome.due} due, {outcome.gone} gone ({kept}; {outcome.source})")


def _as_json(outcomes: list[Any]) -> str:
    return json.dumps([asdict(outcome) for outcome in outcomes], ensure_ascii=False, indent=2)
