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
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[1]
KEPT_IN = ROOT / "var" / "migrated"
SIDE_FILES = ("-wal", "-shm", "-journal")


def copy_migrated_sqlite(path: Path) -> None:
    """Put a migrated database at ``path``, in the place of what was there."""
    template = KEPT_IN / f"{_fingerprint()}.sqlite3"
    with _held():
        if not template.exists():
            for old in KEPT_IN.glob("*.sqlite3"):
                old.unlink()
            unfinished = template.with_suffix(".unfinished")
            remove_sqlite(unfinished)
            _migrate(f"sqlite:///{unfinished}")
            unfinished.rename(template)
    remove_sqlite(path)
    path.write_bytes(template.read_bytes())


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
    template = f"migrated_{_fingerprint()}"
    with _held(), psycopg.connect(server, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            unfinished = f"{template}_unfinished"
            connection.execute(f"DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {unfinished}")
            _migrate(_address(server, unfinished))
            connection.execute(f"ALTER DATABASE {unfinished} RENAME TO {template}")
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


def drop_postgresql(server: str, name: str) -> None:
    """Drop the database ``name``, whoever still looks at it."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def database_of_its_own(server: str, name: str) -> Iterator[str]:
    """Make the migrated database ``name`` on the PostgreSQL at ``server``; yield its address, drop it in the end."""
    copy_migrated_postgresql(server, name)
    try:
        yield _address(server, name)
    finally:
        drop_postgresql(server, name)


def _address(server: str, name: str) -> str:
    return urllib.parse.urlsplit(server)._replace(path=f"/{name}").geturl()


def _held() -> FileLock:
    KEPT_IN.mkdir(parents=True, exist_ok=True)
    return FileLock(KEPT_IN / "lock")


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
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=settings, check=True)


def _fingerprint() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted([*ROOT.glob("*/**/migrations/*.py"), ROOT / "requirements.lock"]):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
