"""A file that waits to be confirmed is its owner's alone, and is forgotten when it waits too long."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from tests.factories.members import UserFactory
from tests.website.service_lists.sheets import services
from website.service_lists import actions
from website.service_lists.enums import RunState
from website.service_lists.models import ImportRun
from website.services.models import ServiceIndexPage, ServicePage
from webui.sheets.reading import read_bytes

pytestmark = pytest.mark.django_db

HOME = "/cms/service-lists/"


@pytest.fixture
def run(index: ServiceIndexPage) -> ImportRun:
    owner = UserFactory(is_superuser=True)
    found, _differences = actions.begin(read_bytes(services(["01", "", "助餐"])), file_name="a.xlsx", by=owner)
    return found


@pytest.fixture
def colleague(client: Client) -> Client:
    user = UserFactory()
    user.groups.add(Group.objects.get(name="编辑"))
    client.force_login(user)
    return client


@pytest.mark.parametrize("door", ["", "errors.xlsx"])
def test_a_colleague_does_not_see_what_waits(door: str, run: ImportRun, colleague: Client) -> None:
    assert colleague.get(f"{HOME}{run.pk}/{door}").status_code == 404


@pytest.mark.parametrize("door", ["confirm", "check", "discard"])
def test_a_colleague_does_not_decide_on_it(door: str, run: ImportRun, colleague: Client) -> None:
    response = colleague.post(f"{HOME}{run.pk}/{door}/", {"fingerprint": run.fingerprint})

    assert response.status_code == 404
    assert ImportRun.objects.get().state == RunState.PREVIEWED
    assert not ServicePage.objects.exists()


def test_what_was_done_everybody_sees(run: ImportRun, colleague: Client) -> None:
    actions.confirm(run, fingerprint=run.fingerprint, by=run.started_by)

    assert colleague.get(f"{HOME}{run.pk}/").status_code == 200


def test_what_nobody_confirms_is_forgotten(run: ImportRun) -> None:
    now = timezone.now()

    assert actions.forget_unconfirmed(now=now + timedelta(days=6)) == 0
    assert actions.forget_unconfirmed(now=now + timedelta(days=8)) == 1
    assert not ImportRun.objects.exists()
