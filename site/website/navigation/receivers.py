from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from website.navigation.actions import forget_sections


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def page_tree_changed(sender: type, **kwargs: Any) -> None:
    forget_sections()
