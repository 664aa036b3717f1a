"""Typed requests, and the answers HTMX understands."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:  # for the type checker alone: webui knows no half
    from portal.members.models import User


class HtmxRequest(HttpRequest):
    """A request after ``HtmxMiddleware``."""

    htmx: HtmxDetails


class MemberRequest(HtmxRequest):
    """A request behind the log-in: ``user`` is a person."""

    user: "User"
