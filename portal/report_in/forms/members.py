"""What is typed when reporting in: as little as possible."""

import unicodedata
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import Area
from portal.report_in.enums import TemporaryReason
from portal.report_in.models import MemberReportIn, Station
from portal.report_in.queries import grids_of
from portal.report_in.queries.addresses import LONGEST_ADDRESS
from webui.forms import NoIdentityNumbersMixin

NOT_ANSWERED = _("请先写上社区要您补充的内容，再提交。")


class PlaceSearchForm(NoIdentityNumbersMixin, forms.Form):
    """Which communities to list: those a text names, or those of one district."""

    q = forms.CharField(
        label=_("社区、街道、小区名，整段地址，或邻居的网格编号"), max_length=LONGEST_ADDRESS * 2, required=False
    )
    district = forms.CharField(max_length=24, required=False)

    def clean_q(self) -> str:
        return "".join(unicodedata.normalize("NFKC", self.cleaned_data["q"]).split())[:LONGEST_ADDRESS]


class NoteForm(NoIdentityNumbersMixin, forms.Form):
    """A line for the community, if one wants."""

    note = forms.CharField(
        label=_("想告诉社区的话（可以不填）"),
        help_text=_("比如住在哪一栋、什么时候方便。不要写身份证号。"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("请不要超过 200 个字，现在有 %(show_value)s 个。")},
    )


class AnswerForm(NoteForm):
    """What the community asked for; what was sent before does not answer it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        note.label, note.required = _("补充给社区"), True
        note.help_text = _("在原来的话后面接着写，或者改掉它。不要写身份证号。")
        note.error_messages["required"] = NOT_ANSWERED

    def clean_note(self) -> str:
        if "note" not in self.changed_data:
            raise forms.ValidationError(NOT_ANSWERED, code="unchanged")
        note: str = self.cleaned_data["note"]
        return note


class GridChoice(forms.ModelChoiceField[Area]):
    """One grid, named with its code."""

    def label_from_instance(self, obj: Area) -> str:
        return f"{obj.name}（{obj.code}）"


class GridForm(forms.Form):
    """Which grid of the community somebody lives in; where it has none, the question is not asked."""

    grid = GridChoice(
        Area.objects.none(),
        label=_("网格（不知道可以不选）"),
        help_text=_("网格编号常写在楼道口的公示牌上。选了，就能看到只给本网格的活动。"),
        required=False,
        empty_label=_("不知道"),
        to_field_name="code",
        error_messages={"invalid_choice": _("请从列表里选一个网格。")},
    )

    def __init__(self, *args: Any, grids: QuerySet[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("GridChoice", self.fields["grid"]).queryset = grids
        if not grids.exists():
            self.fields["grid"].widget = forms.HiddenInput()

    @property
    def has_choice(self) -> bool:
        return not self.fields["grid"].widget.is_hidden


def grid_form(report_in: MemberReportIn, data: QueryDict | None = None) -> GridForm:
    """Return the question of the grid for one report-in, with what is known of it."""
    known = {"grid": report_in.grid.code if report_in.grid else ""}
    return GridForm(data, grids=grids_of(report_in.area), initial=known, auto_id=f"grid-{report_in.pk}-%s")


class ReportInForm(GridForm, NoteForm):
    """The consent to hand one's data to the community."""

    field_order: tuple[str, ...] = ("grid", "note", "consent")

    consent = forms.BooleanField(
        label=_("我看过说明，同意把姓名、所属单位和手机号提供给这个社区"),
        error_messages={"required": _("要先同意，社区才能收到您的报到。")},
    )


class StationChoice(forms.ModelChoiceField[Station]):
    """One station, named with where it is."""

    def label_from_instance(self, obj: Station) -> str:
        return f"{obj.name}（{obj.place}）"


class StayForm(ReportInForm):
    """For how long, and why, one is in another community."""

    field_order = ("reason", "starts_on", "expires_on", "station", "grid", "note", "consent")

    reason = forms.ChoiceField(
        label=_("来这里的原因"),
        choices=TemporaryReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个原因。"), "invalid_choice": _("请选一个原因。")},
    )
    starts_on = forms.DateField(
        label=_("从哪天开始"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请填开始的日期。"), "invalid": _("请按“年-月-日”填开始的日期。")},
    )
    expires_on = forms.DateField(
        label=_("到哪天为止"),
        help_text=_("最长一年。到期自动结束，提前两周会提醒您，可以申请延长一次。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请填结束的日期。"), "invalid": _("请按“年-月-日”填结束的日期。")},
    )
    station = StationChoice(
        Station.objects.none(),
        label=_("流动党员之家（可以不选）"),
        help_text=_("有事可以先去这里，回执上会写明地点和电话。"),
        required=False,
        blank=True,
        empty_label=_("先不选"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("请从列表里选一个。")},
    )

    def __init__(self, *args: Any, stations: QuerySet[Station], **kwargs: Any) -> None:
        """Offer ``stations``; where there are none, the question is not asked."""
        super().__init__(*args, **kwargs)
        if stations.exists():
            cast("StationChoice", self.fields["station"]).queryset = stations
        else:
            self.fields["station"].widget = forms.HiddenInput()


class LongerForm(forms.Form):
    """Until when one would like to stay."""

    until = forms.DateField(
        label=_("延长到哪天"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请填新的结束日期。"), "invalid": _("请按“年-月-日”填新的结束日期。")},
    )


class VerifyForm(forms.Form):
    """Number and code, as they stand on a receipt."""

    number = forms.SlugField(
        label=_("回执编号"),
        max_length=24,
        error_messages={"required": _("请填回执编号。"), "invalid": _("编号由字母、数字和短横组成。")},
    )
    code = forms.SlugField(
        label=_("校验码"),
        help_text=_("在二维码旁边，字母不分大小写。"),
        max_length=24,
        error_messages={"required": _("请填校验码。"), "invalid": _("校验码由字母和数字组成。")},
    )
