"""HEAD is answered as GET is, and a method that no page was made for does nothing and says nothing, at any address."""

import pytest
from django.test import Client

from tests.access import matrix
from tests.access.addresses import Address, addresses
from tests.access.arguments import cases
from tests.access.asking import Visitor
from tests.access.roles import Role
from tests.access.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

EXPECTED = matrix.expected()
ALLOWED = "GET, HEAD, POST"
AT_THE_DESK = (
    ("/preview/", ("DELETE",)),
    ("cms/dismissibles/", ("PATCH",)),
    ("cms/localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/", ("PUT", "DELETE")),
    ("cms/localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/", ("PUT", "DELETE")),
)
"""What the desk's own scripts send besides, by a part of the address."""

WITHOUT_HEAD = (
    *("cms/bulk/", "cms/block-preview/", "cms/pages/add/", "cms/pages/<int:page_id>/edit/preview/"),
    "cms/pages/<int:page_id>/revisions/",
)
"""Wagtail's previews and bulk actions name their methods, and HEAD is none of them: 405 tells no more than GET."""
ICONS = "cms/sprite/"  # for everybody, whatever the method
REFUSED = {"desk", "home", "login", "403", "404", "405"}


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.pattern or "wagtail_serve")
def test_head_is_answered_as_get(address: Address, world: World, visitors: dict[Role, Visitor]) -> None:
    for key, path in cases(address, world):
        for role in (Role.ANONYMOUS, Role.EDITOR if key.startswith("cms/") else Role.MEMBER):
            get, head = EXPECTED[key][role].split("/")[0], visitors[role].ask("head", path)
            # HEAD may leave unwritten what GET writes: nobody has read anything yet.
            refused = {"405"} if key.startswith(WITHOUT_HEAD) else set()
            assert head in {get, get.removesuffix("+")} | refused, f"HEAD {key} as {role}: {head}, not {get}"


def test_other_methods_are_refused_before_any_page(world: World) -> None:
    strangers, superuser = Client(), Client()
    superuser.force_login(world.superuser)
    for address in addresses():
        for key, path in cases(address, world):
            taken = taken_at(key)
            for method in {"OPTIONS", "PUT", "PATCH", "DELETE", "TRACE"} - set(taken):
                for client in (strangers, superuser):
                    answer = getattr(client, method.lower())(path)
                    assert answer.status_code == 405, f"{method} {key}"
                    assert answer["Allow"] == ", ".join((ALLOWED, *taken)), key
                    assert not answer.content, key


def taken_at(key: str) -> tuple[str, ...]:
    if not key.startswith("cms/"):
        return ()
    return next((methods for part, methods in AT_THE_DESK if part in key), ())


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_desk_keeps_strangers_out_whatever_the_method(method: str, world: World, visitors: dict[Role, Visitor]) -> None:
    for address in addresses():
        for key, path in cases(address, world) if address.pattern.startswith("cms/") else ():
            answer = visitors[Role.RESIDENT].ask(method, path)
            assert answer in {"desk", "403", "404", "405"} or key == ICONS, f"{method.upper()} {key}: {answer}"


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.SUPERUSER])
def test_no_method_writes_at_the_desk_where_post_is_refused(
    role: Role, world: World, visitors: dict[Role, Visitor]
) -> None:
    wrote = []
    for address in addresses():
        for key, path in cases(address, world) if address.pattern.startswith("cms/") else ():
            if EXPECTED[key][role].split("/")[-1] not in REFUSED:
                continue
            answers = {method: visitors[role].ask(method, path) for method in ("put", "patch", "delete")}
            wrote += [f"{method.upper()} {key}: {answer}" for method, answer in answers.items() if answer[-1] == "+"]

    assert not wrote
