"""What the site gives away as open data, and how a room adds to it.

A room describes its data once and registers it when Django starts; the list at ``/open-data/``, the CSV and the JSON
follow from the description::

    class VenuesConfig(AppConfig):
        def ready(self) -> None:
            from website.open_data.datasets import register
            from website.venues.datasets import VENUES

            register(VENUES)

    # website/venues/datasets.py
    VENUES = Dataset(
        slug="venues",
        name=_("阵地"),
        description=_("全市的阵地，每行一处。"),
        columns=(Column("name", _("名称"), standard="schema.org Place.name"), Column("hours", _("开放时间"))),
        records=queries.venues_as_records,  # -> Iterable[Mapping[str, Value]], one for each row
    )

``records`` is asked for at each download, in the reader's language (``Locale.get_active()``). It gives what anybody
may read and nothing else: published pages without view restrictions (``website.base.queries.listed``), no person's
phone, no draft. Each record has a value for every column, by its name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

Value = (
    str | int | float | Decimal | date | datetime | Sequence[str] | Sequence[Mapping[str, str | float | None]] | None
)
Record = Mapping[str, Value]

FREE_TO_USE = _("可以自由下载、使用和转发。请注明来源是本网站，并写上下载日期。")
FORMATS = ("csv", "json")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a dataset: its name in the file, what it means, and what a public standard calls it."""

    name: str
    meaning: StrOrPromise
    standard: str = ""
    in_csv: bool = True  # ``False`` for what is a list of objects in JSON and has no place in a table


@dataclass(frozen=True, slots=True)
class Link:
    """The same data at another address, such as a calendar to subscribe to."""

    label: StrOrPromise
    url: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Dataset:
    """One table of open data, downloaded from ``/open-data/<slug>.csv`` and ``.json``."""

    slug: str
    name: StrOrPromise
    description: StrOrPromise
    columns: tuple[Column, ...]
    records: Callable[[], Iterable[Record]]
    licence: StrOrPromise = FREE_TO_USE
    links: tuple[Link, ...] = field(default=())

    @property
    def csv_columns(self) -> list[Column]:
        return [column for column in self.columns if column.in_csv]


_datasets: dict[str, Dataset] = {}


def register(dataset: Dataset) -> None:
    """Offer ``dataset`` from now on; registered again, it replaces the one of the same name."""
    _datasets[dataset.slug] = dataset


def registered() -> list[Dataset]:
    """Return what is offered, in the order it was registered."""
    return list(_datasets.values())


def find(slug: str) -> Dataset | None:
    return _datasets.get(slug)
