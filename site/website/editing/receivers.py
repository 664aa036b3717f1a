"""What the desk does when pages are begun and published."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import init_new_page, page_published

from website.base.models import BasePage
from website.editing.actions import note_remarks
from website.editing.queries import identity_remarks
from website.editing.skeletons import begin


@receiver(pre_save, dispatch_uid="editing.refuse_identity_numbers")
def nothing_refused_is_shown(instance: Model, update_fields: Collection[str] | None, **_kwargs: Any) -> None:
    """Stop at the one door everything passes on its way out: a translation, a schedule, an import, the desk.

    Raises:
        django.core.exceptions.ValidationError: the page holds what may not be public; the draft stays as it is.
    """
    if isinstance(instance, BasePage) and instance.live and (update_fields is None or "live" in update_fields):
        refused: dict[str, list[str]] = defaultdict(list)
        for remark in identity_remarks(instance):
            refused[remark.path.partition(".")[0]].append(remark.message)
        if refused:
            raise ValidationError(dict(refused))  # by field, as the desk for translations wants it


@receiver(page_published, dispatch_uid="editing.note_remarks")
def count_remarks(instance: Page, **_kwargs: Any) -> None:
    note_remarks(page=instance)


@receiver(init_new_page, dispatch_uid="editing.begin")
def new_page_begins_with_its_sections(page: Page, **_kwargs: Any) -> None:
    begin(page)
