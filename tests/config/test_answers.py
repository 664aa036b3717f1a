"""What every answer carries, and what no log line does."""

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from website.base.views import picture

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/nowhere/", 404),
        ("/search", 301),
        ("/portal/", 302),
        ("/healthz", 200),
        ("/sitemap.xml", 200),
        ("/robots.txt", 200),
    ],
)
def test_every_answer_is_held_to_the_policy(client: Client, path: str, status: int):
    response = client.get(path)

    assert response.status_code == status
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_a_host_that_is_not_ours_is_refused_under_the_policy(client: Client):
    response = client.get("/portal/activities/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize("name", ["documents/secret.pdf", "avatar_images/a.png", "images/../documents/secret.pdf"])
def test_media_serves_pictures_alone(name: str):
    assert not _is_a_picture(f"/media/{name}")
    assert _is_a_picture("/media/images/a.jpg")


def _is_a_picture(path: str) -> bool:
    try:
        return resolve(path).func is picture
    except Resolver404:
        return False


def test_the_log_holds_no_question(client: Client, caplog: pytest.LogCaptureFixture):
    with caplog.at_level("INFO"):
        client.get("/search/", {"q": "13800138000"})

    assert "GET /search/" in caplog.text
    assert "13800138000" not in caplog.text
