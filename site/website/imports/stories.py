"""A story that an organiser has begun: a draft among the notices, for an editor to make something of or to drop."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from website.imports.pagemaking import Fields, page_for
from website.imports.structure import Paragraph
from website.notices.enums import NoticeKind
from website.notices.models import NoticeIndexPage
from webui.providers import Story, send_message


@transaction.atomic
def draft_story_page(story: Story, known: int | None) -> int | None:
    """Put ``story`` among the notices as a draft, tell the editors, return its key; ``None`` where it has no place.

    Idempotent: while the draft ``known`` is there, nothing is made and nobody told.
    """
    if known is not None and Page.objects.filter(pk=known).exists():
        return known
    parent = _notice_index()
    if parent is None:
        return None
    blocks = [Paragraph(text) for text in story.paragraphs]
    page = page_for(parent, Fields(title=story.title, summary=story.summary), blocks=blocks, figures=[])
    page.kind = NoticeKind.ANNOUNCEMENT
    parent.add_child(instance=page)
    page.save_revision()
    for editor in _editors():
        title = _("有一篇活动稿子的草稿：%(title)s") % {"title": story.title}
        send_message(editor, title=title, url=reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return int(page.pk)


def _notice_index() -> NoticeIndexPage | None:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return None
    found = NoticeIndexPage.objects.descendant_of(site.root_page).filter(locale=Locale.get_default())
    index: NoticeIndexPage | None = found.order_by("path").first()
    return index


def _editors() -> "QuerySet[Any]":
    may_publish = {"groups__page_permissions__permission__codename": "publish_page", "is_active": True}
    return get_user_model().objects.filter(**may_publish).distinct()
