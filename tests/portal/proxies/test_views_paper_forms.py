"""Forms to print, and their way back."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from portal.proxies import codes
from portal.proxies.actions import issue_forms
from portal.proxies.enums import FormKind
from portal.proxies.errors import NotOursError, ShiftNotOursError
from portal.proxies.models import PaperForm
from tests.factories.activities import ShiftFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.proxies import PaperFormFactory, organiser_of
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db

FORMS, OPEN = reverse("proxies:paper_forms"), reverse("proxies:open_form")


@pytest.fixture
def area():
    return CommunityFactory(name="云水社区")


@pytest.fixture
def organiser(client, area):
    person = organiser_of(area)
    client.force_login(person)
    return person


def enter(form):
    return reverse("proxies:enter_form", args=[form.code])


def test_three_forms_are_printed_with_a_code_each(client, organiser, area):
    response = client.post(FORMS, {"kind": FormKind.REPORT_IN, "copies": 3})

    forms = list(PaperForm.objects.all())
    assert len({form.code for form in forms}) == 3
    assert {(form.area, form.issued_by) for form in forms} == {(area, organiser)}
    assert all(codes.read_code(form.code) for form in forms)
    assert logged(forms[0]) == ["proxies.paperform.issued"]
    body = client.get(response.url).text
    assert all(form.shown_code in body for form in forms)
    assert body.count('class="qr"') == 3


@pytest.mark.parametrize("kind", FormKind)
def test_each_kind_is_printed(client, organiser, area, kind):
    shift = ShiftFactory(activity__area=area, activity__title="清洁楼道")

    client.post(FORMS, {"kind": kind, "copies": 1, "shift": shift.pk})

    form = PaperForm.objects.get()
    body = client.get(reverse("proxies:print_forms", args=[form.code])).text
    assert ("清洁楼道" in body) is (kind in (FormKind.SIGN_UP, FormKind.LEAVE))
    assert form.is_single_use is (kind != FormKind.SIGN_UP)


@pytest.mark.parametrize("typed", [{"copies": 0}, {"copies": 21}, {"kind": FormKind.SIGN_UP}, {"kind": "x"}])
def test_what_cannot_be_printed_is_said(client, organiser, typed):
    response = client.post(FORMS, {"kind": FormKind.REPORT_IN, "copies": 1, **typed})

    assert response.status_code == 422
    assert not PaperForm.objects.exists()


def test_nobody_prints_for_another_community(area):
    organiser = organiser_of(area)

    with pytest.raises(NotOursError):
        issue_forms(kind=FormKind.REPORT_IN, area=CommunityFactory(), by=organiser)
    for shift in (None, ShiftFactory(), ShiftFactory(activity__area=area, past=True)):
        with pytest.raises(ShiftNotOursError):
            issue_forms(kind=FormKind.SIGN_UP, area=area, by=organiser, shift=shift)


def test_a_code_is_typed_as_it_is_read(client, organiser, area):
    form = PaperFormFactory(area=area)

    assert client.post(OPEN, {"code": form.shown_code.lower()}).url == enter(form)
    assert client.get(enter(form)).url == f"{reverse('proxies:take_up')}?form={form.code}"
    assert form.shown_code in client.get(client.get(enter(form)).url).text


@pytest.mark.parametrize("code", ["", "K7QF", pytest.param(codes.shown(codes.new_code()), id="unknown")])
def test_a_wrong_code_is_said(client, organiser, code):
    assert client.post(OPEN, {"code": code}).status_code == 422


def test_a_form_of_another_community_is_not_there(client, organiser):
    form = PaperFormFactory()

    assert client.get(enter(form)).status_code == 404
    assert client.get(reverse("proxies:print_forms", args=[form.code])).status_code == 404
    assert client.get(reverse("proxies:take_up"), {"form": form.code}).status_code == 404
    assert client.post(OPEN, {"code": form.code}).status_code == 422


def test_a_member_opens_no_form(client, area):
    client.force_login(PostFactory(unit_contact=True).person)

    assert client.get(enter(PaperFormFactory(area=area))).status_code == 404


def test_a_form_that_is_over_or_used_says_so(client, organiser, area):
    used, old = PaperFormFactory(area=area, used_at=timezone.now()), PaperFormFactory(area=area)

    assert "已经用过或者过期" in client.get(enter(used), follow=True).text
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        client.force_login(organiser)
        assert "已经用过或者过期" in client.get(enter(old), follow=True).text
