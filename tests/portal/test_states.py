"""The one way a row is saved writes its line in the log, whoever holds the row."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.functional import SimpleLazyObject
from wagtail.models import ModelLogEntry

from portal.members.models import HomeMembership
from portal.states import logged_together, note, note_each, save
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import UnitFactory

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


def test_lines_written_by_one_statement_say_what_each_would_have_said(django_assert_num_queries):
    unit, by, action = UnitFactory(), UserFactory(), "members.homemembership.ended"
    homes = HomeMembershipFactory.create_batch(3, unit=unit)
    for home in homes:
        note(home, action, by=by, data={"ending": "dissolved"})

    with django_assert_num_queries(1):
        note_each(HomeMembership.objects.all(), action, label=str(unit), by=by, data={"ending": "dissolved"})

    def said(lines):
        return [
            (one.object_id, one.label, one.data, one.user, one.uuid, one.deleted, one.content_type) for one in lines
        ]

    lines = list(ModelLogEntry.objects.filter(action=action).order_by("pk"))
    assert said(lines[:3]) == said(lines[3:])
    assert said(lines)[0][1] == f"{unit} #{homes[0].pk}"


def test_lines_nobody_has_words_for_are_refused():
    with pytest.raises(ValidationError):
        note_each(HomeMembership.objects.all(), "members.homemembership.vanished", label="", by=None)
