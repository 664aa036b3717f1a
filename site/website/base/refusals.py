"""What the editors' desk says when a page refuses: kind words in the place of a server error.

A page may refuse to be saved or published by whatever way it is asked: a workflow's last approval, a copy, an alias, a
translation, the desk's own interface. Wagtail catches that in its forms alone.
"""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from django.views.defaults import bad_request
from wagtail.models import Page

GetResponse = Callable[[HttpRequest], HttpResponse]

UNPROCESSABLE = 422
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class RefusalsAreTold:
    """Turn a refusal that nobody caught into a message, on the page it is about."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer, or leave the exception to whoever comes next."""
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        if isinstance(exception, MultiValueDictKeyError):
            return bad_request(request, exception)  # what was sent lacks a field; no form of the desk sends that
        told = _words(exception)
        return _answer(request, told) if told else None


def _answer(request: HttpRequest, told: list[str]) -> HttpResponse:
    if request.path.startswith(f"{reverse('wagtailadmin_home')}api/"):
        return JsonResponse({"message": " ".join(told)}, status=UNPROCESSABLE)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse(
            {"success": False, "error_code": "refused", "error_message": " ".join(told)}, status=UNPROCESSABLE
        )
    if request.method in SAFE and request.headers.get("X-Requested-With") != "XMLHttpRequest":
        # Going back could be going here again, for ever.
        context = {"told": told, "back": _list_around(request)}
        return render(request, "wagtailadmin/refused.html", context, status=UNPROCESSABLE)
    for words in told:
        messages.error(request, words)
    back = _back(request)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return JsonResponse({"step": "success", "redirect": back})  # what a workflow's window understands
    return redirect(back)


def _words(exception: Exception) -> list[str]:
    if isinstance(exception, ValidationError):
        return list(exception.messages)
    if isinstance(exception, ProtectedError):
        return [_("还有别的内容用着它，不能删除。")]
    return []


def _back(request: HttpRequest) -> str:
    """Return the editor of the page asked about, or the desk."""
    page = _page_asked_about(request)
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else reverse("wagtailadmin_home")


def _list_around(request: HttpRequest) -> str:
    """Return the list in which the page asked about stands, or the desk."""
    page = _page_asked_about(request)
    parent = page.get_parent() if page else None
    return reverse("wagtailadmin_explore", args=[parent.pk]) if parent else reverse("wagtailadmin_home")


def _page_asked_about(request: HttpRequest) -> Page | None:
    match = request.resolver_match
    if not match or not match.namespace.startswith("wagtailadmin_pages"):
        return None
    pk = match.kwargs.get("page_id") or match.kwargs.get("pk") or next(iter(match.args), None)
    return Page.objects.filter(pk=pk).first() if pk else None
