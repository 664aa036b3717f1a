from django.apps import AppConfig


class WebuiConfig(AppConfig):
    """What both halves put on a screen."""

    name = "webui"
