from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from tests.factories.website import ServiceCategoryFactory, ServiceIndexPageFactory, ServicePageFactory, source_locale
from website.base.templatetags.website_tags import dialled, lines
from website.services import queries
from website.services.enums import Channel
from website.services.models import ServicePage

pytestmark = pytest.mark.django_db


def test_service_says_who_may_what_to_bring_where_and_when(client: Client) -> None:
    page = ServicePageFactory(alert="11 月 30 日停办一天。", checked_on=date(2026, 11, 2))

    with time_machine.travel("2026-11-23T04:00:00Z", tick=False):
        html = client.get(page.url).content.decode()

    for heading in ("谁可以办", "要带什么", "怎么办", "地点", "时间", "咨询电话"):
        assert heading in html
    assert '<a class="phone" href="tel:01055500123">010-5550 0123 转 2</a>' in html
    assert "最近核对：2026年11月2日 · 社区服务岗" in html
    assert html.index("11 月 30 日停办一天。") < html.index("<h1>")


def test_missing_facts_are_absent(client: Client) -> None:
    service = ServicePageFactory(documents="", steps="", phone="", checked_on=None, by_counter=False)

    html = client.get(service.url).content.decode()

    for heading in ("要带什么", "怎么办", "咨询电话", "最近核对", "办理方式"):
        assert heading not in html


def test_channels_are_those_that_are_ticked() -> None:
    assert ServicePage(by_counter=True, by_home_visit=True).channels == [Channel.COUNTER, Channel.HOME_VISIT]


def test_code_is_used_once_in_a_language() -> None:
    first = ServicePageFactory(code="A-1")
    second = ServicePageFactory(parent=first.get_parent(), code="A-2")

    second.code = "A-1"

    with pytest.raises(ValidationError, match="这个事项编号已经用在另一项服务上。"):
        second.full_clean()


def test_index_groups_by_category_and_puts_the_rest_last(client: Client) -> None:
    index = ServiceIndexPageFactory()
    second, first = ServiceCategoryFactory(order=2), ServiceCategoryFactory(order=1)
    ServicePageFactory(parent=index, category=None, title="没有类别的")
    ServicePageFactory(parent=index, category=second, title="第二类的")
    ServicePageFactory(parent=index, category=first, title="第一类的")

    html = client.get(index.url).content.decode()

    assert html.index("第一类的") < html.index("第二类的") < html.index("没有类别的")


def test_category_has_a_page_of_its_own(client: Client) -> None:
    index = ServiceIndexPageFactory()
    ours, other = ServiceCategoryFactory(name="为老服务", slug="elders"), ServiceCategoryFactory()
    ServicePageFactory(parent=index, category=ours, title="老年助餐")
    ServicePageFactory(parent=index, category=other, title="法律咨询")

    response = client.get(f"{index.url}c/elders/")

    html = response.content.decode()
    assert "<h1>为老服务</h1>" in html
    assert "老年助餐" in html
    assert "法律咨询" not in html
    assert client.get(f"{index.url}c/unknown/").status_code == 404


def test_categories_count_what_is_published() -> None:
    index = ServiceIndexPageFactory()
    category, empty = ServiceCategoryFactory(), ServiceCategoryFactory()
    ServicePageFactory(parent=index, category=category)
    ServicePageFactory(parent=index, category=category, live=False)
    ServicePageFactory(parent=index, category=empty, live=False)

    found = queries.categories(locale_id=source_locale().pk)

    assert [(each, each.number) for each in found] == [(category, 1)]


@pytest.mark.parametrize(
    ("phone", "number"), [("010-5550 0123", "01055500123"), ("12345 转 3", "12345"), ("+86 138", "+86138")]
)
def test_phone_is_dialled_without_signs_and_extension(phone: str, number: str) -> None:
    assert dialled(phone) == number


def test_lines_leave_out_what_is_blank() -> None:
    assert lines("身份证\n\n 照片 \n") == ["身份证", "照片"]
