"""What a member says of themselves, on one page."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.members.enums import FREE_TIMES, DayPart, ShownAt, Skill, Weekday
from portal.members.models import Profile
from webui.forms import NoIdentityNumbersMixin

TOO_LONG = _("请不要超过 %(limit_value)s 个字，现在有 %(show_value)s 个。")


class ProfileForm(NoIdentityNumbersMixin, forms.ModelForm):
    """Each part with who may see it beside it; nothing is required."""

    skills = forms.MultipleChoiceField(
        label=_("特长"), choices=Skill.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    free_times = forms.MultipleChoiceField(
        label=_("空闲时间"),
        choices=[(code, code) for code in FREE_TIMES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    shows_unit_at = forms.MultipleChoiceField(
        label=_("在哪里亮明我的单位"),
        help_text=_("不勾选就不显示，随时可以改。门牌是您自己打印的：单位变了，请取下旧的，需要的再打印一张。"),
        choices=ShownAt.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Profile
        fields: ClassVar = [
            "own_skills",
            "skills_seen_by",
            "free_times",
            "free_times_seen_by",
            "wishes",
            "wishes_seen_by",
            "contact",
            "contact_seen_by",
            "shows_unit_at",
            "volunteer_number",
        ]
        help_texts: ClassVar = {
            "own_skills": _("列表里没有的写在这里，比如“会修自行车”。"),
            "skills_seen_by": _(
                "选“我所在社区的工作者”并保存，就是同意社区按特长找到您；随时可以改回，或在“我同意过的”里撤回。"
            ),
            "wishes": _("比如陪老人聊天、周末环境整治。"),
            "volunteer_number": _("在中国志愿服务网注册时得到的编号。只有您自己看得到，也会写进您下载的信息。"),
            "contact": _("比如“晚上七点后方便接电话”。不用再写手机号。"),
        }
        error_messages: ClassVar = {name: {"max_length": TOO_LONG} for name in ("own_skills", "wishes", "contact")}
        widgets: ClassVar = {"wishes": forms.Textarea(attrs={"rows": 2})}

    def parts(self) -> dict[str, Any]:
        """Return what ``edit_profile`` writes besides the skills."""
        return {name: value for name, value in self.cleaned_data.items() if name != "skills"}

    def times_grid(self) -> list[tuple[str, list[Any]]]:
        """Return the ticks of the week, one row a weekday, one cell a part of the day."""
        ticks = list(self["free_times"].subwidgets)
        size = len(DayPart)
        return [(str(day.label), ticks[at * size : (at + 1) * size]) for at, day in enumerate(Weekday)]

    def parts_of_the_day(self) -> list[str]:
        return [str(part.label) for part in DayPart]
