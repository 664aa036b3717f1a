"""The one way a row is held, and the one way a state changes: by a table, saved whole, with a line in the log."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import Expression, Value
from django.db.models.functions import Cast, Concat
from django.db.models.signals import pre_save
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import ModelLogEntry

if TYPE_CHECKING:
    from portal.members.models import User

Transitions = Mapping[str, frozenset[str]]
Row = TypeVar("Row", bound=models.Model)

_lines: ContextVar[list[ModelLogEntry] | None] = ContextVar("lines_of_the_log", default=None)


class IllegalMoveError(Exception):
    """The transition table has no such move; ``message`` is fit to show."""

    def __init__(self, *, before: str, after: str) -> None:
        super().__init__(_("当前状态不能这样处理，请刷新页面后再看。"))
        self.before = before
        self.after = after


def lock(row: Row, *related: str) -> Row:
    """Return ``row`` as it is now, with its ``related`` rows, held until the transaction ends; they are not held.

    They are read once the row is held: joined to the locking question they would be as they were before the wait.

    The row without its key: others may still write rows that merely point at it, such as a message to a person, and
    so never wait for each other crosswise.
    """
    model = row.__class__  # type() would see the wrapper around a request's user
    held = model._default_manager.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
    return model._default_manager.select_related(*related).get(pk=row.pk) if related else held


def move(
    instance: models.Model,
    *,
    to: str,
    by: "User | None",
    transitions: Transitions,
    data: dict[str, Any] | None = None,
) -> None:
    """Set ``instance.state`` to ``to``, save, and log ``app.model.state`` with actor, from and to.

    Call it inside a transaction that holds the row's lock. ``by`` is ``None`` when a clock moved it.

    Raises:
        IllegalMoveError: ``transitions`` has no such move.
        django.core.exceptions.ValidationError: the instance does not hold together.
    """
    before = str(instance.state)  # type: ignore[attr-defined]  # every model given here has a state
    if to not in transitions.get(before, frozenset()):
        raise IllegalMoveError(before=before, after=to)
    instance.state = to  # type: ignore[attr-defined]  # as above
    save(instance, action=to, by=by, data={"from": before, "to": to, **(data or {})})


def for_whom(key: int, by: "User | None") -> dict[str, Any]:
    """Return what the log adds when ``by`` acts in the place of the person with ``key``; else nothing."""
    return {"for": key} if by is not None and by.pk != key else {}


def save(
    instance: models.Model,
    *,
    action: str,
    by: "User | None",
    data: dict[str, Any] | None = None,
    only: Collection[str] = (),
) -> None:
    """Validate and save ``instance`` and log ``app.model.action``.

    ``only`` names the fields that changed since the caller locked the row: the others are neither asked about again
    nor written. What a constraint forbids, the database says.
    """
    others = {field.name for field in instance._meta.concrete_fields} - set(only) if only else set()
    _clean(instance, but=others)
    instance.save(update_fields=only or None)
    meta = instance._meta
    note(instance, f"{meta.app_label}.{meta.model_name}.{action}", by=by, data=data)


def note(instance: models.Model, action: str, *, by: "User | None", data: dict[str, Any] | None = None) -> None:
    """Write one line of the log, as ``wagtail.log_actions.log`` does, without asking whether its actor is there.

    Raises:
        django.core.exceptions.ValidationError: no room has registered ``action``.
    """
    entry = _line(instance, action, by=by, data=data)
    entry.object_id, entry.label = str(instance.pk), str(instance)
    lines = _lines.get()
    if lines is None:
        models.Model.save(entry, force_insert=True)  # past its own save(), which asks for each row it points at
        return
    pre_save.send(ModelLogEntry, instance=entry, raw=False, using=DEFAULT_DB_ALIAS, update_fields=None)
    lines.append(entry)


def note_each(
    rows: "models.QuerySet[Any]", action: str, *, label: str, by: "User | None", data: dict[str, Any] | None = None
) -> None:
    """Write what ``note`` writes for each of ``rows``, by one statement however many they are.

    For rows that call themselves ``label`` and their number, and for no people, whom the log calls otherwise.

    Raises:
        django.core.exceptions.ValidationError: no room has registered ``action``.
    """
    entry = _line(rows.model, action, by=by, data=data)
    columns = [field for field in ModelLogEntry._meta.concrete_fields if not field.primary_key]
    number = Cast("pk", models.CharField())
    said: dict[str, Expression] = {f.attname: Value(getattr(entry, f.attname), output_field=f) for f in columns}
    said |= {"object_id": number, "label": Concat(Value(f"{label} #"), number)}
    lines = rows.order_by("pk").annotate(**{f"line_{name}": value for name, value in said.items()})
    sql, given = lines.values_list(*(f"line_{name}" for name in said)).query.sql_with_params()
    names = ", ".join(f'"{field.column}"' for field in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {ModelLogEntry._meta.db_table} ({names}) {sql}", given)


def _line(
    of: models.Model | type[models.Model], action: str, *, by: "User | None", data: dict[str, Any] | None
) -> ModelLogEntry:
    context = get_active_log_context()
    entry = ModelLogEntry(
        content_type=ContentType.objects.get_for_model(of, for_concrete_model=False),
        action=action,
        timestamp=timezone.now(),
        uuid=context.uuid,
        user=by or context.user,
        data=data or {},
    )
    entry.clean()
    return entry


@contextmanager
def logged_together() -> Iterator[None]:
    """Write the lines of one change into the log by one statement at its end; inside the change's transaction.

    Whatever raises leaves no line: its transaction takes back what they would tell of.
    """
    if _lines.get() is not None:
        yield
        return
    lines: list[ModelLogEntry] = []
    token = _lines.set(lines)
    try:
        yield
    finally:
        _lines.reset(token)
    ModelLogEntry.objects.bulk_create(lines)


def _clean(instance: models.Model, *, but: Collection[str]) -> None:
    # As full_clean(), without asking what the database asks anyway: whether each row pointed at is there, and each
    # constraint (asking before costs three queries for every one of them).
    keys = (field for field in instance._meta.concrete_fields if isinstance(field, models.ForeignKey))
    held = {key.name for key in keys if key.is_cached(instance)}
    instance.clean_fields(exclude=held.union(but))
    instance.clean()
    instance.validate_unique(exclude=set(but))
