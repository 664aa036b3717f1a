from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VenuesConfig(AppConfig):
    name = "website.venues"
    label = "venues"
    verbose_name = _("阵地")

    def ready(self) -> None:
        from website.open_data.datasets import register  # noqa: PLC0415 -- models are not loaded before ready()
        from website.venues.datasets import VENUES  # noqa: PLC0415 -- as above

        register(VENUES)
