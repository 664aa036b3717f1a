"""Which real services this run may use, and what to say when one is missing.

``TEST_DATABASE_URL`` (PostgreSQL), ``TEST_REDIS_URL`` and ``TEST_ELASTICSEARCH_URL`` name the servers, ``BROWSER``
the Chromium to drive (otherwise the one on the path). ``REQUIRE_SERVICES=1`` turns every skip into a failure.
"""

import os
import shutil

import pytest

BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def missing(what: str) -> None:
    """Skip the test, naming what was missing; fail instead where services are required."""
    if os.environ.get("REQUIRE_SERVICES"):
        pytest.fail(f"{what} is required here and was not found")
    pytest.skip(f"{what} was not found")


def browser_path() -> str:
    """Return the Chromium to drive, or skip."""
    path = os.environ.get("BROWSER") or next(filter(None, map(shutil.which, BROWSER_NAMES)), None)
    if not path:
        missing("Chromium (set BROWSER)")
    return str(path)


def url_of(variable: str, name: str) -> str:
    """Return the address in the environment ``variable``, or skip."""
    url = os.environ.get(variable)
    if not url:
        missing(f"{name} (set {variable})")
    return str(url)
