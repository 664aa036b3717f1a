import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from portal.organisations.models import Unit
from tests.factories.organisations import UnitFactory
from webui.keyset import keyset_page

pytestmark = pytest.mark.django_db

NAMES = ["丙", "甲", "乙", "甲", "丁", "甲", "戊"]
ORDERS = [("name", "pk"), ("-name", "-pk"), ("pk",), ("-pk",)]


def page(order, **query):
    return keyset_page(RequestFactory().get("/", query), Unit.objects.all(), order=order, size=3)


@pytest.fixture
def units():
    return [UnitFactory(name=name) for name in NAMES]


@pytest.mark.parametrize("order", ORDERS)
def test_walking_on_meets_every_row_once_and_walking_back_the_same_pages(units, order):
    pages, query = [], {}
    while True:
        current = page(order, **query)
        pages.append([unit.pk for unit in current])
        if current.next_after is None:
            break
        query = {"after": current.next_after}

    assert [pk for shown in pages for pk in shown] == list(Unit.objects.order_by(*order).values_list("pk", flat=True))
    back = []
    while current.previous_before is not None:
        current = page(order, before=current.previous_before)
        back.append([unit.pk for unit in current])
    assert back[::-1] == pages[:-1]


def test_the_first_page_has_none_before(units):
    assert page(("pk",)).previous_before is None
    assert page(("pk",)).has_other_pages


@pytest.mark.parametrize(
    "query", [{"after": "x"}, {"after": "999999"}, {"before": "-1"}, {"after": "９"}, {"after": "9" * 40}]
)
def test_what_cannot_be_means_the_first_page(units, query):
    assert [unit.pk for unit in page(("pk",), **query)] == [unit.pk for unit in page(("pk",))]


def test_an_empty_list_is_one_page():
    assert not page(("pk",)).has_other_pages


def test_a_page_costs_two_queries_at_most(units):
    with CaptureQueriesContext(connection) as captured:
        page(("name", "pk"), after=units[0].pk)

    assert len(captured) == 2
