"""Many rows at once, past the models: COPY on PostgreSQL, executemany on SQLite. For invented data alone.

Nothing is validated and no signal is sent; what a row does not say takes the field's default.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model
from django.db.models.fields import AutoField, Field

Row = tuple[Any, ...]
BATCH = 10_000


def write(
    model: type[Model], columns: Sequence[str], rows: Iterable[Row], *, advance: Callable[[int], None] | None = None
) -> None:
    """Insert ``rows``, each with one plain value a name in ``columns`` (``attname``: ``unit_id``, not ``unit``).

    ``advance`` is told how many rows have gone since it was told last.
    """
    fields, rest = _fields(model, columns)
    tail = tuple(_default(field) for field in rest)
    names = [connection.ops.quote_name(str(field.column)) for field in (*fields, *rest)]
    table = connection.ops.quote_name(model._meta.db_table)
    put = _copy if connection.vendor == "postgresql" else _insert
    for batch in _batches((*row, *tail) for row in rows):
        put(table, names, batch)
        if advance:
            advance(len(batch))


def next_id(model: type[Model]) -> int:
    """Return the first free primary key of ``model``; nobody else may be writing."""
    last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return int(last or 0) + 1


def catch_up(*models: type[Model]) -> None:
    """Let the database count on from the keys that were given by hand, and look at its tables anew."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
        for model in models:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def as_stored(value: date | datetime) -> str:
    """Return a day or a moment as the text both COPY and SQLite keep."""
    if isinstance(value, datetime):
        return str(connection.ops.adapt_datetimefield_value(value))
    return value.isoformat()


def _fields(model: type[Model], columns: Sequence[str]) -> tuple[list[Field], list[Field]]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    rest = [field for name, field in by_name.items() if name not in columns and not isinstance(field, AutoField)]
    return [by_name[name] for name in columns], rest


def _default(field: Field) -> Any:
    value = field.get_default()
    return as_stored(value) if isinstance(value, date) else field.get_db_prep_save(value, connection)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


def _copy(table: str, names: list[str], rows: list[Row]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _insert(table: str, names: list[str], rows: list[Row]) -> None:
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)  # noqa: S608 -- our tables
