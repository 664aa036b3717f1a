import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_elder_display_is_remembered_by_a_cookie_set_on_request(client: Client):
    before = client.get("/display/")
    client.post("/display/", {"display": "elder", "next": "/display/"})
    after = client.get("/display/")

    assert 'data-display="elder"' not in before.content.decode()
    assert 'data-display="elder"' in after.content.decode()


def test_standard_display_takes_the_cookie_away(client: Client):
    client.post("/display/", {"display": "elder"})
    client.post("/display/", {"display": "standard"})

    assert client.cookies["display"].value == ""


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ("/services/", "/services/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.example", "/"),
    ],
)
def test_it_only_returns_to_our_own_pages(client: Client, asked: str, reached: str):
    response = client.post("/display/", {"display": "elder", "next": asked})

    assert response["Location"] == reached
