"""Wagtail's user pages, told about our user model: a phone to log in by, and one name."""

from wagtail.users.apps import WagtailUsersAppConfig


class WagtailUsersConfig(WagtailUsersAppConfig):
    """Points Wagtail at our viewset, and leaves groups to superusers."""

    user_viewset = "website.base.viewsets.UserViewSet"

    def ready(self) -> None:
        from django.contrib.auth.models import Group  # noqa: PLC0415 -- models are there when apps are ready
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415 -- as above

        from website.base.managing import SuperusersAlone  # noqa: PLC0415 -- as above

        super().ready()
        register_permission_policy(Group, SuperusersAlone(Group))
