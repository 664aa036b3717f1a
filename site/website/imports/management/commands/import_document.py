"""Turn text documents into draft case studies, and report on each."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from website.imports import queries
from website.imports.actions import import_document
from website.imports.report import ImportReport, Status
from website.imports.wording import in_words


class Command(BaseCommand):
    help = _("把文本文档变成案例草稿：修复乱码，去掉注音，找出标题和数字，并指出与已有案例的重复。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help=_("要导入的文件（.txt、.html 或 .docx）"))
        parser.add_argument("--dry-run", action="store_true", help=_("只看结果，什么也不保存"))
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出报告"))

    def handle(self, *args: Any, files: list[str], dry_run: bool, **options: Any) -> None:
        library = queries.library()
        reports: list[ImportReport] = []
        for name in files:
            report = import_document(Path(name), library=library, dry_run=dry_run)
            reports.append(report)
            if not options["json"]:
                self.stdout.write(in_words(report))
        if options["json"]:
            self.stdout.write(json.dumps([report.as_json() for report in reports], ensure_ascii=False, indent=2))
        if any(report.status == Status.REFUSED for report in reports):
            raise SystemExit(1)
