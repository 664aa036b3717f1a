from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "website.figures"
    label = "figures"
    verbose_name = _("数说")

    def ready(self) -> None:
        from website.figures.datasets import FIGURES  # noqa: PLC0415 -- models are ready only now
        from website.open_data.datasets import register  # noqa: PLC0415 -- as above

        register(FIGURES)
