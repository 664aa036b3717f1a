from pathlib import Path

import pytest
from django.conf import settings
from django.template import Engine
from django.test import Client, RequestFactory
from django.views.defaults import server_error
from pytest_django import DjangoAssertNumQueries

FOLDER = Path(settings.BASE_DIR) / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.*") if path.is_file())


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name: str) -> None:
    assert Engine.get_default().get_template(name).name == name


def test_server_error_page_needs_no_database(
    rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = server_error(rf.get("/"))

    assert response.status_code == 500
    assert "网站出了点问题" in response.content.decode()


def test_unknown_address_offers_a_search(client: Client) -> None:
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert 'role="search"' in response.content.decode()
    assert not response.cookies
