"""An elder tells an organiser that they have the age an activity asks for."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains
from wagtail.models import ModelLogEntry

from portal.activities.enums import RuleKind
from portal.activities.models import EntryRule
from portal.proxies.enums import ConsentKind
from tests.factories.activities import ShiftFactory
from tests.factories.organisations import CommunityFactory
from tests.factories.proxies import ManagedPersonFactory, organiser_of

pytestmark = pytest.mark.django_db


def test_the_word_of_an_elder_on_their_age_is_entered_with_the_sign_up(client):
    area = CommunityFactory()
    organiser, elder = organiser_of(area), ManagedPersonFactory(area=area).person
    client.force_login(organiser)
    shift = ShiftFactory(activity__area=area)
    page, url = (reverse(f"proxies:{name}", args=[elder.pk]) for name in ("person", "sign_up"))
    typed = {"sign_up-shift": shift.pk, "sign_up-consent": ConsentKind.CALLED}
    assertNotContains(client.get(page), "本人说年龄符合")
    EntryRule.objects.create(activity=shift.activity, kind=RuleKind.MIN_AGE, age=60)
    assertContains(client.get(page), "本人说年龄符合")

    assertContains(client.post(url, typed), "年龄不符合", status_code=422)
    assert not elder.age_declarations.exists()
    client.post(url, typed | {"sign_up-meets_age": "on"})

    assert not elder.sign_ups.get().override_reason
    assert [(said.kind, said.age) for said in elder.age_declarations.all()] == [("min_age", 60)]
    line = ModelLogEntry.objects.get(action="activities.agedeclaration.made")
    assert (line.user, line.data["for"]) == (organiser, elder.pk)
