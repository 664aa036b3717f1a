"""An editor's desk, and the form of a case as the browser would send it."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from tests.factories.members import UserFactory
from tests.website.home.test_migrations import groups

FIGURE = {
    "number": "120",
    "unit": "个",
    "label": "共享车位",
    "year": "2024",
    "origin": "stated",
    "stated_by": "街道",
    "source": "街道通报",
}


def sit_down(client: Client) -> Client:
    """Log in somebody of the group 编辑."""
    Collection.get_first_root_node() or Collection.add_root(name="Root")
    if not Group.objects.filter(name="编辑").exists():
        Group.objects.create(name="Editors")
        groups.grant(apps, None)
    user = UserFactory(name="周编辑")
    user.groups.add(Group.objects.get(name="编辑"))
    client.force_login(user)
    return client


def address_of_new_case(index: Page) -> str:
    return reverse("wagtailadmin_pages:add", args=["case_studies", "casestudypage", index.pk])


def the_case(**changes: Any) -> dict[str, Any]:
    fields = {
        "title": "夜间停车共享",
        "slug": "night-parking",
        "summary": "白天归单位，夜里给居民。",
        "city": "江城市",
        "district": "北岸区",
        "year": "2024",
        "level": "community",
        "body": streamfield(
            [
                ("heading", {"level": "2", "text": "背景"}),
                ("paragraph", rich_text("<p>小区车多位少。</p>")),
            ]
        ),
        "figures": inline_formset([FIGURE]),
        "source_list": streamfield([("source", {"name": "街道通报", "publisher": "街道", "year": "2024", "url": ""})]),
        "lost_characters": "0",
        "comments": inline_formset([]),
    }
    return nested_form_data(fields | changes)
