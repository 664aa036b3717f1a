from django.db import models
from django.http import HttpRequest
from wagtail import hooks

from website.people.actions import take_down_without_consent
from website.people.models import Consent


@hooks.register("after_edit_snippet")
def withdrawn_consent_takes_pages_down(request: HttpRequest, instance: models.Model) -> None:
    if isinstance(instance, Consent):
        take_down_without_consent(consent=instance, by=request.user)
