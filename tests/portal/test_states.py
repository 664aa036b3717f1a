"""The one way a row is saved writes its line in the log, whoever holds the row."""

import pytest
from django.utils.functional import SimpleLazyObject
from wagtail.models import ModelLogEntry

from portal.states import save
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


def test_a_requests_user_is_logged_like_any_other_row():
    person = UserFactory()
    wrapped = SimpleLazyObject(lambda: person)

    save(wrapped, action="named", by=wrapped)

    entry = ModelLogEntry.objects.get(action="members.user.named")
    assert (entry.object_id, entry.user) == (str(person.pk), person)
