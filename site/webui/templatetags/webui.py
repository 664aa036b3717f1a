"""Small tags both halves use."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def duration(minutes: int | None) -> str:
    """Show minutes as people say them: ``90`` → ``1 小时 30 分钟``."""
    hours, rest = divmod(int(minutes or 0), 60)
    parts = []
    if hours:
        parts.append(ngettext("%(n)d 小时", "%(n)d 小时", hours) % {"n": hours})
    if rest or not hours:
        parts.append(ngettext("%(n)d 分钟", "%(n)d 分钟", rest) % {"n": rest})
    return " ".join(parts)


@register.filter
def masked_phone(phone: Any) -> str:
    """Show a phone with its middle hidden: ``138****1234``."""
    digits = str(getattr(phone, "national_number", "") or phone or "").removeprefix("+86")
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 7 else _("未填写")


@register.filter
def masked_email(email: str) -> str:
    """Show an address with its name hidden: ``z***@example.org``."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}***@{host}" if host else _("未填写")


@register.filter
def value_of(mapping: Mapping[Any, Any] | None, key: object) -> Any:
    """Return what ``mapping`` holds at ``key``, or nothing."""
    return mapping.get(key) if mapping else None


@register.filter
def masked_name(name: str) -> str:
    """Show the family name only: ``张*``."""
    return f"{name[:1]}*" if name else ""


@register.simple_tag(takes_context=True)
def querystring_with(context: RequestContext, **changes: Any) -> str:
    """Return ``?…`` of this request with ``changes`` applied; ``None`` removes a key."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = str(value)
    return f"?{query.urlencode()}" if query else "."


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """Return ``data`` in the words of schema.org for machines: data, never run."""
    script = json_script({"@context": "https://schema.org"} | data)
    return mark_safe(script.replace("application/json", "application/ld+json", 1))  # noqa: S308 -- escaped by Django
