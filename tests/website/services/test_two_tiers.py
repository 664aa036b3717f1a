"""An item may have parts; a part has none."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.factories.website import ServicePageFactory, source_locale
from website.services import queries
from website.services.models import ServicePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def item() -> ServicePage:
    return ServicePageFactory(title="送餐上门", phone="0600-881 0101")


@pytest.fixture
def part(item: ServicePage) -> ServicePage:
    return ServicePageFactory(parent=item, title="中午送餐", category=None, phone="", place="", who_may="")


def test_a_part_goes_below_an_item_and_nothing_below_a_part(item: ServicePage, part: ServicePage) -> None:
    assert ServicePage.can_create_at(item)
    assert not ServicePage.can_create_at(part)


def test_an_item_with_parts_does_not_move_below_another(item: ServicePage, part: ServicePage) -> None:
    other = ServicePageFactory(parent=item.get_parent())
    item.refresh_from_db()

    assert not item.can_move_to(other)
    assert other.can_move_to(item)
    assert part.can_move_to(other)


def test_a_third_tier_is_refused_whoever_writes_it(part: ServicePage) -> None:
    with pytest.raises(ValidationError, match="子项下面不能再有子项"):
        ServicePageFactory(parent=part)


def test_the_admin_offers_no_third_tier(client: Client, editor, item: ServicePage, part: ServicePage) -> None:
    address = "wagtailadmin_pages:add"

    assert client.get(reverse(address, args=["services", "servicepage", item.pk])).status_code == 200
    assert client.get(reverse(address, args=["services", "servicepage", part.pk])).status_code == 302


def test_item_lists_its_parts_and_part_names_its_item(client: Client, item: ServicePage, part: ServicePage) -> None:
    assert f'<a href="{part.url}">中午送餐</a>' in client.get(item.url).content.decode()
    html = client.get(part.url).content.decode()

    assert f'<p class="service__above"><a href="{item.url}">送餐上门</a></p>' in html
    assert "0600-881 0101" in html  # the item's phone holds for its part
    assert "本社区六十岁以上的居民。" in html


def test_categories_count_items_only(item: ServicePage) -> None:
    ServicePageFactory(parent=item, category=item.category)

    assert [each.number for each in queries.categories(locale_id=source_locale().pk)] == [1]


def test_a_copy_leaves_the_code_to_its_original(item: ServicePage) -> None:
    copy = item.copy(update_attrs={"slug": "copy", "title": "另一项"})

    assert (copy.code, item.code != "") == ("", True)


def test_parts_are_in_the_list_of_their_index(item: ServicePage, part: ServicePage) -> None:
    assert set(queries.services(locale_id=item.locale_id)) == {item, part}
    assert list(queries.items(queries.services(locale_id=item.locale_id))) == [item]
