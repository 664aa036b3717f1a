"""A wrong name on the roster, put right."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from portal.members.actions import activate_from_roster
from portal.notices.models import Message
from portal.rosters.actions import correct_entry, undo
from tests.factories.members import HomeMembershipFactory, RosterEntryFactory, UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.rosters import import_done
from tests.portal.rosters.sheets import csv_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    entry = RosterEntryFactory(name="张山", phone="+8613800001111")
    activate_from_roster(person=UserFactory(phone=entry.phone, name=""))
    entry.refresh_from_db()
    return entry


def test_the_person_is_called_as_the_corrected_row_and_told(entry):
    correct_entry(entry=entry, phone=str(entry.phone), name="张三", by=UserFactory())

    entry.person.refresh_from_db()
    assert entry.person.name == "张三"
    assert Message.objects.filter(recipient=entry.person, title__contains="张三").exists()
    assert ModelLogEntry.objects.filter(action="members.user.renamed").count() == 1


def test_a_file_corrects_the_name_too_and_its_undoing_takes_it_back(entry):
    by = UserFactory()

    run = import_done(unit=entry.unit, by=by, content=csv_of([["姓名", "手机号"], ["张三", "13800001111"]]))
    entry.person.refresh_from_db()
    assert entry.person.name == "张三"

    undo(run=run, by=by)
    entry.person.refresh_from_db()
    assert entry.person.name == "张山"


def test_a_name_of_ones_own_stays_and_the_page_says_so(client):
    post = PostFactory(unit_contact=True)
    home = HomeMembershipFactory(unit=post.unit, person__name="王五")
    own = RosterEntryFactory(unit=post.unit, person=home.person, name="王武")
    client.force_login(post.person)

    page = client.post(reverse("rosters:correct", args=[own.pk]), {"name": "王六"}, follow=True)

    home.person.refresh_from_db()
    assert home.person.name == "王五"
    assert "只改了名册" in page.text


def test_another_units_roster_does_not_rename_anybody():
    home = HomeMembershipFactory(person__name="张山")
    other = RosterEntryFactory(person=home.person, name="张山")

    correct_entry(entry=other, phone=str(other.phone), name="李四", by=UserFactory())

    home.person.refresh_from_db()
    assert home.person.name == "张山"
