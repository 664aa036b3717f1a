"""Two steps of review, walked through the admin's own views."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings
from django.urls import reverse
from wagtail.models import Page, Workflow, WorkflowState

from portal.members.models import User
from tests.factories.members import UserFactory
from tests.factories.website import ContentPageFactory
from tests.website.editing.conftest import at_desk
from website.editing.models import OtherEyesTask

Save = Callable[..., Any]


@pytest.fixture
def draft(editor: User) -> Page:
    return ContentPageFactory(title="关于食堂", slug="canteen", live=False, owner=editor)


def decide(user: User, page: Page, action: str, *, comment: str = "") -> None:
    state = page.current_workflow_task_state
    assert state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    at_desk(user).post(url, {"comment": comment})


def fresh(page: Page) -> Page:
    return Page.objects.get(pk=page.pk)


def step(page: Page) -> str:
    task = fresh(page).current_workflow_task
    return task.name if task else ""


def test_every_page_has_two_steps(draft: Page) -> None:
    workflow = draft.get_workflow()

    assert workflow.name == "内容审核"
    assert [task.name for task in workflow.tasks] == ["初审", "终审"]
    assert all(isinstance(task.specific, OtherEyesTask) for task in workflow.tasks)
    assert Workflow.objects.filter(active=True).count() == 1


def test_a_page_goes_from_hand_to_hand_until_it_is_live(
    draft: Page, editor: User, second_editor: User, reviewer: User, save: Save
) -> None:
    save(editor, draft, **{"action-submit": "1"})
    assert step(draft) == "初审"

    decide(second_editor, fresh(draft), "approve")
    assert step(draft) == "终审"
    assert not fresh(draft).live

    decide(reviewer, fresh(draft), "approve")
    assert fresh(draft).live
    assert step(draft) == ""


def test_nobody_approves_what_they_handed_in(draft: Page, editor: User, save: Save) -> None:
    save(editor, draft, **{"action-submit": "1"})

    decide(editor, fresh(draft), "approve")

    assert step(draft) == "初审"


def test_not_even_an_administrator(draft: Page, save: Save) -> None:
    administrator = UserFactory(is_superuser=True)
    save(administrator, draft, **{"action-submit": "1"})

    decide(administrator, fresh(draft), "approve")

    assert step(draft) == "初审"


def test_editors_take_the_first_step_only(draft: Page, editor: User, second_editor: User, save: Save) -> None:
    save(editor, draft, **{"action-submit": "1"})
    decide(second_editor, fresh(draft), "approve")

    decide(second_editor, fresh(draft), "approve")

    assert step(draft) == "终审"


def test_handed_back_with_a_word_and_handed_in_again(
    draft: Page, editor: User, second_editor: User, save: Save
) -> None:
    save(editor, draft, **{"action-submit": "1"})
    decide(second_editor, fresh(draft), "reject", comment="请写清开放时间")

    state = WorkflowState.objects.get()
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert state.current_task_state.comment == "请写清开放时间"
    html = at_desk(editor).get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert "请写清开放时间" in html

    save(editor, draft, text="每天十一点开门。", **{"action-submit": "1"})
    assert step(draft) == "初审"


def test_who_handed_it_in_takes_it_back(draft: Page, editor: User, save: Save) -> None:
    save(editor, draft, **{"action-submit": "1"})

    save(editor, draft, **{"action-cancel-workflow": "1"})

    assert step(draft) == ""
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_CANCELLED


def test_what_waits_for_review_is_locked_for_who_handed_it_in(draft: Page, editor: User, save: Save) -> None:
    save(editor, draft, text="第一稿。", **{"action-submit": "1"})

    save(editor, draft, text="偷偷改的。")

    assert "第一稿" in str(fresh(draft).get_latest_revision_as_object().body)


def test_an_identity_number_that_came_in_later_cannot_be_approved(
    draft: Page, editor: User, second_editor: User, reviewer: User, save: Save
) -> None:
    save(editor, draft, **{"action-submit": "1"})
    save(second_editor, draft, text="证件 440524188001010014")

    decide(reviewer, fresh(draft), "approve")

    assert step(draft) == "初审"


@override_settings(WAGTAILADMIN_BASE_URL="https://baodao.example")
def test_mail_is_in_chinese_and_leads_to_this_site(
    draft: Page, editor: User, second_editor: User, reviewer: User, save: Save
) -> None:
    save(editor, draft, **{"action-submit": "1"})
    decide(second_editor, fresh(draft), "reject", comment="请补电话")

    assert mail.outbox
    for message in mail.outbox:
        assert "关于食堂" in message.subject
        links = [word for word in message.body.split() if word.startswith("http")]
        assert all(link.startswith("https://baodao.example/") for link in links)
        english = [line for line in message.body.splitlines() if line.strip() and line.isascii() and "http" not in line]
        assert english == []


def test_reviewers_see_what_waits_for_them(draft: Page, editor: User, second_editor: User, save: Save) -> None:
    save(editor, draft, **{"action-submit": "1"})
    url = reverse("editing:pile", args=["to-review"])

    assert "关于食堂" in at_desk(second_editor).get(url).content.decode()
    assert "关于食堂" not in at_desk(editor).get(url).content.decode()
