"""What else says a person's name or number: messages to others, log lines, jobs, a phone typed into some text."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from encrypted_fields.fields import EncryptedFieldMixin

from portal.members.models import User

GONE = "（已删除）"
SHORTEST_NAME = 2  # one character alone would take half of the language with it

# Where the house itself writes people's names into a text. A namesake's message loses the name too, and no more.
NAMED_IN = (
    "notices.Message",
    "notices.MailboxEntry",
    "wagtailcore.ModelLogEntry",
    "django_tasks_database.DBTaskResult",
)
ROOMS = "portal."
# The ledger refuses every change, and what it says of an entry is the title of an activity.
LEFT_ALONE = ("points.Entry",)


@dataclass(frozen=True)
class Traces:
    """The strings that give a person away."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]

    @classmethod
    def of(cls, person: User) -> Self:
        names = (person.name,) if len(person.name) >= SHORTEST_NAME else ()
        numbers = (*_written(str(person.phone or "")), *((person.email,) if person.email else ()))
        return cls(names, numbers)


def wipe(traces: Traces) -> None:
    """Take the numbers out of every text of the portal, and the names out of what the house writes."""
    for model in _texts_of_the_portal():
        wipe_rows(_holding_one_of(model, traces.numbers), traces)
    for label in NAMED_IN:
        wipe_rows(_holding_one_of(apps.get_model(label), (*traces.names, *traces.numbers)), traces)


def wipe_rows(rows: "models.QuerySet[models.Model]", traces: Traces) -> None:
    """Take names and numbers out of every text of ``rows``."""
    if rows.model._meta.label in LEFT_ALONE:
        return
    fields = list(_text_fields(rows.model))
    for row in rows.only(*(field.name for field in fields)).iterator() if fields else ():
        changed = {name: value for name, value in _cleaned(row, fields, traces) if value != getattr(row, name)}
        if changed:
            rows.model._base_manager.filter(pk=row.pk).update(**changed)


def _cleaned(
    row: models.Model, fields: Iterable["models.Field[object, object]"], traces: Traces
) -> Iterator[tuple[str, object]]:
    for field in fields:
        value = getattr(row, field.name)
        if isinstance(value, str):
            yield field.name, _without(value, traces)
        elif value:
            yield field.name, json.loads(_without(json.dumps(value, ensure_ascii=False, default=str), traces))


def _without(text: str, traces: Traces) -> str:
    for trace in (*traces.numbers, *traces.names):
        text = text.replace(trace, GONE)
    return text


def _holding_one_of(model: type[models.Model], traces: Iterable[str]) -> "models.QuerySet[models.Model]":
    rows, condition = model._base_manager.all(), Q()
    for field in _text_fields(model):
        path = field.name
        if isinstance(field, models.JSONField):
            path = f"{field.name}_text"
            rows = rows.alias(**{path: Cast(field.name, TextField())})
        for trace in traces:
            condition |= Q(**{f"{path}__contains": trace})
            if isinstance(field, models.JSONField):  # SQLite keeps Chinese in JSON as escapes
                condition |= Q(**{f"{path}__contains": json.dumps(trace)[1:-1]})
    return rows.filter(condition) if condition else rows.none()


def _texts_of_the_portal() -> Iterator[type[models.Model]]:
    for app in apps.get_app_configs():
        if app.name.startswith(ROOMS):
            yield from (model for model in app.get_models() if model._meta.label not in (*LEFT_ALONE, "members.User"))


def _text_fields(model: type[models.Model]) -> "Iterator[models.Field[object, object]]":
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
        # What is encrypted cannot be searched; the registry says whether it is emptied.
        is_free = not field.choices and not field.primary_key and not isinstance(field, EncryptedFieldMixin)
        if is_text and is_free and field.name != "path":
            yield field


def _written(phone: str) -> tuple[str, ...]:
    """Return a number as people and machines write it: ``+8613812345678``, ``138 1234 5678`` …"""
    digits = phone.removeprefix("+86")
    if len(digits) < 7:
        return ()
    parts = (digits[:3], digits[3:7], digits[7:])
    return (phone, digits, " ".join(parts), "-".join(parts))
