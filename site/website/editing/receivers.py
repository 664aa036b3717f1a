"""What the desk does when pages are begun and published."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import init_new_page, page_published

from website.editing.actions import note_remarks
from website.editing.skeletons import begin


@receiver(page_published, dispatch_uid="editing.note_remarks")
def count_remarks(instance: Page, **_kwargs: Any) -> None:
    note_remarks(page=instance)


@receiver(init_new_page, dispatch_uid="editing.begin")
def new_page_begins_with_its_sections(page: Page, **_kwargs: Any) -> None:
    begin(page)
