"""Many hands at once, each on a database connection of its own."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

T = TypeVar("T")
R = TypeVar("R")


def race(action: Callable[[T], R], items: Iterable[T], *, threads: int) -> list[R]:
    """Call ``action`` with each of ``items`` from ``threads`` at once; the first error is raised."""

    def call(item: T) -> R:
        try:
            return action(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(call, items))
