"""A migrated database, made once and copied for whoever needs one: a test process, a house, a bench.

Migrating an empty database costs a minute of CPU, a copy less than a second. The copied one is kept until a migration,
a dependency or Python changes.
"""

import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[1]
KEPT_IN = ROOT / "var" / "migrated"
OURS = ("portal", "search", "site")
SIDE_FILES = ("-wal", "-shm", "-journal")
# Django draws every model anew for each of some thousand steps: with Python's own thresholds the collector takes a
# quarter of that, and with these 750 MB for the minute.
MANAGE = "import gc, runpy; gc.set_threshold(100_000, 50, 50); runpy.run_path('manage.py', run_name='__main__')"


def copy_migrated_sqlite(path: Path) -> None:
    """Put a migrated database at ``path``, in the place of what was there."""
    template = migrated_sqlite()
    remove_sqlite(path)
    path.write_bytes(template.read_bytes())


def migrated_sqlite() -> Path:
    """Return where the migrated SQLite database to copy lies, made if there is none."""
    template = KEPT_IN / f"{_fingerprint()}.sqlite3"
    with _held("sqlite"):
        if not template.exists():
            for old in KEPT_IN.glob("*.sqlite3"):
                old.unlink()
            unfinished = template.with_suffix(".unfinished")
            remove_sqlite(unfinished)
            _migrate(f"sqlite:///{unfinished}")
            unfinished.rename(template)
    return template


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy the database at ``source`` to ``target``, with what still stands in its log."""
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(target)) as here:
        there.backup(here)


def remove_sqlite(path: Path) -> None:
    """Remove the database at ``path`` with the files SQLite keeps beside it."""
    for file in (path, *(path.with_name(path.name + side) for side in SIDE_FILES)):
        file.unlink(missing_ok=True)


def copy_migrated_postgresql(server: str, name: str) -> None:
    """Make the migrated database ``name`` on the PostgreSQL at ``server``, in the place of what was there."""
    with _held("postgresql"), psycopg.connect(server, autocommit=True) as connection:
        template = _migrated_postgresql(server, connection)
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


def migrated_postgresql(server: str) -> None:
    """See to it that the PostgreSQL at ``server`` has the migrated database to copy."""
    with _held("postgresql"), psycopg.connect(server, autocommit=True) as connection:
        _migrated_postgresql(server, connection)


def drop_postgresql(server: str, name: str) -> None:
    """Drop the database ``name``, whoever still looks at it."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def database_of_its_own(server: str, name: str) -> Iterator[str]:
    """Make the migrated database ``name`` on the PostgreSQL at ``server``; yield its address, drop it in the end."""
    copy_migrated_postgresql(server, name)
    try:
        yield address_of(server, name)
    finally:
        drop_postgresql(server, name)


def address_of(server: str, name: str) -> str:
    """Return the address of the database ``name`` on the server of which ``server`` names any."""
    return urllib.parse.urlsplit(server)._replace(path=f"/{name}").geturl()


def _migrated_postgresql(server: str, connection: psycopg.Connection) -> str:
    template = f"migrated_{_fingerprint()}"
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
        unfinished = f"{template}_unfinished"
        connection.execute(f"DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {unfinished}")
        _migrate(address_of(server, unfinished))
        connection.execute(f"ALTER DATABASE {unfinished} RENAME TO {template}")
    return template


def _held(backend: str) -> FileLock:
    KEPT_IN.mkdir(parents=True, exist_ok=True)
    return FileLock(KEPT_IN / f"{backend}.lock")


def _migrate(url: str) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    with tempfile.TemporaryDirectory() as media:
        settings = kept | {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
            "DATABASE_URL": url,
            "MEDIA_ROOT": media,
            "LOG_LEVEL": "WARNING",
        }
        subprocess.run([sys.executable, "-c", MANAGE, "migrate", "-v0"], cwd=ROOT, env=settings, check=True)


def _fingerprint() -> str:
    digest = hashlib.sha256(sys.version.encode())
    # The lock stands for what others' migrations in the environment say: walking them takes seconds.
    own = [path for folder in OURS for path in (ROOT / folder).glob("**/migrations/*.py")]
    for path in sorted([*own, ROOT / "requirements.lock"]):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


if __name__ == "__main__":  # before a test run: both at once, each on a core of its own
    with ThreadPoolExecutor() as both:
        waited_for: list[Future[Any]] = [both.submit(migrated_sqlite)]
        if server := os.environ.get("TEST_DATABASE_URL"):
            waited_for.append(both.submit(migrated_postgresql, server))
        for one in waited_for:
            one.result()
