"""Tables people hand in (.xlsx, or .csv in UTF-8 or GBK), read within limits, so that no file can end the process.

try:
    for number, cells in enumerate(open_rows(upload, limits=CITY), start=1): ...
except SheetRefusedError as refusal: ...  # str(refusal) is fit to show
"""

from webui.sheets.errors import SheetRefusedError
from webui.sheets.limits import CITY, LIST, Limits
from webui.sheets.reading import Sheet, open_rows, read_bytes, read_path

__all__ = ["CITY", "LIST", "Limits", "Sheet", "SheetRefusedError", "open_rows", "read_bytes", "read_path"]
