"""What a form does not ask for is not taken: fields sent beside the good ones change nothing, at any address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db.models import Model
from django.forms import ModelForm
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.members.models import User
from portal.organisations.models import Post
from tests.access.addresses import Address, addresses
from tests.access.arguments import cases
from tests.access.asking import NOTHING, rolled_back
from tests.access.roles import Role
from tests.access.world import World
from tests.portal.members.doors import SIGN_UP, come_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NEVER_ASKED = frozenset(
    {"is_staff", "is_superuser", "is_active", "groups", "user_permissions", "password", "state", "closed_at"}
    | {"confirmed_by", "confirmed_at", "person", "member", "created_by", "path"}
)
"""Fields of models that no form may write by itself: actions do, after they have looked who asks."""

OURS = [address for address in addresses() if address.pattern.startswith(("portal/", "account/", "join/"))]
ASKING = (Role.MEMBER, Role.ORGANISER, Role.CONTACT)


def extra(world: World) -> dict[str, str]:
    """Return what somebody would add who wants more than they may have."""
    other = str(world.people[Role.OTHER_MEMBER].pk)
    return {
        **dict.fromkeys(("is_staff", "is_superuser"), "on"),
        "is_active": "",
        "state": "accepted",
        "area": str(world.there.community.pk),
        "unit": str(world.there.unit.pk),
        **dict.fromkeys(("person", "member", "confirmed_by"), other),
        "role": "administrator",
        "closed_at": "2020-01-01 00:00",
        "minutes": "600",
    }


def kept() -> dict[str, list[Any]]:
    """Return the columns that ``extra`` names, of every row of the portal."""
    names = set(extra_names())
    found: dict[str, list[Any]] = {}
    for model in apps.get_models():
        if model.__module__.startswith("portal.") and (columns := _columns(model, names)):
            found[model._meta.label] = list(model._base_manager.order_by("pk").values_list(*columns))
    return found


def extra_names() -> tuple[str, ...]:
    return (
        *("is_staff", "is_superuser", "is_active", "state", "area", "unit", "person", "member"),
        *("role", "closed_at", "minutes", "confirmed_by"),
    )


def _columns(model: type[Model], names: set[str]) -> list[str]:
    return sorted(field.attname for field in model._meta.concrete_fields if field.name in names)


def after(client: Client, path: str, data: dict[str, Any]) -> tuple[int, dict[str, list[Any]]]:
    """Return the answer to ``data`` and what stands there afterwards; nothing of it stays."""
    with rolled_back():
        status = client.post(path, data).status_code
        return status, kept()


def as_person(person: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def all_forms(base: type[Any] = ModelForm) -> set[type[Any]]:
    found = set(base.__subclasses__())
    return found | {form for one in found for form in all_forms(one)}


def test_no_form_writes_a_field_that_is_ours_to_set() -> None:
    forms = [form for form in all_forms() if form.__module__.startswith("portal.")]

    written = {form.__qualname__: NEVER_ASKED & set(form._meta.fields or ()) for form in forms}

    assert forms
    assert not {form: fields for form, fields in written.items() if fields}
    assert not [form.__qualname__ for form in forms if form._meta.fields is None], "Name the fields of these."


@pytest.mark.parametrize("address", OURS, ids=lambda address: address.pattern)
def test_nobody_gets_rights_by_sending_them(address: Address, world: World) -> None:
    before = Post.objects.filter(role="administrator").count()
    for key, path in cases(address, world):
        for role in ASKING:
            with rolled_back():
                as_person(world.people[role]).post(path, NOTHING | extra(world))
                assert not User.objects.filter(is_superuser=True).exclude(pk=world.superuser.pk).exists(), key
                assert not User.objects.filter(is_active=False).exists(), key
                assert Post.objects.filter(role="administrator").count() == before, key


def today(days: int = 0) -> str:
    return str(timezone.localdate() + timedelta(days=days))


FORMS: dict[str, tuple[Role, Callable[[World], str], Callable[[World], dict[str, Any]]]] = {
    "profile": (
        Role.MEMBER,
        lambda w: reverse("members:profile"),
        lambda w: (
            {"own_skills": "修自行车"}
            | dict.fromkeys(("skills_seen_by", "free_times_seen_by", "wishes_seen_by", "contact_seen_by"), "only_me")
        ),
    ),
    "report-in": (
        Role.MEMBER,
        lambda w: reverse("report_in:move", args=[w.there.community.code]),
        lambda w: {"consent": "on"},
    ),
    "sign-up": (
        Role.MEMBER,
        lambda w: reverse("activities:sign_up", args=[w.portal.shift.pk]),
        lambda w: {},
    ),
    "activity": (Role.ORGANISER, lambda w: reverse("activities:create"), lambda w: {"title": "义诊"}),
    "activity edit": (
        Role.ORGANISER,
        lambda w: reverse("activities:edit", args=[w.portal.draft.code]),
        lambda w: {"title": "义诊"},
    ),
    "appoint": (
        Role.ADMINISTRATOR,
        lambda w: reverse("organisations:appoint_at_area", args=[w.here.community.pk]),
        lambda w: _named(w) | {"role": "committee_member", "starts_on": today()},
    ),
    "delegate": (
        Role.ORGANISER,
        lambda w: reverse("organisations:delegate", args=[_post(w).pk]),
        lambda w: _named(w) | {"starts_on": today(), "ends_on": today(5)},
    ),
    "roster entry": (
        Role.CONTACT,
        lambda w: reverse("rosters:add", args=[w.here.unit.code]),
        lambda w: {"name": "李雷", "phone": "13900000777"},
    ),
    "own service": (
        Role.MEMBER,
        lambda w: reverse("records:own_new"),
        lambda w: {"title": "买药", "day": today(-3), "since": "09:00", "minutes": "60", "area": w.here.community.pk},
    ),
}


def _named(world: World) -> dict[str, Any]:
    resident = world.people[Role.OTHER_MEMBER]
    return {"name": resident.name, "phone": str(resident.phone)}


def _post(world: World) -> Post:
    return Post.objects.get(person=world.people[Role.ORGANISER], delegated_from=None)


@pytest.mark.parametrize("name", FORMS)
def test_extra_fields_beside_good_ones_change_nothing(name: str, world: World) -> None:
    role, path_of, data_of = FORMS[name]
    client, path, data = as_person(world.people[role]), path_of(world), data_of(world)

    with time_machine.travel(timezone.now(), tick=False):
        before = kept()
        good = after(client, path, data)
        with_more = after(client, path, extra(world) | data)

    assert good[0] == 302, f"The form is not good: {good[0]}"
    assert with_more == good
    assert good[1] != before or name in {"profile", "activity edit"}


def test_extra_fields_at_the_door_and_at_a_change_of_phone(world: World) -> None:
    """Come in by code, then change the phone: one changes one's own, and gets nothing else."""
    person, client = world.people[Role.RESIDENT], Client()
    with rolled_back():
        come_in(client, person)
        before = kept()
        answer = client.post(reverse("account_change_own_phone"), {"to": "13612345678"} | extra(world))
        assert answer.status_code == 302
        assert kept() == before
        Client().post(SIGN_UP, {"name": "新来的", "phone": "13612345679"} | extra(world))
        newcomer = User.objects.filter(phone="+8613612345679").first()
        assert newcomer is None or not (newcomer.is_staff or newcomer.is_superuser)


def test_organiser_cannot_become_administrator(world: World) -> None:
    organiser = world.people[Role.ORGANISER]
    client, ways = as_person(organiser), []
    oneself = {"name": organiser.name, "phone": str(organiser.phone), "starts_on": today()}
    for role in ("administrator", "supervisor", "organiser"):
        for place in (world.here, world.there):
            areas = (place.community, place.street, place.city)
            ways += [(reverse("organisations:appoint_at_area", args=[area.pk]), {"role": role}) for area in areas]
            ways.append((reverse("organisations:appoint_at_unit", args=[place.unit.pk]), {"role": role}))

    for path, data in ways:
        status, _rows = after(client, path, oneself | data)
        assert status == 404, path


def test_what_one_hands_on_is_never_more_than_one_has(world: World) -> None:
    own = _post(world)
    client = as_person(own.person)
    data = _named(world) | {"starts_on": today(), "ends_on": today(5)}
    higher = {"role": "administrator", "area": str(world.here.city.pk)}
    with rolled_back():
        client.post(reverse("organisations:delegate", args=[own.pk]), data | higher)
        handed_on = Post.objects.get(person=world.people[Role.OTHER_MEMBER])
        assert (handed_on.role, handed_on.area, handed_on.unit) == (own.role, own.area, None)
    others = Post.objects.exclude(person=own.person)
    assert others
    for post in others:
        assert after(client, reverse("organisations:delegate", args=[post.pk]), data)[0] == 404


def test_administrator_appoints_nobody_in_the_other_place(world: World) -> None:
    client = as_person(world.people[Role.ADMINISTRATOR])
    data = _named(world) | {"role": "administrator", "starts_on": today()}
    for area in (world.there.community, world.there.street, world.there.city):
        assert after(client, reverse("organisations:appoint_at_area", args=[area.pk]), data)[0] == 404
    assert after(client, reverse("organisations:appoint_at_unit", args=[world.there.unit.pk]), data)[0] == 404
    over = reverse("organisations:appoint_at_area", args=[world.here.community.pk])
    status, rows = after(client, over, data | {"area": str(world.there.city.pk)})
    assert status == 302
    assert rows["organisations.Post"].count((world.there.city.pk,)) == 0
