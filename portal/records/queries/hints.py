"""Which hints wait for whom, and what each says."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.models import Unit
from portal.organisations.permissions import in_areas_of
from portal.records.enums import HintRule, HintState
from portal.records.models import Hint
from webui.templatetags.webui import duration


def hints_for(person: User) -> QuerySet[Hint]:
    """Return the hints of the areas ``person`` answers for, none about themselves, the newest first."""
    about = Q(member=person) | Q(recorder=person) | Q(confirmer=person)
    return (
        Hint.objects.filter(in_areas_of(person, Action.LOOK_AT_HINTS, field="area"))
        .exclude(about)
        .select_related("area", "member", "recorder", "confirmer", "looked_by")
        .order_by("-found_at", "-pk")
    )


def open_hints(person: User) -> QuerySet[Hint]:
    return hints_for(person).exclude(state=HintState.FINE)


def sentences(hints: Iterable[Hint]) -> list[tuple[Hint, str]]:
    """Return each hint with a plain sentence of its facts; one query for the names of units."""
    hints = list(hints)
    keys = [hint.facts["unit"] for hint in hints if hint.rule == HintRule.UNIT_ALIKE]
    units = dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}
    return [(hint, _sentence(hint, units)) for hint in hints]


def _sentence(hint: Hint, units: dict[int, str]) -> str:
    said = {name: value for name, value in hint.facts.items() if name in ("number", "percent")}
    if "day" in hint.facts:
        said["day"] = date_format(date.fromisoformat(hint.facts["day"]), "DATE_FORMAT")
    if "minutes" in hint.facts:
        said["duration"] = duration(hint.facts["minutes"])
    if "unit" in hint.facts:
        said["unit"] = units.get(hint.facts["unit"], "")
    return _text(HintRule(hint.rule)) % said


def _text(rule: HintRule) -> str:
    return {
        HintRule.TWO_PLACES: _("%(day)s有两场活动的时间重叠，两场都计了时长。"),
        HintRule.LONG_DAY: _("%(day)s一天计了%(duration)s。"),
        HintRule.SAME_TWO: _("由同一个人登记、另一个人确认的有 %(number)s 条，占登记人的 %(percent)s%%。"),
        HintRule.ALWAYS_ALIKE: _("自己登记的 %(number)s 次服务，每次都是%(duration)s。"),
        HintRule.AT_NIGHT: _("%(day)s夜里 11 点到早上 5 点之间确认了 %(number)s 条。"),
        HintRule.UNIT_ALIKE: _("%(unit)s有 %(number)s 个人，每个人的时长都是%(duration)s。"),
    }[rule]
