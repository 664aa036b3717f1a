"""Every way an editor can publish a person's page, walked through the desk's own views: refused kindly, never a 500."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Task, Workflow, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from portal.members.models import User
from tests.factories.members import UserFactory
from tests.factories.website import ConsentFactory, PeopleIndexPageFactory, PersonPageFactory
from website.people.models import PersonPage

pytestmark = pytest.mark.django_db

NO_CONSENT = "还没有本人的公开同意书，不能发布。"
ONE_PERSON = "人物页要两个人经手"
BORN_LIVE = "复制时请不要勾选"

Way = Callable[[Client, PersonPage], Any]


@pytest.fixture
def writer() -> User:
    return UserFactory(is_superuser=True, name="写的人")


@pytest.fixture
def releaser() -> User:
    return UserFactory(is_superuser=True, name="发的人")


def draft_by(writer: User, **fields: Any) -> PersonPage:
    page: PersonPage = PersonPageFactory(live=False, title="李守仁", **fields)
    page.save_revision(user=writer)
    page.refresh_from_db()
    return page


def desk_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form_of(page: PersonPage, **fields: str) -> dict[str, Any]:
    """Return what the browser sends when nothing was changed."""
    form = {"title": page.title, "slug": page.slug, "summary": page.summary, "honours": page.honours, "role": page.role}
    form |= {"is_living": "on", "consent": page.consent_id or "", "sources": page.sources}
    body = [("paragraph", rich_text("<p>每天早上先到三号楼敲门。</p>"))]
    form |= {"body": streamfield(body), "related": inline_formset([]), "comments": inline_formset([])}
    return nested_form_data(form) | fields


def by_button(client: Client, page: PersonPage) -> Any:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, form_of(page, **{"action-publish": "yes"}), follow=True)


def by_schedule(client: Client, page: PersonPage) -> Any:
    later = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, form_of(page, **{"action-publish": "yes", "go_live_at": later}), follow=True)


def by_workflow(client: Client, page: PersonPage) -> Any:
    steps = [GroupApprovalTask.objects.create(name=f"第{number}步", active=True) for number in ("一", "二")]
    workflow = Workflow.objects.create(name="两步审核", active=True)
    for order, step in enumerate(steps):
        step.groups.set(Group.objects.filter(name="审核"))
        WorkflowTask.objects.create(workflow=workflow, task=Task.objects.get(pk=step.pk), sort_order=order)
    state = workflow.start(page, page.latest_revision.user)
    for _ in steps:
        state.refresh_from_db()
        page.refresh_from_db()
        address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state.pk])
        response = client.post(address, {"comment": ""}, follow=True)
    return response


def by_bulk(client: Client, page: PersonPage) -> Any:
    return in_bulk(client, page)


def by_bulk_of_the_list(client: Client, page: PersonPage) -> Any:
    return in_bulk(client, page.get_parent(), include_descendants="on")


def in_bulk(client: Client, page: Page, **form: str) -> Any:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    query = {"id": page.pk, "next": reverse("wagtailadmin_explore", args=[page.get_parent().pk])}
    return client.post(f"{address}?{urlencode(query)}", form, follow=True)


def by_revert(client: Client, page: PersonPage) -> Any:
    first = page.latest_revision
    page.role = "改过的身份"
    page.save_revision(user=first.user)
    page.refresh_from_db()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    page.role = first.as_object().role
    return client.post(address, form_of(page, **{"action-publish": "yes", "revision": str(first.pk)}), follow=True)


def by_interface(client: Client, page: PersonPage) -> Any:
    return client.post(f"/cms/api/main/pages/{page.pk}/action/publish/")


WAYS = [by_button, by_schedule, by_workflow, by_bulk, by_bulk_of_the_list, by_revert, by_interface]


def shown(response: Any) -> str:
    assert response.status_code < 500
    return str(response.json()) if response["Content-Type"] == "application/json" else response.content.decode()


def is_out(page: PersonPage) -> bool:
    page.refresh_from_db()
    return bool(page.live or page.approved_schedule)


@pytest.mark.parametrize("way", WAYS)
def test_without_consent_it_is_refused_kindly(way: Way, writer: User, releaser: User) -> None:
    page = draft_by(writer, consent=None)

    response = way(desk_of(releaser), page)

    assert NO_CONSENT in shown(response)
    assert not is_out(page)


@pytest.mark.parametrize("way", WAYS)
def test_by_one_person_alone_it_is_refused_kindly(way: Way, writer: User) -> None:
    page = draft_by(writer)

    response = way(desk_of(writer), page)

    assert ONE_PERSON in shown(response)
    assert not is_out(page)


@pytest.mark.parametrize("way", [way for way in WAYS if way is not by_revert])
def test_a_second_person_releases_it(way: Way, writer: User, releaser: User) -> None:
    page = draft_by(writer)

    shown(way(desk_of(releaser), page))

    assert is_out(page)


def test_whoever_goes_back_to_an_older_version_changed_it_last(writer: User, releaser: User) -> None:
    page = draft_by(writer)

    assert ONE_PERSON in shown(by_revert(desk_of(releaser), page))


def test_whoever_corrects_a_word_needs_another_one(writer: User, releaser: User) -> None:
    page = draft_by(writer)
    page.role = "网格长"

    refused = by_button(desk_of(releaser), page)
    assert ONE_PERSON in shown(refused)
    assert "网格长" in shown(refused)  # nothing typed is lost

    page.save_revision(user=releaser)
    by_button(desk_of(writer), page)
    assert is_out(page)


def test_saving_without_a_change_makes_nobody_the_author(writer: User, releaser: User) -> None:
    page = draft_by(writer)
    page.save_revision(user=releaser)
    page.refresh_from_db()

    assert ONE_PERSON in shown(by_button(desk_of(writer), page))


def test_an_approval_by_another_one_is_enough(writer: User, releaser: User) -> None:
    page = draft_by(writer)
    step = GroupApprovalTask.objects.create(name="看一遍", active=True)
    last = GroupApprovalTask.objects.create(name="发布", active=True)
    workflow = Workflow.objects.create(name="两步", active=True)
    for order, task in enumerate((step, last)):
        WorkflowTask.objects.create(workflow=workflow, task=Task.objects.get(pk=task.pk), sort_order=order)
    state = workflow.start(page, writer)
    for user in (releaser, writer):
        state.refresh_from_db()
        address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state.pk])
        desk_of(user).post(address, {"comment": ""})

    assert is_out(page)


def test_a_refused_approval_leaves_the_step_open(writer: User) -> None:
    page = draft_by(writer)

    by_workflow(desk_of(writer), page)

    state = page.current_workflow_state
    assert state.status == "in_progress"
    assert state.current_task_state.status == "in_progress"


@pytest.mark.parametrize("with_children", [False, True])
def test_copy_and_publish_is_refused_kindly(writer: User, with_children: bool) -> None:
    page = PersonPageFactory()
    source = page.get_parent() if with_children else page
    parent = source.get_parent()
    form = {"new_title": "另一个", "new_slug": "another", "new_parent_page": parent.pk, "publish_copies": "on"}

    response = desk_of(writer).post(
        reverse("wagtailadmin_pages:copy", args=[source.pk]),
        form | ({"copy_subpages": "on"} if with_children else {}),
        follow=True,
    )

    assert BORN_LIVE in shown(response)
    assert PersonPage.objects.count() == 1


def test_copy_as_a_draft_is_done(writer: User) -> None:
    page = PersonPageFactory()
    form = {"new_title": "另一个", "new_slug": "another", "new_parent_page": page.get_parent().pk}

    desk_of(writer).post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)

    assert not PersonPage.objects.get(slug="another").live


def test_copy_and_publish_by_the_interface_is_refused(writer: User) -> None:
    page = PersonPageFactory()

    response = desk_of(writer).post(f"/cms/api/main/pages/{page.pk}/action/copy/", {"slug": "another"})

    assert response.status_code == 400
    assert BORN_LIVE in shown(response)
    assert PersonPage.objects.count() == 1
    assert Page.find_problems() == ([], [], [], [], [])


def test_alias_of_a_shown_person_is_shown_and_follows_the_consent(writer: User) -> None:
    page = PersonPageFactory()
    form = {"new_title": "x", "new_slug": "alias", "new_parent_page": page.get_parent().pk, "alias": "on"}
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])

    desk_of(writer).post(address, form | {"publish_copies": "on"})
    desk_of(writer).post(address, form)

    alias = PersonPage.objects.filter(alias_of=page).first()
    assert alias is None or alias.consent == page.consent


def test_new_page_is_not_published_by_its_writer(writer: User) -> None:
    index = PeopleIndexPageFactory()
    address = reverse("wagtailadmin_pages:add", args=["people", "personpage", index.pk])
    unsaved = PersonPage(title="李守仁", slug="li", consent=ConsentFactory())

    refused = desk_of(writer).post(address, form_of(unsaved, **{"action-publish": "yes"}))
    assert ONE_PERSON in shown(refused)
    assert not PersonPage.objects.exists()

    assert desk_of(writer).post(address, form_of(unsaved)).status_code == 302
    assert not PersonPage.objects.get().live


def test_draft_of_a_live_page_may_lose_its_consent_until_published(writer: User, releaser: User) -> None:
    page = PersonPageFactory()
    form = form_of(page) | {"consent": ""}

    saved = desk_of(writer).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)

    assert saved.status_code == 302
    assert is_out(page)
