"""The one way a row is saved writes its line in the log, whoever holds the row."""

import pytest
from django.utils.functional import SimpleLazyObject
from wagtail.models import ModelLogEntry

from portal.states import logged_together, save
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


def test_a_requests_user_is_logged_like_any_other_row():
    person = UserFactory()
    wrapped = SimpleLazyObject(lambda: person)

    save(wrapped, action="named", by=wrapped)

    entry = ModelLogEntry.objects.get(action="members.user.named")
    assert (entry.object_id, entry.user) == (str(person.pk), person)


def test_the_lines_of_one_change_are_written_together(django_assert_num_queries):
    people = UserFactory.create_batch(2)
    save(people[0], action="named", by=people[0], only=["name"])  # what a process asks once is known from here on

    with django_assert_num_queries(3), logged_together():
        for person in people:
            save(person, action="named", by=person, only=["name"])

    lines = ModelLogEntry.objects.filter(action="members.user.named").order_by("pk")[1:]
    assert [line.object_id for line in lines] == [str(person.pk) for person in people]
    assert all(person.name not in line.label for line, person in zip(lines, people, strict=True))


def test_a_change_that_fails_leaves_no_line():
    person = UserFactory()

    @logged_together()
    def change():
        save(person, action="named", by=person, only=["name"])
        raise LookupError

    with pytest.raises(LookupError):
        change()

    assert not ModelLogEntry.objects.exists()
