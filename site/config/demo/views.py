"""Two pages only the demo has: walk in as anybody, and read what would have been sent."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from config.demo.roles import PASSWORD, ROLES, demo_person, role_by_key
from portal.notices.models import MailboxEntry
from webui.pagination import page_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

View = Callable[..., HttpResponse]


def demo_only(view: View) -> View:
    """Answer 404 outside the demo, whatever the addresses say."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@demo_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest) -> HttpResponse:
    """List the roles; a POST with ``role`` walks in as that role's invented person."""
    if request.method == "POST":
        return _enter(request, request.POST.get("role", ""))
    return render(request, "demo/roles.html", {"roles": ROLES, "password": PASSWORD})


@demo_only
@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show the text messages and mails the demo kept, newest first."""
    return render(request, "demo/mailbox.html", {"page": page_of(request, MailboxEntry.objects.all())})


def _enter(request: HttpRequest, key: str) -> HttpResponse:
    role = role_by_key(key)
    if role is None:
        raise Http404
    person = demo_person(role)
    if person is None:
        messages.error(request, _("这个演示账号还没有建好，请先运行 make demo。"))
        return redirect("demo:roles")
    login(request, person, backend=BACKEND)
    return redirect(role.start)
