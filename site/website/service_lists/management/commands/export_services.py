"""Write the service list to a spreadsheet that ``import_services`` reads back without a difference."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from website.service_lists import queries
from website.service_lists.writing import as_csv, as_workbook
from webui.sheets.errors import SheetRefusedError

_WRITERS = {".xlsx": as_workbook, ".csv": as_csv}


class Command(BaseCommand):
    help = _("导出便民服务清单（.xlsx 连同办理点；.csv 只有服务事项）。改好后用 import_services 导回来。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help=_("写到哪个文件（.xlsx 或 .csv）"))

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        path = Path(file)
        write = _WRITERS.get(path.suffix.lower())
        if write is None:
            raise CommandError(_("文件名要以 .xlsx 或 .csv 结尾。"))
        index = queries.index_page()
        listed = list(queries.published(queries.site_list(index=index)).values()) if index else []
        try:
            path.write_bytes(write(listed))
        except SheetRefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(_("写不了这个文件：%(reason)s") % {"reason": error.strerror}) from error
        places = sum(len(service.places) for service in listed)
        self.stdout.write(
            _("已导出 %(n)d 项服务、%(places)d 个办理点：%(path)s") % {"n": len(listed), "places": places, "path": path}
            if path.suffix.lower() == ".xlsx"
            else _("已导出 %(n)d 项服务（办理点只在 .xlsx 里）：%(path)s") % {"n": len(listed), "path": path}
        )
