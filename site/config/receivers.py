"""When something public changes, on either side, the kept public pages are forgotten."""

from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models.signals import post_delete, post_migrate, post_save
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move
from wagtail.snippets.models import get_snippet_models

from config.permissions import name_permissions
from portal.activities.models import Activity, Shift
from portal.activities.signals import activities_written
from webui.page_cache import forget_public_pages

SHOWN = (Activity, Shift, PageViewRestriction, Site, BaseSiteSetting)


def connect() -> None:
    """Listen to whatever a public page may show, and to the end of a migration."""
    for signal in (page_published, page_unpublished, post_page_move, page_slug_changed):
        signal.connect(_public_thing_changed, dispatch_uid="kept_pages")
    post_delete.connect(_row_changed, dispatch_uid="kept_pages")
    post_save.connect(_row_changed, dispatch_uid="kept_pages")
    activities_written.connect(_public_thing_changed, dispatch_uid="kept_pages")
    # The last app that has models: by then every other has its permissions.
    post_migrate.connect(name_permissions, sender=apps.get_app_config("sessions"), dispatch_uid="permissions")


def _row_changed(*, sender: type, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    if update_fields == {"places_taken"}:
        return  # a rush of sign-ups must not empty the memory; a list may say a minute late how many places are left
    if issubclass(sender, (Page, *SHOWN, *get_snippet_models())):
        _public_thing_changed()


def _public_thing_changed(**kwargs: Any) -> None:
    transaction.on_commit(forget_public_pages, robust=True)
