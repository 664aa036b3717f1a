"""What is not public is told by no side door: no list, feed, file, search, chooser or preview, in no language."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.log_actions import log
from wagtail.models import Collection, CollectionViewRestriction, Locale, PageViewRestriction

from tests.factories import website as make
from tests.factories.members import HomeMembershipFactory
from tests.factories.organisations import PostFactory
from website.base.models import SiteDocument

pytestmark = pytest.mark.django_db

SECRET = "月蚀计划"
DRAFTS = (
    make.ContentPageFactory,
    make.CaseStudyPageFactory,
    make.ServicePageFactory,
    make.VenuePageFactory,
    make.MethodPageFactory,
    make.PersonPageFactory,
    make.NoticePageFactory,
)
PUBLIC = (
    *("/", "/sitemap.xml", "/feed/", "/site-map/", "/search/", "/open-data/", "/feedback/", "/no-such-page/"),
    *("/services/", "/cases/", "/venues/", "/methods/", "/people/", "/notices/", "/notices/feed/", "/venues/points/"),
    *(f"/open-data/{name}.{kind}" for name in ("services", "figures", "venues") for kind in ("csv", "json")),
)
QUESTIONS = ("/search/", "/services/", "/venues/")
LANGUAGES = ("", "/en", "/zh-hant")


@pytest.fixture
def hidden() -> dict[str, Any]:
    """One draft of each kind, a page with a password, one for members, and a document and picture kept inside."""
    drafts = [factory(title=SECRET, summary=SECRET, live=False) for factory in DRAFTS]
    for draft in drafts:
        draft.save_revision()
    for kind in ("password", "login"):
        page = make.ContentPageFactory(title=f"{SECRET}{kind}", slug=f"inner-{kind}")
        PageViewRestriction.objects.create(page=page, restriction_type=kind, password="向阳花")
    english = Locale.objects.get_or_create(language_code="en")[0]
    make.home_page().copy_for_translation(english).save_revision().publish()
    inner = Collection.get_first_root_node().add_child(instance=Collection(name="内部"))
    CollectionViewRestriction.objects.create(collection=inner, restriction_type="login")
    document = SiteDocument.objects.create(title=SECRET, collection=inner, file=ContentFile(b"one", name="list.txt"))
    return {"drafts": drafts, "document": document, "image": make.ImageFactory(title=SECRET, collection=inner)}


def holders() -> list[Any]:
    """Return a member, an organiser and an administrator: people with rights, and none at the desk."""
    return [
        HomeMembershipFactory().person,
        PostFactory().person,
        PostFactory(role="administrator").person,
    ]


def text_of(response: Any) -> str:
    body: bytes = response.getvalue() if response.streaming else response.content
    return body.decode("utf-8", "replace")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_public_surface_names_what_is_hidden(client: Client, hidden: dict[str, Any], language: str) -> None:
    for path in PUBLIC:
        assert SECRET not in text_of(client.get(f"{language}{path}")), path
    for path in QUESTIONS:
        answer = text_of(client.get(f"{language}{path}?{urlencode({'q': '月蚀'})}"))
        assert SECRET not in answer, path


def test_draft_is_not_found_by_its_address(client: Client, hidden: dict[str, Any]) -> None:
    for person in (None, *holders()):
        if person:
            client.force_login(person)
        for draft in hidden["drafts"]:
            assert client.get(draft.get_url()).status_code == 404


def test_document_kept_inside_is_not_given_by_its_number(client: Client, hidden: dict[str, Any]) -> None:
    document = hidden["document"]

    response = client.get(reverse("wagtaildocs_serve", args=[document.pk, "other-name.txt"]))
    assert response.status_code == 404 or "login" in response["Location"]
    assert "login" in client.get(document.url)["Location"]
    assert client.get(f"/media/{document.file.name}").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "wagtailadmin_api:pages:listing",
        "wagtailadmin_api:documents:listing",
        "wagtailadmin_api:images:listing",
        "wagtailadmin_choose_page",
        "wagtailadmin_choose_page_search",
        "wagtaildocs_chooser:choose",
        "wagtailimages_chooser:choose",
        "wagtailsnippetchoosers_people_consent:choose",
        "wagtailadmin_pages:search",
        "wagtailadmin_reports:site_history",
        "wagtail_localize:translations_report",
    ],
)
def test_lists_of_the_desk_are_closed_to_posts(client: Client, hidden: dict[str, Any], name: str) -> None:
    for person in holders():
        client.force_login(person)
        response = client.get(reverse(name), {"q": "月蚀"})
        assert response.status_code == 302
        assert SECRET not in text_of(response)


@pytest.mark.parametrize("name", ["view_draft", "edit", "history", "preview_on_edit"])
def test_previews_of_a_draft_are_closed_to_posts(client: Client, hidden: dict[str, Any], name: str) -> None:
    draft = hidden["drafts"][0]
    revision = reverse("wagtailadmin_pages:revisions_view", args=[draft.pk, draft.latest_revision.pk])
    for person in holders():
        client.force_login(person)
        for address in (reverse(f"wagtailadmin_pages:{name}", args=[draft.pk]), revision):
            response = client.get(address)
            assert response.status_code == 302
            assert SECRET not in text_of(response)


def test_site_history_tells_an_editor_nothing_of_the_portal(client: Client) -> None:

    editor = HomeMembershipFactory().person
    editor.groups.add(Group.objects.get(name="编辑"))
    post = PostFactory()
    log(instance=post.person, action="base.user.phone_changed", user=post.person, title=SECRET)
    client.force_login(editor)

    assert SECRET not in client.get(reverse("wagtailadmin_reports:site_history")).content.decode()
