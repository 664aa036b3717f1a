"""What a unit's contact hands in, maps, confirms and types."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.members.models import RosterEntry
from portal.rosters.cells import CellError, name_in, phone_in, text_in
from portal.rosters.checking import LONGEST
from portal.rosters.enums import OPTIONAL, Field, Listing
from portal.rosters.headings import SEARCHED_ROWS
from portal.rosters.models import RosterImport
from webui.forms import NoIdentityNumbersMixin

ABSENT = ""


class RosterSearchForm(NoIdentityNumbersMixin, forms.Form):
    """Which part of the roster to list."""

    q = forms.CharField(label=_("姓名"), max_length=40, required=False)
    listing = forms.ChoiceField(choices=Listing.choices, required=False)

    def clean_listing(self) -> Listing:
        return Listing(self.cleaned_data["listing"] or Listing.ALL)


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("名册文件"),
        help_text=_("Excel（.xlsx）或 CSV。至少要有姓名和手机号两列，列名和顺序不限。不需要身份证号，请不要放进来。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"required": _("请先选一个文件。"), "empty": _("文件是空的。")},
    )


class ColumnsForm(forms.Form):
    """Which column says what, where the guess was wrong."""

    def __init__(self, *args: Any, run: RosterImport, has_branches: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [(str(place), _label(place, heading)) for place, heading in enumerate(run.headings)]
        for field in Field:
            if field == Field.UNIT and not has_branches:
                continue
            is_required = field in {Field.NAME, Field.PHONE}
            self.fields[field.value] = forms.ChoiceField(
                label=field.label,
                choices=[(ABSENT, _("没有这一列")), *columns],
                required=is_required,
                initial=str(run.columns.get(field.value, ABSENT)),
                error_messages={"required": _("请选出这一列。")},
            )
        self.fields["heading_row"] = forms.IntegerField(
            label=_("表头在第几行"),
            help_text=_("没有表头就填 0。"),
            min_value=0,
            max_value=SEARCHED_ROWS,
            initial=run.heading_row,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        places = [place for field in Field if (place := cleaned.get(field.value))]
        if len(places) != len(set(places)):
            raise ValidationError(_("同一列不能用两次。"), code="twice")
        return cleaned

    @property
    def columns(self) -> dict[str, int]:
        return {field.value: int(place) for field in Field if (place := self.cleaned_data.get(field.value))}


class ConfirmForm(forms.Form):
    """What goes with the import. ``shown`` are the numbers one looked at."""

    is_complete = forms.BooleanField(
        label=_("文件是完整名册"),
        help_text=_("选了以后，名册上有、文件里没有的人会移出名册，本人会收到通知。"),
        required=False,
    )
    skips_errors = forms.BooleanField(
        label=_("导入没有错误的行"), help_text=_("有错误的行先不导入，以后改好再上传。"), required=False
    )
    shown = forms.RegexField(r"\A\d+(?:-\d+){3}\Z", widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_errors: bool, has_leavers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_errors:
            del self.fields["skips_errors"]
        if not has_leavers or has_errors:
            del self.fields["is_complete"]

    def clean_shown(self) -> dict[str, int]:
        names = ("new", "changed", "unchanged", "leavers")
        return dict(zip(names, map(int, self.cleaned_data["shown"].split("-")), strict=True))


class EntryForm(NoIdentityNumbersMixin, forms.Form):
    """One person as the unit writes them."""

    name = forms.CharField(label=Field.NAME.label, max_length=80, error_messages={"required": _("请填写姓名。")})
    phone = forms.CharField(
        label=Field.PHONE.label,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
        error_messages={"required": _("请填写手机号。")},
    )
    employee_number = forms.CharField(label=_("工号（可以不填）"), required=False)
    branch = forms.CharField(label=_("党支部（可以不填）"), required=False)
    note = forms.CharField(label=_("备注（可以不填）"), help_text=_("不要写身份证号。"), required=False)

    def clean_name(self) -> str:
        return _cleaned(name_in, self.cleaned_data["name"])

    def clean_phone(self) -> str:
        return _cleaned(phone_in, self.cleaned_data["phone"])

    def clean_employee_number(self) -> str:
        return self._text(Field.EMPLOYEE_NUMBER)

    def clean_branch(self) -> str:
        return self._text(Field.BRANCH)

    def clean_note(self) -> str:
        return self._text(Field.NOTE)

    @property
    def details(self) -> dict[str, str]:
        return {field.value: self.cleaned_data[field.value] for field in OPTIONAL}

    def _text(self, field: Field) -> str:
        return _cleaned(text_in, self.cleaned_data[field.value], field, LONGEST[field])


class CorrectForm(EntryForm):
    """A correction. The phone is never shown whole: left empty, it stays as it is."""

    def __init__(self, *args: Any, entry: RosterEntry, **kwargs: Any) -> None:
        names = ("name", *(field.value for field in OPTIONAL))
        kwargs["initial"] = {name: getattr(entry, name) for name in names}
        super().__init__(*args, **kwargs)
        self.entry = entry
        if entry.person_id:
            del self.fields["phone"]
        else:
            self.fields["phone"].label = _now("新的手机号")
            self.fields["phone"].help_text = _now("不改就留空。")
            self.fields["phone"].required = False

    def clean_phone(self) -> str:
        return super().clean_phone() if self.cleaned_data["phone"].strip() else str(self.entry.phone)


class ExemptForm(forms.Form):
    """Until when no report-in is expected of somebody without an account."""

    until = forms.DateField(
        label=_("免予报到到哪天（含当天）"),
        help_text=_("最长一年。不用写原因。留空就是重新列入。"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("日期请写成 2026-03-01 这样。")},
    )


def _cleaned(read: Any, *arguments: Any) -> str:
    try:
        return str(read(*arguments))
    except CellError as error:
        raise ValidationError(error.message, code="invalid") from error


def _label(place: int, heading: str) -> str:
    return heading or _now("第 %(number)d 列") % {"number": place + 1}
