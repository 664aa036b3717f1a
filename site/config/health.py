"""Is the process alive, and can it do its work? Two questions, two addresses."""

from collections.abc import Callable
from datetime import timedelta

import structlog
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from search.queries import check_engine

logger = structlog.get_logger(__name__)

OLDEST_WAITING_JOB = timedelta(minutes=10)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers. Touches nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Ready: 200 when every part works, 503 with the names of those that do not."""
    failed = [name for name, check in CHECKS.items() if not _passes(name, check)]
    parts = {name: "failed" if name in failed else "ok" for name in CHECKS}
    return JsonResponse({"ready": not failed, "parts": parts}, status=503 if failed else 200)


def _passes(name: str, check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception:  # a probe reports every kind of failure
        logger.exception("readiness.failed", part=name)
        return False
    return True


def _check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _check_cache() -> None:
    for alias in ("default", "pages"):
        caches[alias].set("readyz", "ok", 10)
        if caches[alias].get("readyz") != "ok":
            raise RuntimeError(alias)


def _check_queue() -> None:
    limit = timezone.now() - OLDEST_WAITING_JOB
    if DBTaskResult.objects.ready().filter(enqueued_at__lt=limit).exists():
        raise RuntimeError("the oldest waiting job is too old")


CHECKS: dict[str, Callable[[], None]] = {
    "database": _check_database,
    "cache": _check_cache,
    "search": check_engine,
    "queue": _check_queue,
}
