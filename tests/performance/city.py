"""A whole city on PostgreSQL: what people wait for, against the bare SQL of the same answer in the same run.

``TEST_DATABASE_URL`` names the server; a database of the run's own is made there, filled and dropped. With
``BENCH_CITY_URL`` naming a database that ``manage.py demo --scale city`` has filled, that one is measured and kept.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases import database_of_its_own
from tests.e2e.server import ROOT


def main() -> None:
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not (server or os.environ.get("BENCH_CITY_URL")):
        print("a whole city: not measured, TEST_DATABASE_URL names no PostgreSQL")  # noqa: T201 -- the report
        return
    with tempfile.TemporaryDirectory(prefix="baodao city ") as folder, _city(server, Path(folder)) as url:
        command = [sys.executable, "-m", "tests.performance.city_measures"]
        subprocess.run(command, cwd=ROOT, env=_environment(url, Path(folder)), check=True)


@contextmanager
def _city(server: str, folder: Path) -> Iterator[str]:
    """Yield the address of a database with a whole city in it."""
    if url := os.environ.get("BENCH_CITY_URL"):
        yield url
        return
    with database_of_its_own(server, f"bench_city_{os.getpid()}") as url:
        started = time.monotonic()
        command = [sys.executable, "manage.py", "demo", "--scale", "city", "--no-serve"]
        subprocess.run(command, cwd=ROOT, env=_environment(url, folder), check=True)
        print(f"a whole city built in {time.monotonic() - started:.0f} s")  # noqa: T201 -- the report
        yield url


def _environment(url: str, folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(folder / "media"),
        "ALLOWED_HOSTS": "testserver,127.0.0.1",
        "LOG_LEVEL": "ERROR",
        "DEMO": "1",
    }


if __name__ == "__main__":
    main()
