"""What the site holds on a person, read by the table of the registry: for a page, and for a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber

from portal.members.models import User
from portal.organisations.models import Area, Unit
from portal.personal_data.enums import Shown
from portal.personal_data.registry import HOLDINGS, Holding
from portal.personal_data.subjects import Subject
from webui.templatetags.webui import masked_name

ROWS_ON_THE_PAGE = 5
NAMED = (Area, Unit)  # what a foreign key to these means is their name
DATED = (models.DateField, models.TimeField, models.BooleanField)


@dataclass(frozen=True)
class Column:
    """One fact of a row: ``path`` to read, ``label`` to show, and the words of its choices."""

    path: str
    label: str
    choices: dict[Any, Any]
    is_person: bool = False


@dataclass(frozen=True)
class Table:
    """The rows of one kind: how many there are, and those that are shown, each as pairs of label and value."""

    name: str
    count: int
    rows: list[list[tuple[str, Any]]]


@dataclass(frozen=True)
class Section:
    """All that is held for one reason."""

    subject: Subject
    tables: list[Table]

    @property
    def count(self) -> int:
        return sum(table.count for table in self.tables)


def held_on(person: User) -> list[Section]:
    """Return what the site holds on ``person`` by reason, the newest rows of each kind; empty kinds are left out."""
    sections: dict[Subject, list[Table]] = {}
    for holding in _shown():
        if count := holding.rows(person).count():
            newest = holding.rows(person).reverse()
            rows = [list(_told(row)) for row in _read(holding, newest, limit=ROWS_ON_THE_PAGE)]
            sections.setdefault(holding.subject, []).append(Table(_name_of(holding), count, rows))
    return [Section(subject, tables) for subject, tables in sections.items()]


def exported(person: User) -> Iterator[tuple[Holding, Iterator[dict[str, Any]]]]:
    """Yield each kind of row the site holds on ``person`` with all its rows, as field → value."""
    for holding in _shown():
        rows = _read(holding, holding.rows(person))
        yield holding, ({column.path: _value(column, value) for column, value in row} for row in rows)


def columns_of(holding: Holding) -> list[Column]:
    """Return what of a row its person is given."""
    fields = [field for field in holding.model_class._meta.concrete_fields if _is_given(field, holding)]
    return [*(_column(field) for field in fields), *(_also(holding, path) for path in holding.also)]


def _shown() -> Iterable[Holding]:
    return (holding for holding in HOLDINGS if holding.shown != Shown.NOTHING)


def _is_given(field: Any, holding: Holding) -> bool:
    if field.name in holding.hidden or field.name == holding.lookup or field.primary_key:
        return False
    if holding.shown == Shown.WHOLE:
        return True
    return isinstance(field, DATED) or bool(field.choices)


def _column(field: Any) -> Column:
    label = str(field.verbose_name)
    if not field.is_relation:
        return Column(field.attname, label, dict(field.flatchoices))
    if field.related_model is User:
        return Column(f"{field.name}__name", label, {}, is_person=True)
    if field.related_model in NAMED:
        return Column(f"{field.name}__name", label, {})
    return Column(field.attname, label, {})


def _also(holding: Holding, path: str) -> Column:
    model: Any = holding.model_class
    for step in path.split("__"):
        field = model._meta.get_field(step)
        model = field.related_model
    return Column(path, str(field.verbose_name), dict(field.flatchoices))


def _read(
    holding: Holding, rows: "models.QuerySet[Any]", *, limit: int | None = None
) -> Iterator[list[tuple[Column, Any]]]:
    columns = columns_of(holding)
    paths = [column.path for column in columns] or ["pk"]
    for values in rows.values_list(*paths)[:limit].iterator():
        yield list(zip(columns, values, strict=False))


def _told(row: Iterable[tuple[Column, Any]]) -> Iterator[tuple[str, Any]]:
    for column, value in row:
        if value not in (None, "", {}, []):
            words = column.choices.get(value, value) if column.choices else value
            yield column.label, _in_words(_value(column, words))


def _value(column: Column, value: Any) -> Any:
    if isinstance(value, PhoneNumber):
        return str(value)
    return masked_name(value) if column.is_person and value else value


def _in_words(value: Any) -> Any:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, datetime):
        return localize(timezone.localtime(value))
    return localize(value) if isinstance(value, date) else value


def _name_of(holding: Holding) -> str:
    name = str(holding.model_class._meta.verbose_name)
    if holding.shown == Shown.OWN_PART and holding.is_direct:
        role = holding.model_class._meta.get_field(holding.lookup).verbose_name  # type: ignore[union-attr]  # a plain field
        return f"{name}（{role}）"
    return name
