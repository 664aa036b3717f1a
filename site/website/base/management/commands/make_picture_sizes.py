"""Sizes for the pictures of a site that is older than they are. Safe at any time and any number of times."""

from typing import Any

from django.core.management.base import BaseCommand

from website.base.models import SiteImage
from website.base.tasks import make_sizes


class Command(BaseCommand):
    help = "Have the worker make every size of every picture that is not there yet."

    def handle(self, *args: Any, **options: Any) -> None:
        keys = list(SiteImage.objects.order_by("pk").values_list("pk", flat=True))
        for key in keys:
            make_sizes.enqueue(key)
        self.stdout.write(f"pictures: {len(keys)}")
