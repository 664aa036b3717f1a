"""The editors' desk: who comes in, and what they find."""

import re

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.search.models import IndexEntry

from portal.members.models import User
from tests.factories.members import UserFactory
from tests.portal.personal_data.proofs import prove

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> User:
    user: User = UserFactory(is_superuser=True, name="林管理")
    prove(client, user)
    return user


def test_stranger_is_sent_to_the_one_log_in(client: Client) -> None:
    response = client.get("/cms/", follow=True)

    assert response.redirect_chain[-1][0].startswith(reverse("account_request_login_code"))
    assert "next=/cms/" in response.redirect_chain[-1][0]


def test_member_without_the_right_is_told_so(client: Client) -> None:
    client.force_login(UserFactory())

    response = client.get("/cms/", follow=True)

    assert response.status_code == 403
    assert "您没有权限看这个页面" in response.content.decode()


def test_admin_greets_by_name_in_chinese(client: Client, administrator: User) -> None:
    html = client.get("/cms/").content.decode()

    assert "林管理" in html
    assert "控制面板 - 报到编辑台" in html


def test_admin_page_has_the_strict_policy_with_a_nonce_of_its_own(client: Client, administrator: User) -> None:
    policies = [client.get("/cms/").headers["Content-Security-Policy"] for _ in range(2)]

    assert "unsafe" not in policies[0]
    assert "script-src 'self' 'nonce-" in policies[0]
    assert policies[0] != policies[1]


def test_user_list_masks_phones(client: Client, administrator: User) -> None:
    UserFactory(phone="+8613812345678", name="王小满")

    html = client.get(reverse("wagtailusers_users:index")).content.decode()

    assert "王小满" in html
    assert "138****5678" in html
    assert "12345678" not in html


def test_people_are_found_by_name_without_standing_in_a_search_index(client: Client, administrator: User) -> None:
    UserFactory(name="王小满")
    UserFactory(name="李四")

    html = client.get(reverse("wagtailusers_users:index"), {"q": "小满"}).content.decode()

    assert ("王小满" in html, "李四" in html) == (True, False)
    assert not IndexEntry.objects.filter(content_type=ContentType.objects.get_for_model(User)).exists()


def test_administrator_makes_an_editor(client: Client, administrator: User) -> None:
    editors, _ = Group.objects.get_or_create(name="编辑")
    form = {"phone": "13900001111", "name": "周编辑", "email": "", "groups": [editors.pk]}

    response = client.post(reverse("wagtailusers_users:add"), form)

    assert response.status_code == 302
    user = User.objects.get(phone="+8613900001111")
    assert user.name == "周编辑"
    assert list(user.groups.all()) == [editors]


def test_administrator_changes_a_name(client: Client, administrator: User) -> None:
    user = UserFactory(phone="+8613900002222")
    form = {"phone": "13900002222", "name": "新名字", "email": "", "is_active": "on"}

    response = client.post(reverse("wagtailusers_users:edit", args=[user.pk]), form)

    assert response.status_code == 302
    user.refresh_from_db()
    assert user.name == "新名字"


def test_how_to_reach_somebody_is_replaced_and_never_read(client: Client, administrator: User) -> None:
    user = UserFactory(phone="+8613900002222", email="ming@demo.invalid", phone_verified_at=timezone.now())
    address = reverse("wagtailusers_users:edit", args=[user.pk])

    html = client.get(address).content.decode()
    client.post(address, {"phone": "", "name": "新名字", "email": "", "is_active": "on"})

    assert "139****2222" in html
    assert "m***@demo.invalid" in html
    assert not re.search(r"139\s?0000\s?2222|ming@demo", html)
    user.refresh_from_db()
    assert (user.name, str(user.phone), user.email) == ("新名字", "+8613900002222", "ming@demo.invalid")
    assert user.phone_verified_at


def test_a_form_with_nothing_in_it_takes_nobodys_name(client: Client, administrator: User) -> None:
    user = UserFactory(name="王小满")

    response = client.post(reverse("wagtailusers_users:edit", args=[user.pk]), {})

    assert response.status_code == 200
    user.refresh_from_db()
    assert (user.name, user.is_active) == ("王小满", True)


def test_a_phone_an_administrator_writes_is_not_proved(client: Client, administrator: User) -> None:
    user = UserFactory(phone="+8613900002222", phone_verified_at=timezone.now())
    elsewhere, somebody_else = Client(), Client()
    elsewhere.force_login(user)
    somebody_else.force_login(UserFactory())
    form = {"phone": "13900003333", "name": user.name, "email": "", "is_active": "on"}

    client.post(reverse("wagtailusers_users:edit", args=[user.pk]), form)

    user.refresh_from_db()
    assert (str(user.phone), user.phone_verified_at) == ("+8613900003333", None)
    assert elsewhere.get(reverse("dashboard:home")).status_code == 302
    assert somebody_else.get(reverse("dashboard:home")).status_code == 200
    entry = ModelLogEntry.objects.for_instance(user).get(action="base.user.phone_changed")
    assert entry.user == administrator


def test_a_phone_written_anew_the_same_stays_proved(client: Client, administrator: User) -> None:
    user = UserFactory(phone="+8613900002222", phone_verified_at=timezone.now())
    form = {"phone": "139 0000 2222", "name": "新名字", "email": "", "is_active": "on"}

    client.post(reverse("wagtailusers_users:edit", args=[user.pk]), form)

    user.refresh_from_db()
    assert user.name == "新名字"
    assert user.phone_verified_at


def test_account_page_changes_ones_own_name(client: Client, administrator: User) -> None:
    html = client.get(reverse("wagtailadmin_account")).content.decode()
    assert 'name="name_email-name"' in html
    assert "first_name" not in html

    form = {"name_email-name": "林主任", "locale-preferred_language": "zh-hans"}
    form |= {"theme-theme": "system", "theme-density": "default", "theme-contrast": "system"}
    response = client.post(reverse("wagtailadmin_account"), form)

    assert response.status_code == 302
    administrator.refresh_from_db()
    assert administrator.name == "林主任"


def test_crawlers_are_told_where_the_public_half_is(client: Client) -> None:
    response = client.get("/robots.txt")

    lines = response.content.decode().splitlines()
    assert "Disallow: /cms/" in lines
    assert "Disallow: /portal/" in lines
    assert "Allow: /portal/activities/" in lines
    assert lines[-1].endswith("/sitemap.xml")
