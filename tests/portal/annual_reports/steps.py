"""What several of these tests ask and do."""

from datetime import timedelta

from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.annual_reports.models import ReportingYear


def logged(instance):
    entries = ModelLogEntry.objects.for_instance(instance).order_by("pk")
    return [entry.action.rpartition(".")[2] for entry in entries]


def close(year):
    ReportingYear.objects.filter(pk=year.pk).update(
        opens_on=timezone.localdate() - timedelta(days=9), closes_on=timezone.localdate() - timedelta(days=1)
    )
    year.refresh_from_db()


def url(name, report):
    return reverse(f"annual_reports:{name}", args=[report.year.year])


def words(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def cost(client, address, data=None):
    client.get(address, data)  # the menu and the languages are read once and kept
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, data).status_code == 200
    return len(queries)
