"""Print the table of rights as ``docs/permissions.md`` holds it, or write it there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import override

from portal.organisations.enums import Action, Role
from portal.organisations.permissions import GRANTS, THROUGH_THE_AREA

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "permissions.md"
BEGIN, END = "<!-- written by manage.py permissions_table -->\n", "<!-- end of what is written -->"
ENGLISH = {role: role.value.replace("_", " ").capitalize() for role in Role}


class Command(BaseCommand):
    help = "Print the table of rights (role × action × scope); --write puts it into docs/permissions.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="write the table into docs/permissions.md")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"]:
            DOCUMENT.write_text(with_table(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
        else:
            self.stdout.write(table())


def table() -> str:
    """Return the table in Markdown: one line an action, one column a role."""
    with override(settings.LANGUAGE_CODE):
        head = ["Action", *(f"{ENGLISH[role]} {role.label}" for role in Role), "Also reaches"]
        lines = [head, ["---"] * len(head), *_rows()]
        return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def with_table(document: str) -> str:
    """Return ``document`` with the table of now in its place."""
    before, _begin, rest = document.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


def _rows() -> Iterator[list[str]]:
    for action in Action:
        held = ["●" if role in GRANTS[action] else "" for role in Role]
        through = "units in the area" if action in THROUGH_THE_AREA else ""
        yield [f"`{action.value}` {action.label}", *held, through]
