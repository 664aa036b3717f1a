"""Whether one can have a service today, said on top, in lists and in the index; what passes goes by itself."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from search.documents.service_pages import service as document
from tests.factories.website import ServiceCategoryFactory, ServiceIndexPageFactory, ServicePageFactory
from tests.website.services.making import a_service
from website.services import queries, rules
from website.services.actions import end_alerts
from website.services.models import ServicePage

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("status", "alert", "days", "state"),
    [
        ("open", "", None, "open"),
        ("open", "搬到二楼", None, "changed"),  # whatever has an alert has changed
        ("open", "搬到二楼", -1, "open"),
        ("changed", "", 0, "changed"),  # the last day still counts
        ("changed", "搬到二楼", -1, "open"),
        ("paused", "换水管", 3, "paused"),
        ("paused", "换水管", -1, "open"),
        ("closed", "并到食堂", -1, "closed"),  # what is closed does not open by itself
    ],
)
def test_state_of_a_day(status: str, alert: str, days: int | None, state: str) -> None:
    until = None if days is None else TODAY + timedelta(days=days)

    assert rules.state_on(TODAY, status=status, alert=alert, until=until) == state


def test_closed_service_says_so_on_top_even_without_words(client: Client) -> None:
    html = client.get(a_service(status="closed", online_url="https://a.example/").url).content.decode()

    assert html.index("这项服务已经停办。") < html.index("<h1>")
    assert "网上办理" not in html


def test_an_alert_of_yesterday_is_gone_from_the_page_at_once(client: Client) -> None:
    page = a_service(status="paused", alert="换水管", alert_until=timezone.localdate() - timedelta(days=1))

    html = client.get(page.url).content.decode()

    assert "换水管" not in html
    assert "service__alert" not in html


def test_the_clock_takes_a_past_alert_away_and_logs_it() -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    paused = a_service(status="paused", alert="换水管", alert_until=yesterday)
    closed = a_service(status="closed", alert="并到食堂", alert_until=yesterday)
    lasting = a_service(status="paused", alert="换水管", alert_until=timezone.localdate())

    call_command("run_periodic", stdout=StringIO())

    for page in (paused, closed, lasting):
        page.refresh_from_db()
    assert (paused.status, paused.alert, paused.alert_until) == ("open", "", None)
    assert (closed.status, closed.alert) == ("closed", "")
    assert lasting.status == "paused"
    assert PageLogEntry.objects.filter(action="services.service.alert_ended").count() == 2
    assert end_alerts(today=timezone.localdate()) == 0


def test_what_one_cannot_have_is_offered_last_beside_others() -> None:
    index, category = ServiceIndexPageFactory(), ServiceCategoryFactory()
    page, *others = (
        ServicePageFactory(parent=index, category=category, code=f"{number}", status=status)
        for number, status in enumerate(("open", "closed", "paused", "open", "changed"))
    )

    closed, paused, still_open, changed = others
    assert list(queries.beside(page)) == [still_open, changed, closed, paused]


def test_the_index_of_the_search_says_what_is_not_open_and_what_people_call_it() -> None:
    page = a_service(status="closed", alert="并到食堂", other_names="送饭")

    content = document(page)

    assert content.body.startswith("停办\n并到食堂")
    assert "送饭" in content.body
    assert content.facets["status"] == "closed"
    assert "status" not in document(a_service()).facets


def test_the_database_knows_the_states() -> None:
    page = a_service()

    with pytest.raises(IntegrityError), transaction.atomic():
        ServicePage.objects.filter(pk=page.pk).update(status="asleep")
