"""A translation goes live as its original does: with a consent, and released by a second person."""

import pytest
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.log_actions import LogContext
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from portal.members.models import User
from tests.factories.members import UserFactory
from tests.factories.website import ConsentFactory, home_page
from tests.website.people.test_publishing import NO_CONSENT, ONE_PERSON, desk_of, draft_by, is_out, shown
from website.people.models import PersonPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> User:
    return UserFactory(is_superuser=True, name="写的人")


@pytest.fixture
def releaser() -> User:
    return UserFactory(is_superuser=True, name="发的人")


def translation_of(page: PersonPage, user: User) -> tuple[Translation, Locale]:
    english, _ = Locale.objects.get_or_create(language_code="en")
    for above in (home_page(), page.get_parent().specific):
        above.copy_for_translation(english)
    source, _ = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target(user=user, publish=False)
    return translation, english


@pytest.mark.parametrize(("same_person", "with_consent"), [(True, True), (False, False), (False, True)])
def test_translation_goes_the_same_way(
    writer: User,
    releaser: User,
    same_person: bool,
    with_consent: bool,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    page = draft_by(writer, consent=ConsentFactory() if with_consent else None)
    _translation, english = translation_of(page, writer)
    translated = page.get_translation(english)
    user = writer if same_person else releaser
    address = reverse("wagtailadmin_pages:edit", args=[translated.pk])

    with LogContext(user=user), django_capture_on_commit_callbacks(execute=True):
        response = desk_of(user).post(address, {"action": "publish"}, follow=True)

    told = ONE_PERSON if same_person else NO_CONSENT
    is_released = with_consent and not same_person
    assert (told not in shown(response)) == is_released
    assert is_out(translated.specific) == is_released
