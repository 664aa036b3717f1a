"""Whoever only reads gets no cookie: a walk over every public page there is a link to. The others are all said."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import website as make

pytestmark = pytest.mark.django_db

# What one opens to write something; a cookie is needed from there on.
NEEDED = ("/portal/", "/account/", "/display/", "/feedback/?", "/feedback/#", "/cms/", "/demo/")

# Every cookie of ours, and those of Django, by the words the page about privacy has for it.
SAID = {
    "display": "您打开长辈版：记住这个选择，一年。",
    "check_in_day": "工作人员打开签到台：记住这台设备可能有没上传的签到，30 天。",
    "tablet_shift": "工作人员打开现场平板：这台设备给哪一个班次签到，班次的签到结束就失效。",
}
SAID_OF_DJANGO = {
    "csrftoken": "您打开要填写的表单：防止别的网站冒用，随表单使用，一年。",
    "sessionid": "您登录：记住您已登录，退出即失效，最长两周。",
    "messages": "您办完一件事：下一页上那一句提示，显示过就删除。",
}
SETTERS = ("set_cookie", "set_signed_cookie")


def test_the_page_about_privacy_names_every_cookie_there_is(client: Client) -> None:
    make.home_page()
    page = client.get("/privacy/").content.decode()

    assert set(cookies_set()) == set(SAID)
    assert {settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME} <= set(SAID_OF_DJANGO)
    assert [words for words in (*SAID.values(), *SAID_OF_DJANGO.values()) if words not in page] == []


def cookies_set() -> Iterator[str]:
    """Return the name of every cookie the source sets: a constant of its module, or it is not found here."""
    for root in ("site", "portal", "search"):
        for path in Path(settings.BASE_DIR, root).rglob("*.py"):
            text = path.read_text()
            if not any(f".{setter}(" in text for setter in SETTERS):
                continue
            source = Path(settings.BASE_DIR, "site" if root == "site" else "")
            module = import_module(".".join(path.relative_to(source).with_suffix("").parts))
            for call in ast.walk(ast.parse(text)):
                if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in SETTERS:
                    yield str(getattr(module, ast.unparse(call.args[0])))


def test_a_walk_over_the_public_pages_leaves_no_cookie(client: Client) -> None:
    make.home_page()
    for factory in (make.ServicePageFactory, make.CaseStudyPageFactory, make.PersonPageFactory, make.VenuePageFactory):
        factory()
    for factory in (make.ContentPageFactory, make.MethodPageFactory, make.ActivityCalendarPageFactory):
        factory()
    seen: set[str] = set()
    ahead = ["/"]

    while ahead and len(seen) < 80:
        path = ahead.pop()
        seen.add(path)
        response = client.get(path)
        assert not client.cookies, path
        if response.headers.get("Content-Type", "").startswith("text/html"):
            found = re.findall(r'href="(/[^"#]*)"', response.content.decode())
            ahead += [each for each in dict.fromkeys(found) if _is_to_read(each) and each not in {*seen, *ahead}]

    assert {"/", "/privacy/", "/site-map/", "/feed/"} <= seen
    assert len(seen) > 12


def _is_to_read(path: str) -> bool:
    return path != "/feedback/" and not path.startswith(("/static/", "/media/", *NEEDED))
