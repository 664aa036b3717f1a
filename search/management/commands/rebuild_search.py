"""Read everything published anew into the search index."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import actions, engines
from search.engines.elasticsearch import ElasticsearchEngine
from search.errors import EngineAwayError, WrongEngineError


class Command(BaseCommand):
    help = "Rebuild the search index from what is published. The site can be searched meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--engine", default="", help="database (or its name), or elasticsearch; otherwise all that are in use"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            engine = engines.named(options["engine"]) if options["engine"] else engines.in_use()
        except WrongEngineError as error:
            raise CommandError(str(error)) from error
        if not (options["engine"] and isinstance(engine, ElasticsearchEngine)):
            total = actions.rebuild(on_progress=self._tell)
            self._done(engines.database().name, total)
        if isinstance(engine, ElasticsearchEngine):
            try:
                total = actions.rebuild_outside(engine, on_progress=self._tell)
            except EngineAwayError as error:
                raise CommandError(f"{engine.name} does not answer: {error}") from error
            self._done(engine.name, total)

    def _tell(self, done: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} …", ending="")
            self.stdout.flush()

    def _done(self, name: str, total: int) -> None:
        self.stdout.write(("\r" if self.stdout.isatty() else "") + f"{name}: {total} entries")
