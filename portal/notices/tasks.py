"""What the worker does with messages on their way out."""

from django.utils import timezone
from django_tasks import task

from portal.notices.delivery import deliver_one


@task()
def deliver(pks: list[int]) -> None:
    """Send these deliveries, those of them that are due; told twice, each leaves once."""
    for pk in pks:
        deliver_one(pk, now=timezone.now())
