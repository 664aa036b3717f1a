"""Ask an address as somebody, say the answer in a word, and leave everything as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from portal.members.models import User

NOT_COUNTED = ("django_session", '"cache"', '"page_cache"')
"""Tables that say nothing about what was done."""


NOTHING = {"body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
"""A form with nothing filled in; the desk's editors want their lists counted."""


class Visitor:
    """One person's browser. What a request writes is rolled back, and the cookies with it."""

    def __init__(self, person: User | None) -> None:
        self._client = Client(raise_request_exception=False)
        if person:
            self._client.force_login(person)
        self._cookies = self._client.cookies.output()

    def ask(self, method: str, path: str, **more: Any) -> str:
        """Return the answer to ``method path`` as one word; see ``word_of``. A POST sends an empty form."""
        data = [NOTHING] if method == "post" else []
        with rolled_back(), watched() as wrote:
            response = getattr(self._client, method)(path, *data, **more)
            word = word_of(response)
            if response.streaming:
                response.getvalue()  # to its end, which closes it
        self._client.cookies = SimpleCookie(self._cookies.replace("Set-Cookie: ", ""))
        return f"{word}+" if wrote else word

    def led_to(self, path: str, data: dict[str, str]) -> Iterator[str]:
        """Yield where GET and POST of ``path`` lead, for those that lead anywhere."""
        for method, body in (("get", None), ("post", data | {"password": "向阳花", "mode": "elder"})):
            with rolled_back():
                response = getattr(self._client, method)(path, body) if body else self._client.get(path)
            self._client.cookies = SimpleCookie(self._cookies.replace("Set-Cookie: ", ""))
            if response.has_header("Location"):
                yield response["Location"]


def word_of(response: HttpResponseBase) -> str:
    """Return the status, or where a redirect leads when it is a refusal.

    ``login``: the one log-in door. ``desk``: the editors' door, which sends strangers to the log-in and refuses others.
    ``home``: back to the desk's first page, as Wagtail refuses those who may come to the desk and not here.
    """
    if response.status_code not in (301, 302, 303):
        return str(response.status_code)
    target = urlsplit(response["Location"]).path
    doors = {
        reverse("account_request_login_code"): "login",
        reverse("cms_login"): "desk",
        reverse("wagtailadmin_home"): "home",
    }
    return doors.get(target, str(response.status_code))


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo in the database whatever happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Collect the tables that are written to, sessions and caches aside."""
    wrote: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not any(name in sql[:80] for name in NOT_COUNTED):
            wrote.append(sql[:80])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield wrote
