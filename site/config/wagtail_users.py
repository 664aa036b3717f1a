"""Wagtail's user pages, told about our user model: a phone to log in by, and one name."""

from wagtail.users.apps import WagtailUsersAppConfig


class WagtailUsersConfig(WagtailUsersAppConfig):
    """Points Wagtail at our viewset."""

    user_viewset = "website.base.viewsets.UserViewSet"
