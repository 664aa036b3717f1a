from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.notices.audiences import register_audience


class ActivitiesConfig(AppConfig):
    name = "portal.activities"
    verbose_name = _("活动")

    def ready(self) -> None:
        audiences = import_module("portal.activities.audiences")  # models are not loaded before ready()
        for audience in (audiences.ACTIVITY, audiences.SHIFT):
            register_audience(audience)
        import_module("portal.activities.receivers")  # as above

        from portal.activities.queries.teams import team_activities, team_members_going  # noqa: PLC0415 -- models are not loaded before ready()
        from portal.teams.queries import register_team_activities  # noqa: PLC0415 -- as above

        register_team_activities(team_activities, team_members_going)
