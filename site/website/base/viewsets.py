"""Wagtail's user pages for our user model."""

from wagtail.users.views.users import UserViewSet as WagtailUserViewSet


class UserViewSet(WagtailUserViewSet):
    """To be told about ``name``."""
