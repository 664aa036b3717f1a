"""A whole city's list, 96 services and 218 parts of them, from one sheet."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.website.service_lists.conftest import Import
from tests.website.service_lists.sheets import city_list, services
from website.service_lists import actions, queries
from website.service_lists.writing import as_workbook
from website.services.models import ServiceIndexPage, ServicePage
from webui.sheets.reading import read_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NO_DIFFERENCE = {"new": [], "changed": [], "gone": [], "errors": [], "status": 0}


def test_ninety_six_services_and_two_hundred_and_eighteen_parts_load_from_one_sheet(
    load: Import, index: ServiceIndexPage
) -> None:
    sheet = services(*city_list())

    first = load(sheet, "--create-categories")

    assert (len(first["new"]), first["errors"]) == (314, [])
    assert ServicePage.objects.live().child_of(index).count() == 96
    assert ServicePage.objects.live().descendant_of(index).count() == 314
    assert load(sheet) == NO_DIFFERENCE | {"unchanged": 314}

    exported = as_workbook(queries.site_list(index=index).values())

    assert load(exported) == NO_DIFFERENCE | {"unchanged": 314}


def test_comparing_costs_the_same_for_two_services_and_for_twenty(index: ServiceIndexPage) -> None:
    _cost_of_comparing(1)  # the first fills what is kept for good

    assert _cost_of_comparing(2) == _cost_of_comparing(20)


def test_importing_costs_each_page_the_same(index: ServiceIndexPage) -> None:
    few, many = _cost_of_importing(4, "A"), _cost_of_importing(24, "B")

    # Wagtail writes a page, a revision, its log and its index entries one page at a time.
    assert (many - few) / 20 < 120


def _cost_of_comparing(number: int) -> int:
    sheets = read_bytes(services(*[[f"X{n}", "", f"服务{n}", "吃饭", "", "", "", ""] for n in range(number)]))
    with CaptureQueriesContext(connection) as asked:
        actions.begin(sheets, file_name="清单.xlsx", by=None)
    return len(asked)


def _cost_of_importing(number: int, start: str) -> int:
    sheets = read_bytes(services(*[[f"{start}{n}", "", f"服务{n}", "吃饭", "", "", "", ""] for n in range(number)]))
    run, _differences = actions.begin(sheets, file_name="清单.xlsx", by=None)
    with CaptureQueriesContext(connection) as asked:
        actions.import_at_once(run, by=None)
    return len(asked)
