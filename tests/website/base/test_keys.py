"""What opens an account, at the editors' desk: one's own is changed elsewhere, others' only after a fresh proof."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.members.models import User
from portal.notices.enums import MessageKind
from portal.notices.models import MailboxEntry, Message
from tests.factories.members import PASSWORD, UserFactory
from tests.portal.members.doors import come_in, step_up
from tests.portal.personal_data.proofs import prove

pytestmark = pytest.mark.django_db

Committed = Callable[..., AbstractContextManager[Any]]

ADD = reverse("wagtailusers_users:add")
ACCOUNT = reverse("wagtailadmin_account")
PROOF = reverse("account_reauthenticate_by_code")
NEW_PASSWORD = {"password1": "一扇红色的门-2026", "password2": "一扇红色的门-2026"}
PREFERENCES = {"theme-theme": "system", "theme-density": "default", "theme-contrast": "system"}


@pytest.fixture
def administrator() -> User:
    user: User = UserFactory(is_superuser=True, name="林管理", password=None)
    return user


@pytest.fixture
def member() -> User:
    user: User = UserFactory(phone="+8613900002222", email="ming@demo.invalid", phone_verified_at=timezone.now())
    return user


def edit(user: User) -> str:
    return reverse("wagtailusers_users:edit", args=[user.pk])


def keys_of(user: User) -> tuple[str, str, str]:
    user.refresh_from_db()
    return str(user.phone), user.email, user.password


def told_by_sms(phone: str) -> list[str]:
    return [entry.body for entry in MailboxEntry.objects.filter(recipient=phone)]


def test_an_old_log_in_opens_no_account_and_changes_none(client: Client, administrator: User, member: User) -> None:
    client.force_login(administrator)
    before, people = keys_of(member), User.objects.count()
    form = {"phone": "13900003333", "name": "新人", "email": "new@demo.invalid", "is_active": "on"} | NEW_PASSWORD

    for address in (ADD, edit(member), edit(administrator)):
        for answer in (client.get(address), client.post(address, form)):
            assert answer["Location"].startswith(PROOF), address

    assert keys_of(member) == before
    assert User.objects.count() == people


def test_the_proof_leads_back_to_the_form(client: Client, administrator: User, member: User) -> None:
    client.force_login(administrator)

    assert step_up(client, edit(member)).url == edit(member)
    assert client.get(edit(member)).status_code == 200


def test_a_log_in_just_now_is_a_proof(client: Client, administrator: User) -> None:
    come_in(client, administrator)

    assert client.get(ADD).status_code == 200


def test_what_was_sent_too_late_is_said_to_be_undone(client: Client, administrator: User, member: User) -> None:
    prove(client, administrator, ago=601)

    answer = client.post(edit(member), {"name": "新名字", "is_active": "on"}, follow=True)

    assert "刚才的操作还没有做" in answer.text


def test_whoever_may_not_manage_people_is_refused_and_asked_nothing(client: Client, member: User) -> None:
    editor = UserFactory()
    editor.groups.add(Group.objects.get(name="编辑"))
    client.force_login(editor)

    refused = [client.get(address)["Location"] for address in (edit(member), ADD)]

    assert refused == [reverse("wagtailadmin_home")] * 2


@pytest.mark.parametrize(("action", "form"), [("assign_role", {}), ("set_active_state", {"mark_as_active": "False"})])
def test_many_at_once_wait_for_a_proof_too(
    client: Client, administrator: User, member: User, action: str, form: dict[str, str]
) -> None:
    client.force_login(administrator)
    address = reverse("wagtail_bulk_action", args=["members", "user", action], query={"id": member.pk})
    form = form or {"role": str(Group.objects.get(name="编辑").pk)}

    assert client.post(address, form)["Location"].startswith(PROOF)
    member.refresh_from_db()
    assert (member.is_active, member.groups.count()) == (True, 0)
    step_up(client, address)
    client.post(address, form)
    member.refresh_from_db()
    assert (member.is_active, member.groups.count()) != (True, 0)


def test_ones_own_keys_are_not_changed_at_the_desk(client: Client, administrator: User) -> None:
    prove(client, administrator)
    before = keys_of(administrator)
    form = {"phone": "13900003333", "name": "林主任", "email": "new@demo.invalid"} | NEW_PASSWORD

    page = client.get(edit(administrator)).text
    client.post(edit(administrator), form)

    assert reverse("account_security") in page
    assert not [name for name in ("phone", "email", "password1") if f'name="{name}"' in page]
    assert (keys_of(administrator), administrator.name) == (before, "林主任")


def test_account_page_changes_neither_mailbox_nor_password(client: Client) -> None:
    administrator = UserFactory(is_superuser=True, email="lin@demo.invalid")
    client.force_login(administrator)
    before = keys_of(administrator)
    form = {"name_email-name": "林主任", "name_email-email": "new@demo.invalid"} | PREFERENCES
    form |= {"password-old_password": PASSWORD, "password-new_password1": "一扇红色的门-2026"}
    form |= {"password-new_password2": "一扇红色的门-2026"}

    page = client.get(ACCOUNT).text
    client.post(ACCOUNT, form)

    assert reverse("account_security") in page
    assert "name_email-email" not in page
    assert "new_password" not in page
    assert (keys_of(administrator), administrator.name) == (before, "林主任")


@pytest.mark.parametrize("old", ["ming@demo.invalid", ""])
def test_whose_keys_an_administrator_changes_is_told_where_they_were(
    client: Client,
    administrator: User,
    member: User,
    old: str,
    django_capture_on_commit_callbacks: Committed,
) -> None:
    User.objects.filter(pk=member.pk).update(email=old)
    EmailAddress.objects.create(user=member, email="ming@demo.invalid", verified=True, primary=True)
    prove(client, administrator)
    form = {"phone": "13900003333", "name": "王小满", "email": "new@demo.invalid", "is_active": "on"} | NEW_PASSWORD

    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit(member), form)

    assert keys_of(member)[:2] == ("+8613900003333", "new@demo.invalid")
    assert "管理员已把您账户的手机号换成另一个" in told_by_sms("+8613900002222")[0]
    to_old = [one.body for one in mail.outbox if one.to == ["ming@demo.invalid"]]
    assert [("管理员已把您账户的邮箱换成另一个" in body) for body in to_old] == ([True] if old else [])
    assert not EmailAddress.objects.filter(user=member).exists()
    told = Message.objects.filter(recipient=member, kind=MessageKind.SECURITY).order_by("pk")
    assert [message.title for message in told] == [
        "管理员更换了您的手机号",
        "管理员更换了您的邮箱",
        "管理员给您设了新密码",
    ]


def test_nobody_is_told_of_a_name(
    client: Client, administrator: User, member: User, django_capture_on_commit_callbacks: Committed
) -> None:
    prove(client, administrator)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit(member), {"phone": "", "name": "新名字", "email": "", "is_active": "on"})

    member.refresh_from_db()
    assert member.name == "新名字"
    assert not Message.objects.exists()
    assert not mail.outbox
    assert not MailboxEntry.objects.exists()
