import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.log_actions import registry

from portal.annual_reports.models import ReportingYear
from portal.annual_reports.wagtail_hooks import LOG_ACTIONS
from tests.factories.members import UserFactory

YEAR = {"year": 2026, "opens_on": "2026-11-01", "closes_on": "2027-01-31"}


@pytest.fixture
def as_administrator(client, db):
    client.force_login(UserFactory(is_superuser=True))
    return client


def test_an_administrator_opens_a_year(as_administrator):
    response = as_administrator.post(reverse("reporting_years:add"), YEAR)

    assert response.status_code == 302
    assert str(ReportingYear.objects.get()) == "2026"
    assert "2026" in as_administrator.get(reverse("reporting_years:index")).content.decode()


def test_a_year_that_closes_before_it_opens_is_refused_in_words(as_administrator):
    response = as_administrator.post(reverse("reporting_years:add"), {**YEAR, "closes_on": "2026-10-01"})

    assert "截止日期不能早于开始日期。" in response.content.decode()
    assert not ReportingYear.objects.exists()


def test_an_editor_does_not_open_years(client, db):
    editor = UserFactory()
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)

    client.post(reverse("reporting_years:add"), YEAR)

    assert not ReportingYear.objects.exists()


def test_every_log_action_has_a_label():
    registered = {name for name, _label in registry.get_choices()}

    assert set(LOG_ACTIONS) <= registered
