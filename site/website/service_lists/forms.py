"""What an editor hands in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from webui.sheets.errors import FileTooLargeError, SheetRefusedError
from webui.sheets.limits import MAX_BYTES
from webui.sheets.reading import Sheet, read_bytes

# A cell with a text looks the same whatever its box; Wagtail's own switch widgets need a script.
_CATEGORIES_HELP = _("表里写了网站上没有的类别时用。不选，就会当作错误指出来。")
_GONE_HELP = _("不选，表里没有的服务原样留着。服务从不会因为导入被删除。")


class WishesForm(forms.Form):
    """How far an import may go."""

    creates_categories = forms.BooleanField(label=_("没有的类别自动新建"), help_text=_CATEGORIES_HELP, required=False)
    closes_gone = forms.BooleanField(label=_("表里没有的服务改为“停办”"), help_text=_GONE_HELP, required=False)


class UploadForm(WishesForm):
    """A spreadsheet. It is read here and not kept; ``sheets`` holds what it says."""

    file = forms.FileField(
        label=_("服务清单（.xlsx 或 .csv）"),
        help_text=_("先列出和网站现有清单的差异，确认以后才会改动网站。"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("请选择一个表格文件。")},
    )

    field_order = ("file", "creates_categories", "closes_gone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets: list[Sheet] = []

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            if (file.size or 0) > MAX_BYTES:
                raise FileTooLargeError
            self.sheets = read_bytes(file.read())
        except SheetRefusedError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file
