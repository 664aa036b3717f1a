"""Who makes sure that a service is still true, and until when."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from portal.notices.models import Message
from tests.factories.members import UserFactory
from tests.website.services.making import a_service
from website.services import queries
from website.services.actions import confirm, remind_keepers
from website.services.errors import LockedError, UnpublishedError
from website.services.models import ReviewReminder, ServicePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def due(today: date, **fields) -> ServicePage:
    return a_service(checked_on=today - timedelta(days=200), review_by=today - timedelta(days=20), **fields)


def test_the_next_review_is_counted_from_the_last_unless_somebody_set_it(today: date) -> None:
    counted = a_service(checked_on=today)
    assert counted.review_by == today + timedelta(days=settings.SERVICE_REVIEW_DAYS)

    chosen = a_service(checked_on=today, review_by=today + timedelta(days=30))
    assert chosen.review_by == today + timedelta(days=30)

    chosen.checked_on = chosen.review_by + timedelta(days=1)  # looked at again after the date
    chosen.save()
    assert chosen.review_by == chosen.checked_on + timedelta(days=settings.SERVICE_REVIEW_DAYS)
    assert a_service(checked_on=None).review_by is None


def test_stale_is_what_is_published_and_past_its_date(client: Client, today: date) -> None:
    page = due(today)
    due(today, live=False)
    a_service(checked_on=today - timedelta(days=180), review_by=today)  # its last day

    assert list(queries.stale(on=today)) == [page]
    assert "还没有核对过，内容可能已经变了" in client.get(page.url).content.decode()


def test_an_editor_confirms_with_one_click(client: Client, editor, today: date) -> None:
    page = due(today, title="陪诊")
    list_address = reverse("services_to_review")
    assert "陪诊" in client.get(list_address).content.decode()

    response = client.post(reverse("service_confirm", args=[page.pk]), {"next": f"{list_address}?when=overdue"})

    assert response["Location"] == f"{list_address}?when=overdue"
    page.refresh_from_db()
    assert (page.checked_on, page.checked_by, page.is_stale) == (today, "社区服务岗", False)
    assert page.get_latest_revision_as_object().checked_on == today
    entry = PageLogEntry.objects.get(action="services.service.checked")
    assert (entry.user, entry.page_id) == (editor, page.pk)
    assert "陪诊" not in client.get(f"{list_address}?when=overdue").content.decode().replace("“陪诊”核对无误", "")


def test_a_second_click_changes_nothing(editor, today: date) -> None:
    page = due(today)

    for _ in range(2):
        confirm(page=page, by=editor, on=today)

    assert PageLogEntry.objects.filter(action="services.service.checked").count() == 1


def test_confirming_leaves_an_unfinished_draft_unpublished_and_tells_it(editor, today: date) -> None:
    page = due(today, title="旧标题")
    page.title = "写到一半的标题"
    page.save_revision()

    confirm(page=ServicePage.objects.get(pk=page.pk), by=editor, on=today)

    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert (page.title, page.checked_on, page.has_unpublished_changes) == ("旧标题", today, True)
    assert (draft.title, draft.checked_on) == ("写到一半的标题", today)


def test_confirming_is_refused_for_drafts_and_locked_pages(editor, today: date) -> None:
    with pytest.raises(UnpublishedError):
        confirm(page=due(today, live=False), by=editor, on=today)
    with pytest.raises(LockedError):
        confirm(page=due(today, locked=True, locked_by=UserFactory()), by=editor, on=today)


def test_only_who_may_publish_confirms(client: Client, today: date) -> None:
    page = due(today)
    client.force_login(UserFactory())

    assert client.post(reverse("service_confirm", args=[page.pk]))["Location"].startswith("/cms/login/")
    assert client.get(reverse("services_to_review"))["Location"].startswith("/cms/login/")
    page.refresh_from_db()
    assert page.is_stale


def test_a_foreign_address_to_go_back_to_is_not_followed(client: Client, editor, today: date) -> None:
    response = client.post(reverse("service_confirm", args=[due(today).pk]), {"next": "https://evil.example/"})

    assert response["Location"] == reverse("services_to_review")


def test_the_list_filters_and_is_given_out_as_a_spreadsheet(client: Client, editor, today: date) -> None:
    due(today, title="过期的", keeper=editor)
    a_service(title="快到的", checked_on=today - timedelta(days=175), review_by=today + timedelta(days=5))
    a_service(title="从没核对的", checked_on=None)
    address = reverse("services_to_review")

    for asked, title in (("when=overdue", "过期的"), ("when=soon", "快到的"), ("when=never", "从没核对的")):
        assert title in client.get(f"{address}?{asked}").content.decode()
    assert "快到的" not in client.get(f"{address}?mine=true").content.decode()
    rows = client.get(f"{address}?export=csv").getvalue().decode()
    assert rows.splitlines()[0].startswith("事项编号,标题,类别,状态")
    assert len(rows.splitlines()) == 4


def test_the_edit_page_offers_the_check(client: Client, editor, today: date) -> None:
    page = due(today)
    address = reverse("service_confirm", args=[page.pk])

    assert address in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "都还对吗" in client.get(address).content.decode()


def test_each_keeper_is_told_once_in_the_inbox_and_by_mail(today: date, django_capture_on_commit_callbacks) -> None:
    keeper, other = UserFactory(email="keeper@example.org"), UserFactory()
    for title in ("陪诊", "助浴"):
        due(today, title=title, keeper=keeper)
    due(today, keeper=other)
    due(today)  # nobody keeps it
    a_service(keeper=keeper, checked_on=today)  # not due

    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            call_command("run_periodic", stdout=StringIO())

    message = Message.objects.get(recipient=keeper)
    assert message.title == "有 2 项服务要复核"
    assert "陪诊" in message.body
    assert message.url == f"{reverse('services_to_review')}?mine=true"
    assert Message.objects.filter(recipient=other).count() == 1
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["keeper@example.org"], "有 2 项服务要复核")


def test_a_new_date_is_a_new_reminder_and_a_new_keeper_is_told_too(today: date) -> None:
    keeper, next_keeper = UserFactory(), UserFactory()
    page = due(today, keeper=keeper)
    assert remind_keepers(today=today) == 1

    ServicePage.objects.filter(pk=page.pk).update(keeper=next_keeper)
    assert remind_keepers(today=today) == 1

    later = today + timedelta(days=180)
    ServicePage.objects.filter(pk=page.pk).update(review_by=later)
    assert remind_keepers(today=today) == 0
    assert remind_keepers(today=later - timedelta(days=14)) == 1
    assert ReviewReminder.objects.count() == 3


def test_who_has_left_is_not_told(today: date) -> None:
    due(today, keeper=UserFactory(is_active=False))

    assert remind_keepers(today=today) == 0


def test_one_keeper_whose_message_fails_does_not_keep_the_others_from_theirs(
    today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlucky, lucky = UserFactory(), UserFactory()
    due(today, keeper=unlucky)
    due(today, keeper=lucky)

    def tell(user, **message: str) -> None:
        if user == unlucky:
            raise ConnectionError

    monkeypatch.setattr("website.services.actions.send_message", tell)

    assert remind_keepers(today=today) == 1
    assert list(ReviewReminder.objects.values_list("keeper", flat=True)) == [lucky.pk]


def test_the_form_wants_a_later_review_and_a_keeper_who_may_come_in(client: Client, editor, today: date) -> None:
    from website.services.forms import _may_enter  # noqa: PLC0415 -- only here

    member = UserFactory()
    assert editor in _may_enter(kept_by=None)
    assert member not in _may_enter(kept_by=None)
    assert member in _may_enter(kept_by=member.pk)
