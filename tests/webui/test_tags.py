import pytest
from django.template import Context, Template
from django.test import RequestFactory

from webui.templatetags.webui import duration, masked_name, masked_phone


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 分钟"), (45, "45 分钟"), (60, "1 小时"), (90, "1 小时 30 分钟"), (6000, "100 小时"), (None, "0 分钟")],
)
def test_duration_says_minutes_as_people_do(minutes: int | None, words: str):
    assert duration(minutes) == words


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13800001234", "138****1234"), ("+8613800001234", "138****1234"), ("", "未填写"), (None, "未填写")],
)
def test_masked_phone_hides_the_middle(phone: str | None, shown: str):
    assert masked_phone(phone) == shown


def test_masked_name_shows_the_family_name_only():
    assert masked_name("张大山") == "张*"
    assert masked_name("") == ""


def test_querystring_with_keeps_the_rest_of_the_query():
    request = RequestFactory().get("/", {"q": "助餐", "page": "2"})

    shown = Template("{% load webui %}{% querystring_with page=3 q=None %}").render(Context({"request": request}))

    assert shown == "?page=3"
