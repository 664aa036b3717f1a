"""What every page with one form shares: ask, try, say what happened."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django_stubs_ext import StrOrPromise

from portal.organisations.errors import OrganisationError
from webui.htmx import MemberRequest

Said = StrOrPromise


def ask(
    request: MemberRequest, form: forms.Form, *, act: Callable[[], object], done: Said, to: str, **shown: Any
) -> HttpResponse:
    """Show ``form``, and when it holds call ``act``; then say ``done`` and go ``to``. A refusal stands above the form.

    ``shown`` is for the template: title, submit, and if wanted lead, back, points (what will happen), is_final.
    """
    if form.is_valid():
        try:
            act()
        except OrganisationError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(to)
    context = {"form": form, "back": to, **shown}
    return render(request, "portal/organisations/form.html", context, status=422 if form.is_bound else 200)
