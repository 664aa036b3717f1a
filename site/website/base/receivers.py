from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Collection, CollectionViewRestriction

from website.base.models import SiteImage, SiteRendition, sizes_made
from website.base.private_pictures import mark_private
from website.base.tasks import make_sizes


@receiver(post_save, sender=SiteImage)
def picture_saved(instance: SiteImage, raw: bool = False, **kwargs: Any) -> None:
    """Have the sizes of a new picture made, or of one whose focal point moved."""
    if not raw:
        transaction.on_commit(partial(make_sizes.enqueue, instance.pk), robust=True)


@receiver(post_save, sender=SiteImage)
@receiver(post_save, sender=SiteRendition)
@receiver(sizes_made, sender=SiteImage)
@receiver(post_save, sender=Collection)
@receiver(post_save, sender=CollectionViewRestriction)
@receiver(post_delete, sender=CollectionViewRestriction)
def private_pictures_changed(raw: bool = False, **kwargs: Any) -> None:
    """Mark the files of private pictures anew. What tells nobody, as a collection moved, the clock finds."""
    if not raw:
        transaction.on_commit(mark_private, robust=True)
