"""A real server over a copy of the tiny demo city, and a real Chromium in front of it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, expect, sync_playwright

from tests.databases import copy_migrated_sqlite, copy_sqlite
from tests.e2e.server import ROOT, Server, environment
from tests.services import browser_path

CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

expect.set_options(timeout=15_000)  # as Visitor's own: a busy machine is slow, and not wrong


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium for a module's journeys and end it with them.

    While Playwright runs, so does its event loop, and Django refuses the database to every test of the process.
    """
    path = browser_path()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def tiny_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the tiny demo city once for all processes of this run; return its folder."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "tiny city"
    with FileLock(shared / "tiny-city.lock"):
        if not (folder / "done").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            copy_migrated_sqlite(folder / "city.sqlite3")
            subprocess.run(
                [sys.executable, "manage.py", "demo", "--scale", "tiny", "--no-serve"],
                cwd=ROOT,
                env=environment(folder),
                check=True,
            )
            (folder / "done").touch()
    return folder


@pytest.fixture
def server(tiny_city: Path, tmp_path: Path) -> Iterator[Server]:
    """Serve a copy of the tiny city on a free port."""
    with _serving(tiny_city, tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def still_server(tiny_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve one copy to all tests of a module: for those who do not mind the traces of the others."""
    with _serving(tiny_city, tmp_path_factory.mktemp("still")) as running:
        yield running


@contextmanager
def _serving(tiny_city: Path, folder: Path) -> Iterator[Server]:
    shutil.copytree(tiny_city / "media", folder / "media")
    copy_sqlite(tiny_city / "city.sqlite3", folder / "city.sqlite3")
    running = Server(folder)
    running.start()
    try:
        yield running
    finally:
        running.stop()
