"""A dataset as a file."""

import csv
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from website.open_data.datasets import Dataset, Value

# Excel takes a CSV for whatever encoding the machine prefers, unless it begins with this.
BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet would run as a formula (OWASP, "CSV injection").
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BETWEEN = "；"


def as_csv(dataset: Dataset) -> str:
    """Return the table with a header, in UTF-8 that Excel recognises; nothing in it is ever run as a formula."""
    file = StringIO()
    writer = csv.writer(file)
    names = [column.name for column in dataset.csv_columns]
    writer.writerow(names)
    for record in dataset.records():
        writer.writerow([_cell(record[name]) for name in names])
    return BYTE_ORDER_MARK + file.getvalue()


def as_json(dataset: Dataset) -> str:
    """Return what the dataset is, its columns and its records."""
    names = [column.name for column in dataset.columns]
    content = {
        "dataset": dataset.slug,
        "name": str(dataset.name),
        "description": str(dataset.description),
        "licence": str(dataset.licence),
        "columns": [
            {"name": column.name, "meaning": str(column.meaning), "standard": column.standard}
            for column in dataset.columns
        ],
        "records": [{name: _value(record[name]) for name in names} for record in dataset.records()],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def without_formula(text: str) -> str:
    """Return ``text`` with an apostrophe before it where a spreadsheet would run it."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)  # a number may well be negative
    if isinstance(value, Sequence) and not isinstance(value, str):
        return without_formula(BETWEEN.join(str(item) for item in value))
    return without_formula(_value(value) if isinstance(value, date) else str(value))


def _value(value: Value) -> Any:
    if isinstance(value, date):  # a datetime, too
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
