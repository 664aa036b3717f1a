"""What waits of a file: through a change of the key, and no longer than its time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.rosters import kept
from portal.rosters.actions import forget_old
from portal.rosters.models import FilePart, StagedRow
from tests.factories.members import UserFactory
from tests.factories.organisations import UnitFactory
from tests.factories.rosters import import_begun
from tests.portal.rosters.sheets import csv_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    content = csv_of([["姓名", "手机号"], ["张三", "13800001111"]])
    return import_begun(unit=UnitFactory(), by=UserFactory(), content=content)


@pytest.fixture
def fresh_cipher():
    yield kept.cipher.cache_clear()
    kept.cipher.cache_clear()


@pytest.mark.usefixtures("fresh_cipher")
def test_a_file_that_waits_is_read_after_the_key_has_changed(run, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    kept.cipher.cache_clear()

    assert list(kept.kept_rows(run))[1] == (2, ["张三", "13800001111"])


def test_rows_staged_by_a_command_that_was_stopped_are_erased_in_time(run, settings):
    FilePart.objects.all().delete()

    forget_old(now=timezone.now() + timedelta(days=settings.ROSTER_KEPT_DAYS, minutes=1))

    assert not StagedRow.objects.exists()
