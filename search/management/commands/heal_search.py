"""Give an engine outside the database what it missed while it was away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import actions
from search.errors import EngineAwayError


class Command(BaseCommand):
    help = "Bring the search engine outside the database up to date. Does nothing where there is none."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            is_whole = actions.heal()
        except EngineAwayError as error:
            raise CommandError(f"The search engine does not answer: {error}") from error
        self.stdout.write("The search index is complete." if is_whole else "Some entries were not taken in; try again.")
