from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """What is indexed and how it is found."""

    name = "search"
    verbose_name = _("搜索")

    def ready(self) -> None:
        from search import receivers  # noqa: PLC0415 -- models are not loaded before ready()

        receivers.connect()
