"""No form of the portal takes an identity number: there is nothing here that needs one."""

import importlib
import pkgutil

import pytest
from django import forms
from django.urls import reverse

import portal
from portal.members.forms import PhoneField
from portal.report_in.models import MemberReportIn
from tests.factories.members import HomeMembershipFactory
from tests.factories.organisations import CommunityFactory
from webui.forms import NoIdentityNumbersMixin
from webui.identity import has_identity_number

NUMBER = "11010519491231002X"  # the example of GB 11643 itself
# Codes, passwords and keys are no prose, and are never kept as they were typed.
SECRETS = {
    "ConfirmCodeForm",
    "LogInForm",
    "SetPasswordForm",
    "ChangePasswordForm",
    "ReauthenticateForm",
    "AuthenticateForm",
    "ActivateTotpForm",
    "AddPasskeyForm",
}


def portal_forms() -> list[type[forms.BaseForm]]:
    for module in pkgutil.walk_packages(portal.__path__, "portal."):
        if "form" in module.name or module.name.endswith("reveal"):
            importlib.import_module(module.name)
    found, below = [], [forms.BaseForm]
    while below:
        kind = below.pop()
        below += kind.__subclasses__()
        if kind.__module__.startswith("portal."):
            found.append(kind)
    return sorted(set(found), key=lambda kind: (kind.__module__, kind.__name__))


def takes_prose(kind: type[forms.BaseForm]) -> bool:
    fields = getattr(kind, "base_fields", {}).values()
    return any(type(field) is forms.CharField and not isinstance(field, PhoneField) for field in fields)


@pytest.mark.parametrize("kind", portal_forms(), ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_form_that_takes_prose_refuses_one(kind):
    assert not takes_prose(kind) or kind.__name__ in SECRETS or issubclass(kind, NoIdentityNumbersMixin)


@pytest.mark.parametrize(
    ("text", "has_one"),
    [
        (NUMBER, True),
        (f"我的号码是{NUMBER.lower()}，请登记", True),
        ("１１０１０５１９４９１２３１００２Ｘ", True),
        ("110105 19491231 002X", True),
        ("110105194912310021", False),  # the last character does not follow
        ("+8613812345678", False),
        ("2026-11-28 10:00", False),
    ],
)
def test_what_an_identity_number_is(text, has_one):
    assert has_identity_number(text) is has_one


@pytest.mark.django_db
def test_what_was_typed_stays(client):
    membership, area = HomeMembershipFactory(), CommunityFactory()
    client.force_login(membership.person)

    response = client.post(reverse("report_in:send", args=[area.code]), {"note": f"我是{NUMBER}", "consent": "on"})

    assert response.status_code == 422
    assert "里面有身份证号" in response.content.decode()
    assert f"我是{NUMBER}" in response.content.decode()
    assert not MemberReportIn.objects.exists()
