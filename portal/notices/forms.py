"""How a person wants to be told, on one page."""

from collections.abc import Collection, Iterator
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.notices.enums import EVENING_HOURS, MUST, WAYS, Channel, MessageKind
from portal.notices.models import Preference

HOURS = [(hour, f"{hour}:00") for hour in range(7, 22)]
EVENINGS = [(hour, f"{hour}:00") for hour in EVENING_HOURS]
MUTED = "muted"


class PreferenceForm(forms.ModelForm):
    """A row of ticks for each kind, and when anything may come at all."""

    evening_hour = forms.TypedChoiceField(
        label=_("前一天几点提醒"),
        choices=EVENINGS,
        coerce=int,
        help_text=_(
            "如果这个时间您设了不打扰，会在不打扰开始前 15 分钟提醒。那以后才报名的，等不打扰结束、活动开始前再提醒。"
        ),
    )
    digest_hour = forms.TypedChoiceField(label=_("几点发"), choices=HOURS, coerce=int)

    class Meta:
        model = Preference
        fields: ClassVar = ["quiet_from", "quiet_until", "lead", "evening_hour", "digest", "digest_hour", "tallies"]
        labels: ClassVar = {"lead": _("什么时候提醒")}
        widgets: ClassVar = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        help_texts: ClassVar = {
            "quiet_until": _("这段时间里不发短信和邮件，过后再发。两个时间一样，就是不设。账户安全的消息随时会发。"),
            "digest": _("空位、提醒和活动变动不等，有就发。"),
        }

    def __init__(self, *args: Any, kinds: Collection[MessageKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["quiet_from"], self.initial["quiet_until"] = self.instance.quiet_hours
        self.kinds = [kind for kind in kinds if kind not in MUST]
        for kind in self.kinds:
            self._add(kind)
        if MessageKind.PROGRESS not in kinds:
            del self.fields["tallies"]

    def choices(self) -> dict[str, dict[str, bool]]:
        """Return what ``set_preference`` keeps of the ticks."""
        chosen: dict[str, dict[str, bool]] = dict(self.instance.choices)
        for kind in self.kinds:
            names = {way: self._name(kind, way) for way in (*WAYS[kind], MUTED)}
            chosen[kind] = {str(way): bool(self.cleaned_data[name]) for way, name in names.items()}
        return chosen

    def rows(self) -> Iterator[tuple[str, Any, Any, Any]]:
        """Yield each kind with its ticks: mail, SMS (where there is such a way), muted."""
        for kind in self.kinds:
            ticks = [self._field(kind, way) for way in (Channel.EMAIL, Channel.SMS, MUTED)]
            yield str(kind.label), ticks[0], ticks[1], ticks[2]

    def parts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}

    def _add(self, kind: MessageKind) -> None:
        saved = self.instance.choices.get(kind, {})
        for channel, by_default in WAYS[kind].items():
            first = bool(saved.get(channel, by_default))
            label = f"{kind.label}：{channel.label}"
            self.fields[self._name(kind, channel)] = forms.BooleanField(label=label, required=False, initial=first)
        self.fields[self._name(kind, MUTED)] = forms.BooleanField(
            label=_("%(kind)s：不提醒") % {"kind": kind.label}, required=False, initial=self.instance.is_muted(kind)
        )

    def _field(self, kind: MessageKind, way: str) -> Any:
        name = self._name(kind, way)
        return self[name] if name in self.fields else None

    @staticmethod
    def _name(kind: MessageKind, way: str) -> str:
        return f"{kind.value}-{way}"
