"""Search as the site does: ``manage.py search "助餐"``."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.errors import EngineAwayError, WrongEngineError
from search.queries import Answer, Result, search


class Command(BaseCommand):
    help = "Find published pages and activities, as the site's own search does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text", help="what to look for")
        parser.add_argument("--locale", default="", choices=["", *dict(settings.LANGUAGES)], help="one language only")
        parser.add_argument("--engine", default="", help="database, sqlite, postgresql or elasticsearch")
        parser.add_argument("--limit", type=int, default=20, help="how many results to show (20)")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["limit"] < 0:
            raise CommandError("--limit must not be negative.")
        try:
            answer = search(options["text"], locale=options["locale"], engine=options["engine"], size=options["limit"])
        except WrongEngineError as error:
            raise CommandError(str(error)) from error
        except EngineAwayError as error:
            raise CommandError(f"{options['engine']} does not answer: {error}") from error
        if answer.is_stand_in:
            self.stderr.write(self.style.WARNING(f"The engine in use does not answer; {answer.engine} stands in."))
        self.stdout.write(_as_json(answer) if options["json"] else _as_text(answer))


def _as_json(answer: Answer) -> str:
    found = {"engine": answer.engine, "total": answer.total, "results": [_fields(one) for one in answer.results]}
    return json.dumps(found, ensure_ascii=False, indent=2)


def _as_text(answer: Answer) -> str:
    lines = [f"{answer.total} ({answer.engine})"]
    for one in map(_fields, answer.results):
        lines += ["", f"{one['title']} [{one['kind']}, {one['locale']}]", f"  {one['url']}", f"  {one['excerpt']}"]
    return "\n".join(lines)


def _fields(result: Result) -> dict[str, str]:
    return {
        "title": "".join(map(str, result.title)),
        "url": result.url,
        "kind": result.kind.value,
        "locale": result.locale,
        "excerpt": "".join(map(str, result.excerpt)),
    }
