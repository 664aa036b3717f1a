from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.activities.enums import SignUpState
from portal.members.models import User
from portal.notices.models import Message
from portal.personal_data import actions
from portal.personal_data.enums import CLOSING_TRANSITIONS, ClosingState
from portal.personal_data.errors import HoldsPostsError, IsSuperuserError
from portal.personal_data.models import AccountClosing
from portal.report_in.enums import ReportInState
from tests.factories.activities import ShiftFactory, SignUpFactory
from tests.factories.members import PASSWORD, RosterEntryFactory, UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.personal_data import AccountClosingFactory, LegalHoldFactory
from tests.factories.report_in import MemberReportInFactory
from tests.portal.personal_data.proofs import prove

pytestmark = pytest.mark.django_db

CLOSE = reverse("personal_data:close")


def logged():
    return list(
        ModelLogEntry.objects.filter(action__startswith="personal_data").order_by("pk").values_list("action", flat=True)
    )


def today():
    return timezone.localdate()


def test_closing_waits_and_is_asked_for_once():
    person = UserFactory()

    closing = actions.ask_to_close(person=person)

    assert closing.due_on == today() + timedelta(days=15)
    assert actions.ask_to_close(person=person) == closing
    assert logged() == ["personal_data.accountclosing.waiting"]
    assert actions.close_due(today=closing.due_on - timedelta(days=1)) == 0


@pytest.mark.parametrize(("days", "waits"), [(3, 3), (400, 15)])
def test_a_city_may_wait_less_but_never_longer(settings, days, waits):
    settings.ACCOUNT_CLOSING_DAYS = days

    assert actions.ask_to_close(person=UserFactory()).due_on == today() + timedelta(days=waits)


def test_who_holds_a_post_or_runs_the_system_is_refused():
    with pytest.raises(HoldsPostsError):
        actions.ask_to_close(person=PostFactory().person)
    with pytest.raises(HoldsPostsError):
        actions.ask_to_close(person=PostFactory(starts_on=today() + timedelta(days=3)).person)
    with pytest.raises(IsSuperuserError):
        actions.ask_to_close(person=UserFactory(is_superuser=True))
    assert actions.ask_to_close(person=PostFactory(ends_on=today()).person)


def test_logging_in_takes_it_back(client):
    closing = AccountClosingFactory()

    client.post(reverse("account_login"), {"login": str(closing.person.phone), "password": PASSWORD})

    closing.refresh_from_db()
    assert closing.state == ClosingState.CANCELLED
    assert "注销账户已取消" in Message.objects.get(recipient=closing.person).title
    assert logged() == ["personal_data.accountclosing.cancelled"]
    assert not actions.cancel_closing(person=closing.person, by=closing.person)


def test_a_closing_that_is_due_ends_what_is_open_and_leaves_a_number():
    report_in = MemberReportInFactory(accepted=True)
    person = report_in.person
    entry = RosterEntryFactory(person=person, phone=person.phone)
    ahead = SignUpFactory(member=person, shift=ShiftFactory())
    closing = AccountClosingFactory(person=person, due=True)

    assert actions.close_due(today=today()) == 1
    assert actions.close_due(today=today()) == 0

    for row in (person, closing, report_in, ahead, entry):
        row.refresh_from_db()
    assert (person.is_active, person.phone, person.name) == (False, None, f"已注销用户 #{person.pk}")
    assert not person.has_usable_password()
    assert closing.state == ClosingState.DONE
    assert report_in.state == ReportInState.ENDED
    assert ahead.state == SignUpState.WITHDRAWN
    assert (entry.person, entry.phone, entry.left_on) == (None, "", today())
    assert not person.home_memberships.filter(ends_on__isnull=True).exists()
    assert logged() == ["personal_data.user.erased", "personal_data.accountclosing.done"]


def test_the_same_phone_may_begin_anew():
    closing = AccountClosingFactory(due=True)
    phone = closing.person.phone
    actions.close_due(today=today())

    assert User.objects.create_user(str(phone)) != closing.person


def test_a_post_given_meanwhile_takes_the_closing_back():
    closing = AccountClosingFactory(due=True)
    PostFactory(person=closing.person)

    assert actions.close_due(today=today()) == 0

    closing.refresh_from_db()
    assert closing.state == ClosingState.CANCELLED
    assert "职责" in Message.objects.get(recipient=closing.person).body


@pytest.mark.parametrize(("until", "erased"), [(None, 0), (1, 0), (-1, 1)])
def test_what_the_law_keeps_is_not_erased(until, erased):
    closing = AccountClosingFactory(due=True)
    LegalHoldFactory(person=closing.person, until=None if until is None else today() + timedelta(days=until))

    assert actions.close_due(today=today()) == erased


def test_a_closing_that_breaks_holds_up_no_other(monkeypatch):
    broken, fine = AccountClosingFactory.create_batch(2, due=True)
    whole = actions.closing.erase

    def breaks(*, person):
        if person == broken.person:
            raise ValueError
        whole(person=person)

    monkeypatch.setattr(actions.closing, "erase", breaks)

    assert actions.close_due(today=today()) == 1
    fine.refresh_from_db()
    assert fine.state == ClosingState.DONE


def test_the_clock_closes_accounts():
    closing = AccountClosingFactory(due=True)

    call_command("run_periodic", stdout=StringIO())

    closing.refresh_from_db()
    assert closing.state == ClosingState.DONE


def test_the_database_allows_one_that_waits_and_known_states_only():
    closing = AccountClosingFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        AccountClosingFactory(person=closing.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountClosing.objects.filter(pk=closing.pk).update(state="unknown")


def test_the_table_of_moves():
    assert {ClosingState.WAITING: {ClosingState.CANCELLED, ClosingState.DONE}} == CLOSING_TRANSITIONS


def test_the_page_asks_for_a_tick_and_logs_out(client):
    person = UserFactory()
    prove(client, person)
    assert "会删除的" in client.get(CLOSE).content.decode()
    assert client.post(CLOSE).status_code == 422

    leaving = client.post(CLOSE, {"understood": "on"})
    response = client.get(leaving["Location"])

    assert leaving["Clear-Site-Data"] == '"storage"'
    assert "注销申请已收到" in response.content.decode()
    assert "_auth_user_id" not in client.session
    assert AccountClosing.objects.get().person == person


def test_the_page_says_what_is_in_the_way(client):
    post = PostFactory(area__name="云水社区")
    prove(client, post.person)

    body = client.post(CLOSE, {"understood": "on"}).content.decode()

    assert "请先请管理员结束您的任职" in body
    assert "云水社区" in body
    assert not AccountClosing.objects.exists()


def test_the_page_asks_who_one_is(client):
    assert client.get(CLOSE).status_code == 302
    client.force_login(UserFactory())

    assert client.post(CLOSE, {"understood": "on"}).status_code == 302
    assert not AccountClosing.objects.exists()


def test_nobody_is_deleted_at_the_editors_desk(client):
    client.force_login(UserFactory(is_superuser=True))
    person = UserFactory()

    one = client.post(reverse("wagtailusers_users:delete", args=[person.pk]), follow=True)
    many = client.post(
        reverse("wagtail_bulk_action", args=["members", "user", "delete"]) + f"?id={person.pk}", follow=True
    )

    assert "用户不能在这里删除" in one.content.decode()
    assert "用户不能在这里删除" in many.content.decode()
    assert User.objects.filter(pk=person.pk).exists()


def test_administrators_note_what_the_law_keeps(client):
    client.force_login(UserFactory(is_superuser=True))

    assert client.get("/cms/snippets/personal_data/legalhold/").status_code == 200
    assert client.get("/cms/snippets/personal_data/legalhold/add/").status_code == 200
