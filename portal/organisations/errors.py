"""Why an appointment is refused, in words fit to show."""

from django.utils.translation import gettext_lazy as _


class OrganisationError(Exception):
    """A refusal; its ``message`` is fit to show."""

    message = _("暂时不能这样做。")

    def __str__(self) -> str:
        return str(self.message)


class WrongPlaceError(OrganisationError):
    message = _("社区工作者要任在一个区域，单位联络员要任在一个单位，而且只能选一处。")


class PostOverlapsError(OrganisationError):
    message = _("这个人在这里已经有同样的职责。")
