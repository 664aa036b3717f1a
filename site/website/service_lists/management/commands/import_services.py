"""Bring the service list to what a spreadsheet says, after showing the differences.

Exit status: 0 when the list was imported, or (``--dry-run``) could be; 1 when the file was refused or has errors, and
nothing was written; 2 when the command was called wrongly.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from website.service_lists import actions, queries
from website.service_lists.differences import Differences
from website.service_lists.wording import in_words
from webui.sheets.errors import SheetRefusedError
from webui.sheets.reading import read_path


class Command(BaseCommand):
    help = _("从表格（.xlsx 或 .csv）导入便民服务清单：先列出差异，再全部导入；有一处错误就一行也不导入。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help=_("要导入的表格（.xlsx 或 .csv）"))
        parser.add_argument("--dry-run", action="store_true", help=_("只看差异，什么也不改"))
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出差异"))
        parser.add_argument("--create-categories", action="store_true", help=_("没有的类别自动新建"))
        parser.add_argument("--close-gone", action="store_true", help=_("网站上有、表里没有的服务改为“停办”"))
        parser.add_argument("--user", metavar="PHONE", help=_("记在谁名下（手机号）"))

    def handle(self, *args: Any, **options: Any) -> None:
        by = _user(options["user"])
        try:
            differences, done = _imported(options, by=by)
        except SheetRefusedError as refusal:
            if options["json"]:
                self._print_json(Differences().as_json() | {"errors": [_refusal(refusal)]})
            else:
                self.stderr.write(str(refusal))
            raise SystemExit(1) from refusal
        if options["json"]:
            self._print_json(differences.as_json())
        else:
            self.stdout.write(in_words(differences, done=done, closes_gone=options["close_gone"]))
        if differences.problems:
            raise SystemExit(1)

    def _print_json(self, content: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(content, ensure_ascii=False, indent=2))


@transaction.atomic
def _imported(options: dict[str, Any], *, by: Any) -> tuple[Differences, bool]:
    """Return the differences, and whether they are done; what is not done leaves no trace."""
    path = Path(options["file"])
    run, differences = actions.begin(
        read_path(path),
        file_name=path.name,
        by=by,
        creates_categories=options["create_categories"],
        closes_gone=options["close_gone"],
    )
    if options["dry_run"] or differences.problems or not differences.does_something(options["close_gone"]):
        actions.discard(run)
        return differences, False
    return actions.import_at_once(run, by=by), True


def _user(phone: str | None) -> Any:
    if not phone:
        return None
    users = get_user_model()._default_manager
    found = users.filter(phone__in={phone, f"+86{phone}"}, is_active=True).first()
    if found is None:
        raise CommandError(_("没有用这个手机号登录的人。"), returncode=2)
    if not queries.may_import(found):
        raise CommandError(_("这个人没有编辑和发布便民服务的权限。"), returncode=2)
    return found


def _refusal(refusal: SheetRefusedError) -> dict[str, Any]:
    return {"row": 0, "column": "", "message": str(refusal)}
