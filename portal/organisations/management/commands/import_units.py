from typing import ClassVar

from django.utils.translation import gettext as _

from portal.organisations.enums import PlaceKind
from portal.organisations.management.importing import ImportCommand


class Command(ImportCommand):
    """Reads a table of units."""

    help = _("从表格（.xlsx 或 .csv）导入单位：先比较差异，有一处错误就一行也不写入。")
    kind: ClassVar[PlaceKind] = PlaceKind.UNITS
