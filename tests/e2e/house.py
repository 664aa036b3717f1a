"""A house of its own for a long walk: the tiny city on the database this run is about, with its server and commands."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases import copy_migrated_sqlite, database_of_its_own
from tests.e2e.server import ROOT, Server, environment


class House:
    """A built city in ``folder``: its server, and what is done to it from a shell."""

    def __init__(self, folder: Path, database_url: str, *, workers: int = 1, **settings: str) -> None:
        settings = {"DATABASE_URL": database_url} | settings
        self.environment = environment(folder) | settings
        self.server = Server(folder, workers=workers, **settings)

    def command(self, *arguments: str) -> str:
        """Run ``manage.py`` with ``arguments``; return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def script(self, code: str) -> str:
        """Run Python ``code`` inside the project; return what it printed."""
        return self.command("shell", "--no-imports", "-c", code)


@contextmanager
def house(folder: Path) -> Iterator[House]:
    """Build and serve the tiny city: on PostgreSQL where this run has one, else on SQLite in ``folder``."""
    with _database(folder) as url:
        built = House(folder, url)
        built.command("demo", "--scale", "tiny", "--no-serve")
        built.server.start()
        try:
            yield built
        finally:
            built.server.stop()


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        copy_migrated_sqlite(folder / "city.sqlite3")
        yield f"sqlite:///{folder / 'city.sqlite3'}"
        return
    with database_of_its_own(server, f"house_{os.getpid()}") as url:
        yield url
