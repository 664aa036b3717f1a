from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config.jobs import MOST_STARTS, put_back_lost

pytestmark = pytest.mark.django_db


def running(*, minutes: int, starts: int = 1) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status="RUNNING",
        started_at=timezone.now() - timedelta(minutes=minutes),
        worker_ids=[f"worker {n}" for n in range(starts)],
        args_kwargs={"args": [[]], "kwargs": {}},
        task_path="portal.notices.tasks.deliver",
        backend_name="default",
        run_after=timezone.now() - timedelta(hours=9),
    )


def test_a_job_that_lost_its_worker_is_put_back_once():
    job = running(minutes=61)

    assert [put_back_lost(now=timezone.now()) for _ in range(2)] == [1, 0]

    job.refresh_from_db()
    assert (job.status, job.finished_at) == ("READY", None)
    assert DBTaskResult.objects.ready().get() == job


def test_a_job_still_at_work_is_left_alone():
    job = running(minutes=59)

    assert put_back_lost(now=timezone.now()) == 0

    job.refresh_from_db()
    assert job.status == "RUNNING"


def test_a_job_that_lost_too_many_workers_has_failed():
    job = running(minutes=61, starts=MOST_STARTS)

    assert put_back_lost(now=timezone.now()) == 1

    job.refresh_from_db()
    assert job.status == "FAILED"
    assert job.finished_at is not None
