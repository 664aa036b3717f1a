"""The database made ready: folder, tables, cache tables."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from config.demo.progress import Progress


class MigrationCounter(StringIO):
    """Stands in for the output of ``migrate`` and advances the bar with each migration applied."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress

    def write(self, text: str) -> int:
        if "OK" in text:
            self.progress.advance()
        return len(text)


def prepare(progress: Progress, *, is_complete: Callable[[], bool]) -> None:
    """Bring the database to today's tables. Quick when it is there already and ``is_complete`` says so.

    Otherwise an earlier run may have been stopped after the last migration and before what follows it, such as the
    rows of the permissions; ``migrate`` does that again.
    """
    if connection.vendor == "sqlite":
        Path(str(connection.settings_dict["NAME"])).parent.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan or not is_complete():
        progress.start(_("准备数据库"), len(plan))
        with quick_writes():
            call_command("migrate", interactive=False, verbosity=1, stdout=MigrationCounter(progress))
        progress.finish()
    call_command("createcachetable", verbosity=0)


@contextmanager
def quick_writes() -> Iterator[None]:
    """Let SQLite skip waiting for the disk while the block runs: whatever breaks can be built again."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        before = cursor.fetchone()[0]
        cursor.execute("PRAGMA synchronous=OFF")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous={int(before)}")
