"""A site that is closed says so, to everybody but the probes, whatever works behind it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def file(settings: Any, tmp_path: Path) -> Path:
    settings.MAINTENANCE_FILE = str(tmp_path / "maintenance")
    return tmp_path / "maintenance"


@pytest.mark.parametrize("path", ["/", "/portal/", "/cms/", "/search/?q=x", "/sitemap.xml"])
def test_a_closed_site_answers_503_without_asking_the_database(settings: Any, client: Client, path: str) -> None:
    settings.MAINTENANCE = True
    settings.MAINTENANCE_RETRY_SECONDS = 120

    response = client.get(path)  # no database: this test has none

    assert response.status_code == 503
    assert response["Retry-After"] == "120"
    assert "no-store" in response["Cache-Control"]
    assert "frame-ancestors" in response["Content-Security-Policy"]
    assert "网站正在维护" in response.content.decode()
    assert not response.cookies


def test_probes_are_answered_while_the_site_is_closed(settings: Any, client: Client) -> None:
    settings.MAINTENANCE = True

    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_a_file_closes_and_opens_a_running_site(file: Path, client: Client) -> None:
    assert client.get("/").status_code == 200

    file.touch()
    assert client.get("/").status_code == 503

    file.unlink()
    assert client.get("/").status_code == 200
