import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.notices import actions, queries
from tests.factories.members import UserFactory
from tests.factories.notices import MessageFactory

pytestmark = pytest.mark.django_db

INBOX = reverse("notices:inbox")


@pytest.fixture
def person(client):
    person = UserFactory()
    client.force_login(person)
    return person


def test_a_message_waits_in_the_inbox():
    person = UserFactory()

    actions.tell(recipient=person, title="云水社区已确认您的报到。", url="/portal/report-in/")

    assert queries.inbox_of(person).get().url == "/portal/report-in/"
    assert queries.unread_count(person) == 1


def test_opening_the_list_reads_it(client, person):
    MessageFactory(recipient=person, title="新的一条")
    others = MessageFactory()

    first = client.get(INBOX).content.decode()
    second = client.get(INBOX).content.decode()

    assert "新的一条" in first
    assert 'badge--warn">新<' in first
    assert 'badge--warn">新<' not in second
    assert queries.unread_count(person) == 0
    assert others.title not in first
    assert queries.unread_count(others.recipient) == 1


def test_only_the_messages_shown_are_read(client, person):
    MessageFactory.create_batch(22, recipient=person)

    client.get(INBOX)

    assert queries.unread_count(person) == 2


def test_asking_for_the_head_alone_reads_nothing(client, person):
    MessageFactory(recipient=person)

    client.head(INBOX)

    assert queries.unread_count(person) == 1


def test_opening_a_message_reads_it_and_leads_on(client, person):
    message = MessageFactory(recipient=person, url="/portal/report-in/")

    response = client.post(reverse("notices:open", args=[message.pk]))

    assert response.url == "/portal/report-in/"
    assert queries.unread_count(person) == 0
    assert client.post(reverse("notices:open", args=[MessageFactory().pk])).status_code == 404


def test_nobody_reads_for_others():
    message = MessageFactory()

    assert actions.mark_read(recipient=UserFactory(), messages=[message]) == 0
    assert actions.mark_read(recipient=message.recipient, messages=[]) == 0
    assert queries.unread_count(message.recipient) == 1


def test_counting_is_one_query(django_assert_num_queries):
    message = MessageFactory()

    with django_assert_num_queries(1):
        queries.unread_count(message.recipient)


def test_the_inbox_costs_the_same_for_many(client, person):
    def cost():
        MessageFactory(recipient=person)
        with CaptureQueriesContext(connection) as captured:
            client.get(INBOX)
        return len(captured)

    cost()
    one = cost()
    MessageFactory.create_batch(2, recipient=person)

    assert cost() == one


def test_strangers_have_no_inbox(client):
    assert client.get(INBOX).status_code == 302
