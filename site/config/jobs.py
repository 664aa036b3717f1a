"""Jobs whose worker is gone: killed, or cut off from its database. The queue itself would leave them as running."""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django_tasks_db.models import DBTaskResult

logger = structlog.get_logger(__name__)

MOST_STARTS = 3
RUNNING, READY, FAILED = "RUNNING", "READY", "FAILED"  # the library's own names


def put_back_lost(*, now: datetime) -> int:
    """Put jobs back that run longer than any job takes; return how many. Safe at any time: told twice, each works once.

    One that was started ``MOST_STARTS`` times and never came to its end may be what kills the worker: it has failed.
    """
    number = 0
    for job in DBTaskResult.objects.running().filter(started_at__lt=now - timedelta(minutes=settings.JOB_LOST_MINUTES)):
        to = READY if len(job.worker_ids) < MOST_STARTS else FAILED
        # The moment it was started names the attempt: one that has just ended, or was put back, is left alone.
        held = DBTaskResult.objects.filter(pk=job.pk, status=RUNNING, started_at=job.started_at)
        if held.update(status=to, finished_at=now if to == FAILED else None):
            logger.warning("job.lost", job=str(job.pk), task=job.task_path, starts=len(job.worker_ids), now=to)
            number += 1
    return number
