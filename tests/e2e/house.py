"""A house of its own for a long walk: the tiny city on the database this run is about, with its server and commands."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tests.databases import copy_sqlite, database_of_its_own
from tests.e2e.server import ROOT, Server, environment

# A line of JSON in, a line of JSON out.
SHELL = """
import contextlib, io, json, sys, traceback
answers = sys.stdout
for line in sys.stdin:
    printed, failed = io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(printed):
            exec(json.loads(line), {})
    except BaseException:
        failed = traceback.format_exc()
    print(json.dumps([printed.getvalue(), failed]), file=answers, flush=True)
"""
# The demo leaves the worker a minute of scaling pictures; pages do without, and nobody on a walk looks at one.
NO_PICTURES = """
from django_tasks_db.models import DBTaskResult
DBTaskResult.objects.filter(task_path="website.base.tasks.make_sizes").delete()
"""


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


class OpenHouse(House):
    """A house with one shell kept open, because starting a process of ours takes seconds."""

    def __init__(self, folder: Path, database_url: str) -> None:
        super().__init__(folder, database_url)
        self._log = folder / "shell.log"
        self._shell = self.begin("shell", "--no-imports", "-c", SHELL)

    def command(self, *arguments: str) -> str:
        return self.script(f"from django.core.management import call_command; call_command(*{arguments!r})")

    def script(self, code: str) -> str:
        assert self._shell.stdin
        assert self._shell.stdout
        self._shell.stdin.write(json.dumps(code) + "\n")
        self._shell.stdin.flush()
        answer = self._shell.stdout.readline()
        assert answer, self._log.read_text()
        printed, failed = json.loads(answer)
        assert not failed, f"{code}\n{printed}\n{failed}"
        return str(printed)

    def begin(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start ``manage.py`` with ``arguments`` as a process of its own; whoever starts it ends it."""
        with self._log.open("a") as log:
            return subprocess.Popen(
                [sys.executable, "manage.py", *arguments],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def close(self) -> None:
        self._shell.communicate()


@contextmanager
def house(folder: Path, *, tiny_city: Callable[[], Path]) -> Iterator[OpenHouse]:
    """Serve the tiny city: built on PostgreSQL where this run has one, else a copy of the one on SQLite."""
    server = os.environ.get("TEST_DATABASE_URL")
    with _postgresql(server) if server else _copied(tiny_city(), folder) as url:
        built = OpenHouse(folder, url)
        try:
            if server:
                built.command("demo", "--scale", "tiny", "--no-serve")
            built.script(NO_PICTURES)
            built.server.start()
            yield built
        finally:
            built.close()
            built.server.stop()


@contextmanager
def _copied(city: Path, folder: Path) -> Iterator[str]:
    shutil.copytree(city / "media", folder / "media")
    copy_sqlite(city / "city.sqlite3", folder / "city.sqlite3")
    yield f"sqlite:///{folder / 'city.sqlite3'}"


def _postgresql(server: str) -> AbstractContextManager[str]:
    return database_of_its_own(server, f"house_{os.getpid()}")
