import pytest
from django.contrib.auth.models import Group
from django.test import Client

from tests.factories.members import UserFactory
from tests.factories.website import ContentPageFactory
from website.feedback.models import Feedback

pytestmark = pytest.mark.django_db

DESK = "/cms/feedback/"


@pytest.fixture
def editor(client: Client) -> Client:
    user = UserFactory()
    user.groups.add(Group.objects.get(name="编辑"))
    client.force_login(user)
    return client


def test_editors_see_what_was_said_about_which_page(editor: Client) -> None:
    page = ContentPageFactory(title="关于本站")
    Feedback.objects.create(page=page, text="缺了时间", is_useful=False)
    Feedback.objects.create(text="另一句")

    html = editor.get(DESK).content.decode()
    of_page = editor.get(DESK, {"page": page.pk}).content.decode()

    assert "缺了时间" in html
    assert "关于本站" in html
    assert "另一句" not in of_page
    assert "关于本站（有用 0 · 没用 1 · 未处理 1）" in html


def test_editors_settle_it(editor: Client) -> None:
    feedback = Feedback.objects.create(text="周末开吗")
    address = f"{DESK}edit/{feedback.pk}/"
    assert "周末开吗" in editor.get(address).content.decode()

    refused = editor.post(address, {"state": "answered", "question": "", "answer": "周六开。"})
    assert "公开答复要写这一项" in refused.content.decode()
    editor.post(address, {"state": "answered", "question": "周末开吗？", "answer": "周六开。"})

    feedback.refresh_from_db()
    assert (feedback.state, feedback.answer, feedback.text) == ("answered", "周六开。", "周末开吗")
    assert feedback.handled_by


def test_nobody_adds_at_the_desk_and_editors_do_not_delete(editor: Client, admin_client: Client) -> None:
    feedback = Feedback.objects.create(text="话")

    assert editor.post(f"{DESK}delete/{feedback.pk}/").status_code == 302
    assert Feedback.objects.exists()
    assert admin_client.get(f"{DESK}new/").status_code == 302


def test_desk_costs_the_same_with_one_and_with_many(editor: Client, django_assert_max_num_queries: object) -> None:
    page = ContentPageFactory()
    for number in range(20):
        Feedback.objects.create(page=page, text=f"话{number}")

    with django_assert_max_num_queries(40):  # type: ignore[operator]  # pytest-django's fixture
        editor.get(DESK)
