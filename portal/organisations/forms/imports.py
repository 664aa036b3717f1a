"""The table an administrator hands in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from portal.organisations.enums import PlaceKind
from webui.sheets import CITY, SheetRefusedError, open_rows


class ImportForm(forms.Form):
    """A table of areas or units. It is read here and not kept; ``rows`` holds what it says."""

    kind = forms.ChoiceField(label=_("表里是什么"), choices=PlaceKind.choices, widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("表格（.xlsx 或 .csv）"),
        help_text=_("先列出和网站现有组织的差异，确认以后才会写入。"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("请选择一个表格文件。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = PlaceKind.AREAS
        self.rows: list[list[str]] = []

    def clean_kind(self) -> PlaceKind:
        return PlaceKind(self.cleaned_data["kind"])

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            self.rows = list(open_rows(file, limits=CITY))
        except SheetRefusedError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file
