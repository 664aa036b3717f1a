from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from website.navigation.actions import forget_frame
from website.navigation.models import Banner, SiteDetails


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
@receiver([post_save, post_delete], sender=Banner)
@receiver([post_save, post_delete], sender=SiteDetails)
@receiver([post_save, post_delete], sender=Site)
@receiver([post_save, post_delete], sender=PageViewRestriction)
def frame_changed(sender: type, **kwargs: Any) -> None:
    forget_frame()
    # Again after the commit: somebody may have read the old rows in between.
    transaction.on_commit(forget_frame, robust=True)
