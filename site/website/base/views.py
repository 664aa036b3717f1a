"""The editors' desk where it meets our log-in and our user model."""

from typing import Any
from urllib.parse import urljoin

from django import forms
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.i18n import JavaScriptCatalog
from django.views.static import serve
from wagtail.admin.localization import get_localized_response
from wagtail.admin.views.account import AccountView as WagtailAccountView
from wagtail.admin.views.account import BaseSettingsPanel, NameEmailSettingsPanel

from website.base.forms import NameForm
from website.base.private_pictures import is_private, may_see, picture_of

ROBOTS = """\
User-agent: *
Allow: /portal/activities/
Disallow: /account/
Disallow: /cms/
Disallow: /demo/
Disallow: /display/
Disallow: /portal/
Sitemap: {sitemap}
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers where the public half is."""
    sitemap = urljoin(settings.BASE_URL, reverse("sitemap"))
    return HttpResponse(ROBOTS.format(sitemap=sitemap), content_type="text/plain; charset=utf-8")


def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a picture's file, as it was handed in or in one of its sizes, to whoever may see its collection.

    Behind nginx only what is private comes here; a file of no picture is nobody's.
    """
    image = picture_of(path)
    if image is None or not may_see(request, image):
        raise Http404
    response: HttpResponseBase = serve(request, path, document_root=default_storage.path(""))
    if is_private(image):
        add_never_cache_headers(response)
    return response


@never_cache
def cms_login(request: HttpRequest) -> HttpResponse:
    """Send strangers to the one log-in; tell people who are logged in that they lack the right.

    Wagtail sends both here, and the log-in would send the second kind straight back.
    """
    if request.user.is_authenticated:
        return render(request, "403.html", status=403)
    return redirect_to_login(request.GET.get("next", resolve_url("wagtailadmin_home")), settings.LOGIN_URL)


def script_catalogue(request: HttpRequest) -> HttpResponse:
    """Hand the admin's scripts every translation there is, in the language the editor chose."""
    answer: HttpResponse = get_localized_response(JavaScriptCatalog.as_view(), request)
    return answer


class NamePanel(NameEmailSettingsPanel):
    form_class = NameForm


class KeysPanel(BaseSettingsPanel):
    """Says where phone, mailbox and password are changed; there is nothing to fill in."""

    name = "keys"
    title = _("手机号、邮箱和密码")
    order = 200
    template_name = "wagtailadmin/account/own_keys.html"

    def get_form(self) -> forms.Form:
        return forms.Form()


class AccountView(WagtailAccountView):
    """Wagtail's account page, for people with one name."""

    def get_panels(self) -> list[Any]:
        panels = [
            NamePanel(panel.request, panel.user, panel.profile) if isinstance(panel, NameEmailSettingsPanel) else panel
            for panel in super().get_panels()
        ]
        return [*panels, KeysPanel(self.request, self.request.user, None)]
