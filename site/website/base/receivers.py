from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from website.base.models import SiteImage
from website.base.tasks import make_sizes


@receiver(post_save, sender=SiteImage)
def picture_saved(instance: SiteImage, raw: bool = False, **kwargs: Any) -> None:
    """Have the sizes of a new picture made, or of one whose focal point moved."""
    if not raw:
        transaction.on_commit(partial(make_sizes.enqueue, instance.pk), robust=True)
