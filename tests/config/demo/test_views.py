import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.demo.roles import PASSWORD, ROLES
from portal.members.models import User
from portal.members.queries import home_unit
from portal.notices.models import MailboxEntry

pytestmark = [pytest.mark.usefixtures("demo_site"), pytest.mark.django_db]


def test_the_roles_page_lists_every_role_and_the_password(client: Client):
    page = client.get("/demo/").content.decode()

    assert all(role.name in page and role.shown_phone in page for role in ROLES)
    assert PASSWORD in page


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.key)
def test_every_role_walks_in_and_sees_its_first_page(city, client: Client, role):
    response = client.post("/demo/", {"role": role.key}, follow=True)

    assert response.status_code == 200
    assert response.redirect_chain == [(reverse(role.start), 302)]
    assert str(response.wsgi_request.user) == role.name


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.key)
def test_every_role_can_also_log_in_with_its_password(city, client: Client, role):
    assert client.login(phone=role.phone, password=PASSWORD)


def test_the_newcomer_is_recognised_by_the_roster_at_the_first_log_in(city, client: Client):
    person = User.objects.get(email="new-member@demo.invalid")
    assert home_unit(person) is None

    client.post("/demo/", {"role": "new-member"})

    assert str(home_unit(person)) == "云汀市图书馆"


@pytest.mark.parametrize("role", ["", "nobody", "1", "+8619000000101"])
def test_nobody_else_can_be_entered(city, client: Client, role: str):
    response = client.post("/demo/", {"role": role})

    assert response.status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_person_with_the_phone_of_a_role_but_without_its_mark_cannot_be_entered(city, client: Client):
    User.objects.filter(email=ROLES[0].email).update(email="somebody@example.org")

    response = client.post("/demo/", {"role": ROLES[0].key})

    assert response.status_code == 302
    assert "_auth_user_id" not in client.session


def test_walking_in_needs_the_form_of_our_own_page(city):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/demo/", {"role": "administrator"}).status_code == 403


def test_the_mailbox_shows_the_newest_first(client: Client):
    MailboxEntry.objects.create(channel="sms", recipient="+8619000000001", body="先来的")
    MailboxEntry.objects.create(channel="email", recipient="a@demo.invalid", subject="后来的", body="后来的信")

    page = client.get("/demo/mailbox/").content.decode()

    assert page.index("后来的信") < page.index("先来的")


def test_the_mailbox_says_when_it_is_empty(client: Client):
    assert "还没有短信或邮件" in client.get("/demo/mailbox/").content.decode()


def test_the_mailbox_costs_the_same_for_one_entry_and_for_three(client: Client):
    client.get("/demo/mailbox/")  # fills the caches every page of the site shares
    costs = []
    for bodies in (["一"], ["二", "三"]):
        for body in bodies:
            MailboxEntry.objects.create(channel="sms", recipient="+8619000000001", body=body)
        with CaptureQueriesContext(connection) as queries:
            client.get("/demo/mailbox/")
        costs.append(["mailboxentry" in query["sql"] for query in queries.captured_queries])

    assert costs[0] == costs[1]
    assert sum(costs[0]) == 2  # how many, and which


@pytest.mark.parametrize("address", ["/demo/", "/demo/mailbox/"])
def test_there_are_no_such_pages_outside_the_demo(client: Client, settings, address: str):
    settings.DEMO = False

    assert client.get(address).status_code == 404
    assert client.post(address, {"role": "administrator"}).status_code == 404


@pytest.mark.parametrize("address", ["/demo/", "/demo/mailbox/"])
def test_a_real_site_has_not_even_the_addresses(client: Client, settings, address: str):
    settings.DEMO, settings.ROOT_URLCONF = False, "config.urls"

    assert client.get(address).status_code == 404
