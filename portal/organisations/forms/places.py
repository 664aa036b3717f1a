"""What an administrator says about an area or a unit."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.enums import AreaKind, UnitKind
from portal.organisations.forms.posts import day_field
from portal.organisations.models import Area
from portal.organisations.queries.tables import CREDIT_CODE
from webui.forms import NoIdentityNumbersMixin

LEVELS = tuple(AreaKind)
NAME = {"required": _("请填写名称。")}
CODE = {"required": _("请填写编码。")}


def _degrees(label: Any, limit: int, help_text: Any) -> forms.DecimalField:
    out = _("这个数超出了范围；纬度和经度别写反了。")
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=-limit,
        max_value=limit,
        max_digits=9,
        decimal_places=6,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"min_value": out, "max_value": out},
    )


class AreaForm(NoIdentityNumbersMixin, forms.Form):
    """What an area is called, the phone on its pages, and where its middle is."""

    name = forms.CharField(label=_("名称"), max_length=60, error_messages=NAME)
    phone = forms.CharField(
        label=_("联系电话"), max_length=40, required=False, help_text=_("会显示在社区的页面上，请写公开的办公电话。")
    )
    latitude = _degrees(
        _("中心纬度"), 90, _("可以不填。如 30.657401，用手机在居委会门口定位就行。填了，成员找活动时能看到离这里多远。")
    )
    longitude = _degrees(_("中心经度"), 180, _("如 104.065735。"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if {"latitude", "longitude"} <= set(said) and (said["latitude"] is None) != (said["longitude"] is None):
            empty = "latitude" if said["latitude"] is None else "longitude"
            self.add_error(empty, _("纬度和经度要么都填，要么都不填。"))
        return said


class OpenAreaForm(AreaForm):
    """A new area below another."""

    code = forms.CharField(label=_("编码"), max_length=24, error_messages=CODE, help_text=_("启用以后不能改。"))
    kind = forms.ChoiceField(label=_("层级"))
    starts_on = day_field(_("启用日期"))

    field_order = ("kind", "code", "name", "phone", "latitude", "longitude", "starts_on")

    def __init__(self, *args: Any, above: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrower = LEVELS[LEVELS.index(AreaKind(above.kind)) + 1 :]
        self.fields["kind"] = forms.ChoiceField(
            label=_("层级"), choices=[(kind.value, kind.label) for kind in narrower]
        )
        self.fields["starts_on"].initial = timezone.localdate
        self.order_fields(self.field_order)

    def clean_kind(self) -> AreaKind:
        return AreaKind(self.cleaned_data["kind"])


class UnitForm(NoIdentityNumbersMixin, forms.Form):
    """What a unit is."""

    name = forms.CharField(label=_("名称"), max_length=80, error_messages=NAME)
    kind = forms.ChoiceField(label=_("性质"), choices=UnitKind.choices)
    area_code = forms.CharField(
        label=_("所在区域编码"),
        max_length=24,
        help_text=_("单位所在的街道或社区的编码，在区域页面上可以看到。"),
        error_messages={"required": _("请填写所在区域的编码。")},
    )
    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=18, required=False, help_text=_("18 位。没有可以不填。")
    )
    phone = forms.CharField(label=_("联系电话"), max_length=40, required=False)

    def __init__(self, *args: Any, areas: QuerySet[Area], **kwargs: Any) -> None:
        """Let the unit lie in one of ``areas``."""
        super().__init__(*args, **kwargs)
        self.areas = areas

    def clean_kind(self) -> UnitKind:
        return UnitKind(self.cleaned_data["kind"])

    def clean_credit_code(self) -> str | None:
        code = self.cleaned_data["credit_code"].strip().upper()
        if code and not CREDIT_CODE.fullmatch(code):
            raise forms.ValidationError(_("统一社会信用代码是 18 位数字和大写字母。"))
        return code or None

    def clean_area_code(self) -> Area:
        area = self.areas.filter(code=self.cleaned_data["area_code"].strip()).first()
        if area is None:
            raise forms.ValidationError(_("您负责的范围里没有这个编码的区域。"))
        return area

    def facts(self) -> dict[str, Any]:
        """Return what the form says in the words of the actions."""
        facts = dict(self.cleaned_data)
        facts["area"] = facts.pop("area_code")
        return facts


class OpenUnitForm(UnitForm):
    """A new unit, or a branch of one."""

    code = forms.CharField(label=_("编码"), max_length=24, error_messages=CODE, help_text=_("启用以后不能改。"))
    starts_on = day_field(_("启用日期"))

    field_order = ("code", "name", "kind", "area_code", "credit_code", "phone", "starts_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate


class EndPlaceForm(NoIdentityNumbersMixin, forms.Form):
    """The day a place ends."""

    on = day_field(_("停用日期"), help_text=_("从这一天起不再使用。以前的记录都保留。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate


class ActForm(EndPlaceForm):
    """On which day and by which act areas change."""

    on = day_field(_("变动日期"), help_text=_("不能晚于今天。"))
    act = forms.CharField(label=_("依据（文号）"), max_length=80, required=False)


class MergeForm(ActForm):
    """Which area follows. The list is that of the neighbours."""

    into = forms.ModelChoiceField(
        Area.objects.none(),
        label=_("并入哪里"),
        error_messages={"required": _("请选择并入哪里。"), "invalid_choice": _("请从列表里选择。")},
    )

    field_order = ("into", "on", "act")

    def __init__(self, *args: Any, areas: QuerySet[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"] = forms.ModelChoiceField(
            areas, label=_("并入哪里"), error_messages={"required": _("请选择并入哪里。")}
        )
        self.order_fields(self.field_order)


class SplitForm(ActForm):
    """The new areas, and to which of them each grid goes."""

    def __init__(self, *args: Any, below: Sequence[Area], parts: int, **kwargs: Any) -> None:
        """Ask for ``parts`` areas and for where each of ``below`` goes; it stays with the first unless said."""
        super().__init__(*args, **kwargs)
        self.below, self.numbers = below, range(1, parts + 1)
        self.fields["parts"] = forms.IntegerField(initial=parts, widget=forms.HiddenInput)
        for n in self.numbers:
            said = {"n": n}
            self.fields[f"code_{n}"] = forms.CharField(
                label=_("第 %(n)d 部分的编码") % said, max_length=24, error_messages=CODE
            )
            self.fields[f"name_{n}"] = forms.CharField(
                label=_("第 %(n)d 部分的名称") % said, max_length=60, error_messages=NAME
            )
        choices = [(str(n), _("第 %(n)d 部分") % {"n": n}) for n in self.numbers]
        for area in below:
            self.fields[f"below_{area.pk}"] = forms.ChoiceField(
                label=_("%(area)s划给") % {"area": area.name}, choices=choices, required=False
            )
        self.order_fields([name for name in self.fields if name not in {"on", "act"}])

    def places(self) -> list[tuple[str, str, list[Area]]]:
        """Return for each part its code, its name, and what of the area's own goes with it."""
        said = self.cleaned_data
        return [
            (
                said[f"code_{n}"],
                said[f"name_{n}"],
                [area for area in self.below if (said[f"below_{area.pk}"] or "1") == str(n)],
            )
            for n in self.numbers
        ]
