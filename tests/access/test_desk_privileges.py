"""Whoever manages people at the desk gives nobody more than they hold themselves."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from portal.members.models import User
from tests.factories.members import UserFactory
from tests.portal.personal_data.proofs import prove

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client: Client) -> User:
    """An editor who may also manage people and, so the group says, groups."""
    group = Group.objects.create(name="人事")
    group.permissions.set(
        Permission.objects.filter(
            codename__in=["access_admin", "add_user", "change_user", "delete_user", "add_group", "change_group"]
        )
    )
    person: User = UserFactory()
    person.groups.set([group, Group.objects.get(name="编辑")])
    prove(client, person)
    return person


def form_of(user: User, **more: object) -> dict[str, object]:
    return {"phone": str(user.phone or ""), "name": user.name, "email": "", "is_active": "on", **more}


def edit(user: User) -> str:
    return reverse("wagtailusers_users:edit", args=[user.pk])


def test_manager_cannot_make_a_superuser(client: Client, manager: User) -> None:
    user = UserFactory()

    client.post(edit(user), form_of(user, is_superuser="on"))
    client.post(reverse("wagtailusers_users:add"), {"phone": "13900003333", "name": "新人", "is_superuser": "on"})

    assert not User.objects.filter(is_superuser=True).exists()
    assert User.objects.filter(phone="+8613900003333").exists()


def test_manager_cannot_make_themselves_a_superuser(client: Client, manager: User) -> None:
    own = [str(group.pk) for group in manager.groups.all()]
    client.post(edit(manager), form_of(manager, is_superuser="on", groups=own))
    client.post(reverse("wagtailadmin_account"), {"name_email-is_superuser": "on", "is_superuser": "on"})

    manager.refresh_from_db()
    assert not manager.is_superuser


def test_manager_gives_only_groups_within_their_own(client: Client, manager: User) -> None:
    user = UserFactory()
    editors, reviewers = (Group.objects.get(name=name) for name in ("编辑", "审核"))

    refused = client.post(edit(user), form_of(user, groups=[reviewers.pk]))
    assert refused.status_code == 200
    assert not user.groups.exists()

    client.post(edit(user), form_of(user, groups=[editors.pk]))
    assert list(user.groups.all()) == [editors]


@pytest.mark.parametrize("above", ["superuser", "reviewer", "right of their own"])
def test_manager_does_not_touch_who_may_do_more(client: Client, manager: User, above: str) -> None:
    user = UserFactory(is_superuser=above == "superuser")
    if above == "reviewer":
        user.groups.add(Group.objects.get(name="审核"))
    if above == "right of their own":
        user.user_permissions.add(Permission.objects.first())
    password, phone = user.password, user.phone

    taken = form_of(user, phone="13900009999", password1="一扇红色的门-2026", password2="一扇红色的门-2026")
    client.post(edit(user), taken)
    client.post(reverse("wagtailusers_users:delete", args=[user.pk]))

    user.refresh_from_db()
    assert (user.password, user.phone) == (password, phone)


@pytest.mark.parametrize("address", ["add", "edit", "delete"])
def test_groups_are_a_superusers(client: Client, manager: User, address: str) -> None:
    group = Group.objects.get(name="编辑")
    arguments = [] if address == "add" else [group.pk]
    before = group.permissions.count()

    for method in (client.get, client.post):
        assert method(reverse(f"wagtailusers_groups:{address}", args=arguments)).status_code == 302

    assert group.permissions.count() == before
    assert not Group.objects.filter(name="").exists()


def bulk(action: str, *users: User) -> str:
    return reverse("wagtail_bulk_action", args=["members", "user", action], query={"id": [user.pk for user in users]})


def test_many_at_once_are_given_no_more_either(client: Client, manager: User) -> None:
    user, reviewers = UserFactory(), Group.objects.get(name="审核")

    client.post(bulk("assign_role", user), {"role": reviewers.pk})
    assert not user.groups.exists()

    client.post(bulk("assign_role", user), {"role": Group.objects.get(name="编辑").pk})
    assert [group.name for group in user.groups.all()] == ["编辑"]


@pytest.mark.parametrize("action", ["set_active_state", "delete"])
def test_many_at_once_reach_nobody_who_may_do_more(client: Client, manager: User, action: str) -> None:
    above = UserFactory(is_superuser=True)

    client.post(bulk(action, UserFactory(), above), {"mark_as_active": "False"})

    above.refresh_from_db()
    assert above.is_active


def test_superuser_gives_everything(client: Client) -> None:
    prove(client, UserFactory(is_superuser=True))
    user = UserFactory()

    client.post(edit(user), form_of(user, is_superuser="on", groups=[Group.objects.get(name="审核").pk]))

    user.refresh_from_db()
    assert user.is_superuser
    assert [group.name for group in user.groups.all()] == ["审核"]


@pytest.mark.parametrize("given", [{}, {"name": "新人"}, {"phone": "13900003333"}])
def test_nobody_is_added_without_a_phone_and_a_name(client: Client, given: dict[str, str]) -> None:
    prove(client, UserFactory(is_superuser=True))
    before = User.objects.count()

    response = client.post(reverse("wagtailusers_users:add"), given)

    assert response.status_code == 200
    assert User.objects.count() == before
