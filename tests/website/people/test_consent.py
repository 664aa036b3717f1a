from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from tests.factories.members import UserFactory
from tests.factories.website import ConsentFactory, PeopleIndexPageFactory, PersonPageFactory
from website.people.actions import take_down_without_consent
from website.people.models import PersonPage

pytestmark = pytest.mark.django_db

REFUSAL = "还没有本人的公开同意书，不能发布。"


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(UserFactory(is_superuser=True))
    return client


def test_living_person_without_consent_is_not_published() -> None:
    page = PersonPageFactory(live=False, consent=None)

    with pytest.raises(ValidationError, match=REFUSAL):
        page.save_revision().publish()

    page.refresh_from_db()
    assert not page.live


def test_living_person_with_withdrawn_consent_is_not_published() -> None:
    consent = ConsentFactory(withdrawn_on=date(2026, 2, 1))
    page = PersonPageFactory(live=False, consent=consent)

    with pytest.raises(ValidationError, match=REFUSAL):
        page.save_revision().publish()


def test_the_dead_need_no_consent() -> None:
    page = PersonPageFactory(live=False, consent=None, is_living=False)

    page.save_revision().publish()

    page.refresh_from_db()
    assert page.live


def test_withdrawal_takes_the_page_down_at_once(client: Client) -> None:
    consent = ConsentFactory()
    page = PersonPageFactory(consent=consent)
    assert client.get(page.url).status_code == 200

    consent.withdrawn_on = consent.given_on + timedelta(days=1)
    consent.save()
    taken = take_down_without_consent(consent=consent, by=None)

    assert taken == [page]
    assert client.get(page.url).status_code == 404
    assert take_down_without_consent(consent=consent, by=None) == []


def test_open_consent_keeps_the_page() -> None:
    page = PersonPageFactory()

    assert take_down_without_consent(consent=page.consent, by=None) == []


def test_withdrawal_in_the_admin_takes_the_page_down(administrator: Client) -> None:
    page = PersonPageFactory()
    address = reverse("wagtailsnippets_people_consent:edit", args=[page.consent_id])
    form = {"name": "陈桂香", "text_version": "1.0", "given_on": "2026-01-03", "withdrawn_on": "2026-03-01"}

    response = administrator.post(address, form)

    assert response.status_code == 302
    page.refresh_from_db()
    assert not page.live


def test_form_refuses_publication_but_keeps_a_draft(administrator: Client) -> None:
    index = PeopleIndexPageFactory()
    address = reverse("wagtailadmin_pages:add", args=["people", "personpage", index.pk])
    form = nested_form_data(
        {
            "title": "李守仁",
            "slug": "li",
            "is_living": "on",
            "body": streamfield([("paragraph", rich_text("<p>事迹。</p>"))]),
            "comments": inline_formset([]),
        }
    )

    refused = administrator.post(address, form | {"action-publish": "yes"})
    assert refused.status_code == 200
    assert REFUSAL in refused.content.decode()
    assert not PersonPage.objects.exists()

    saved = administrator.post(address, form)
    assert saved.status_code == 302
    assert not PersonPage.objects.get().live


def test_consent_is_not_withdrawn_before_it_is_given() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentFactory(given_on=date(2026, 2, 1), withdrawn_on=date(2026, 1, 1))
