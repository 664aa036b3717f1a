"""What both commands that read a table of places do."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from portal.organisations.actions.imports import compare, write
from portal.organisations.enums import PlaceKind
from portal.organisations.errors import OrganisationError
from portal.organisations.queries.differences import Differences
from webui.sheets import CITY, SheetRefusedError, open_rows

SHOWN = 20


class ImportCommand(BaseCommand):
    """Shows the differences, then writes them all; with one problem nothing is written and the exit code is 1."""

    kind: ClassVar[PlaceKind]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help=_("要导入的表格（.xlsx 或 .csv）"))
        parser.add_argument("--dry-run", action="store_true", help=_("只看差异，什么也不改"))
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出差异"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            differences = compare(list(open_rows(Path(options["file"]), limits=CITY)), kind=self.kind, by=None)
            is_written = not options["dry_run"] and not differences.problems
            if is_written:
                write(differences, by=None)
        except (SheetRefusedError, OrganisationError) as refusal:
            self._refuse(str(refusal), as_json=options["json"])
        if options["json"]:
            self.stdout.write(json.dumps(differences.as_json() | {"written": is_written}, ensure_ascii=False, indent=2))
        else:
            self._say(differences, is_written=is_written)
        if differences.problems:
            raise SystemExit(1)

    def _refuse(self, text: str, *, as_json: bool) -> None:
        if as_json:
            problem = {"row": 0, "column": "", "message": text}
            self.stdout.write(json.dumps({"errors": [problem], "written": False}, ensure_ascii=False, indent=2))
        else:
            self.stderr.write(text)
        raise SystemExit(1)

    def _say(self, found: Differences, *, is_written: bool) -> None:
        for problem in found.problems[:SHOWN]:
            details = {"row": problem.row, "column": problem.column, "text": problem.text}
            self.stdout.write(_("第 %(row)s 行“%(column)s”：%(text)s") % details)
        counts = {
            "new": len(found.new),
            "changed": len(found.changed),
            "same": found.unchanged,
            "wrong": len(found.problems),
        }
        self.stdout.write(_("新增 %(new)d，修改 %(changed)d，不变 %(same)d，错误 %(wrong)d。") % counts)
        if is_written:
            self.stdout.write(_("已写入。") if found.does_something else _("没有要改的。"))
        else:
            self.stdout.write(_("什么也没有写入。"))
