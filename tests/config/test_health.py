from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

pytestmark = pytest.mark.django_db


def test_healthz_answers_without_touching_the_database(client: Client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert response.status_code == 200
    assert response.content == b"ok"


def test_readyz_names_every_part(client: Client):
    response = client.get("/readyz")

    assert response.json() == {
        "ready": True,
        "parts": {"database": "ok", "cache": "ok", "search": "ok", "queue": "ok"},
    }
    assert response.status_code == 200


def test_readyz_fails_when_a_job_has_waited_too_long(client: Client):
    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="x.y", backend_name="default", run_after=timezone.now()
    )
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=11))

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["parts"]["queue"] == "failed"


def test_readyz_fails_when_the_cache_is_away(client: Client, settings):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE page_cache")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["parts"]["cache"] == "failed"


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_probes_refuse_writing(client: Client, address: str):
    assert client.post(address).status_code == 405
