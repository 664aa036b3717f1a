"""Bring a unit's roster to what a spreadsheet says.

Exit status: 0 when the roster was imported, or (``--dry-run``) could be; 1 when the file was refused or has errors, and
nothing was written (with ``--skip-errors`` the rows without errors were); 2 when the command was called wrongly.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.organisations.models import Unit
from portal.rosters.actions import import_file
from portal.rosters.actions.files import Outcome
from portal.rosters.errors import RosterError

_ERRORS_SHOWN = 50


class Command(BaseCommand):
    help = _("从表格（.xlsx 或 .csv）导入单位名册：有一处错误就一行也不导入，除非说明跳过有错误的行。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help=_("要导入的表格（.xlsx 或 .csv）"))
        parser.add_argument(
            "--unit", metavar="CODE", required=True, help=_("单位编码；表里有单位编码一列时，可以是上级单位")
        )
        parser.add_argument("--complete", action="store_true", help=_("文件是完整名册：文件里没有的人移出名册"))
        parser.add_argument("--skip-errors", action="store_true", help=_("导入没有错误的行"))
        parser.add_argument("--dry-run", action="store_true", help=_("只看数目，什么也不改"))
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出结果"))

    def handle(self, *args: Any, **options: Any) -> None:
        unit = Unit.objects.filter(code=options["unit"]).first()
        if unit is None:
            raise CommandError(_("没有编码为 %(code)s 的单位。") % {"code": options["unit"]}, returncode=2)
        try:
            outcome = import_file(
                path=Path(options["file"]),
                unit=unit,
                is_complete=options["complete"],
                skips_errors=options["skip_errors"],
                dry_run=options["dry_run"],
            )
        except RosterError as refusal:
            self._refuse(refusal, as_json=options["json"])
            raise SystemExit(1) from refusal
        self._print(outcome.as_json() if options["json"] else _in_words(outcome))
        if outcome.checker.problems:
            raise SystemExit(1)

    def _refuse(self, refusal: RosterError, *, as_json: bool) -> None:
        if not as_json:
            self.stderr.write(str(refusal))
            return
        counts = dict.fromkeys(("rows", "new", "changed", "unchanged", "leavers"), 0)
        error = {"row": 0, "column": "", "message": str(refusal)}
        self._print({"encoding": "", "columns": {}, **counts, "errors": [error]})

    def _print(self, said: dict[str, Any] | str) -> None:
        self.stdout.write(said if isinstance(said, str) else json.dumps(said, ensure_ascii=False, indent=2))


def _in_words(outcome: Outcome) -> str:
    found = outcome.as_json()
    lines = [
        _("共 %(rows)s 行：新增 %(new)s，改动 %(changed)s，不变 %(unchanged)s；名册上有、文件里没有的 %(leavers)s。")
        % found,
        *(_("第 %(row)s 行，%(column)s：%(message)s") % error for error in found["errors"][:_ERRORS_SHOWN]),
    ]
    if len(found["errors"]) > _ERRORS_SHOWN:
        lines.append(
            _("还有 %(more)d 处错误，用 --json 可以看到全部。") % {"more": len(found["errors"]) - _ERRORS_SHOWN}
        )
    lines.append(_("已经写入名册。") if outcome.is_written else _("什么也没有改。"))
    return "\n".join(lines)
