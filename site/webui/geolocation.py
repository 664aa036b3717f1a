"""What a page's answer allows: a browser may ask its reader where they are, for this page alone."""

from django.conf import settings
from django.http.response import HttpResponseBase
from django_permissions_policy import PermissionsPolicyMiddleware

Policy = dict[str, str | list[str] | tuple[str]]


def with_geolocation(response: HttpResponseBase) -> HttpResponseBase:
    """Let the page of ``response`` ask where its reader is; what it learns stays in the browser."""
    allowed: Policy = {**settings.PERMISSIONS_POLICY, "geolocation": ["self"]}
    policy = PermissionsPolicyMiddleware.compute_header_value(allowed, name="geolocation")
    # Read by the middleware in place of the setting (as its own decorator does it), and kept with a kept page.
    response._permissions_policy_override = policy  # type: ignore[attr-defined]  # django-permissions-policy's
    return response
