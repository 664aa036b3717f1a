from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from website.navigation.actions import forget_tree


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def page_tree_changed(sender: type, **kwargs: Any) -> None:
    forget_tree()


@receiver([post_save, post_delete], sender=Site)
@receiver([post_save, post_delete], sender=PageViewRestriction)
def site_or_restriction_changed(sender: type, **kwargs: Any) -> None:
    forget_tree()
