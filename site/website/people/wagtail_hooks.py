from collections.abc import Collection

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import Page

from website.people import queries
from website.people.actions import take_down_without_consent
from website.people.models import Consent, PersonPage


@hooks.register("after_edit_snippet")
def withdrawn_consent_takes_pages_down(request: HttpRequest, instance: models.Model) -> None:
    if isinstance(instance, Consent):
        take_down_without_consent(consent=instance, by=request.user)


@hooks.register("before_bulk_action")
def people_are_not_published_in_bulk_without_consent(
    request: HttpRequest, action_type: str, objects: Collection[models.Model], action: BulkAction
) -> HttpResponse | None:
    if action_type != "publish" or action.model is not Page:
        return None
    refused = queries.unshowable(_to_publish(objects, action))
    if not refused:
        return None
    names = "、".join(page.title for page in refused)
    messages.error(request, _("%(names)s：还没有本人的公开同意书，不能发布。这次一页也没有发布。") % {"names": names})
    return redirect(action.next_url)


def _to_publish(objects: Collection[models.Model], action: BulkAction) -> set[int]:
    chosen = {page.pk for page in objects}
    if action.cleaned_form.cleaned_data["include_descendants"]:
        for page in objects:
            chosen.update(PersonPage.objects.not_live().descendant_of(page).values_list("pk", flat=True))
    return chosen
