"""Why the house says no to a change about a person."""

from django.utils.translation import gettext_lazy as _


class MemberError(Exception):
    """A refusal; its ``message`` is fit to show."""

    message = _("暂时不能这样做。")

    def __str__(self) -> str:
        return str(self.message)


class NotOnRosterError(MemberError):
    message = _("您不在这个单位的名册上。请联系单位联络员。")


class HasUnitError(MemberError):
    message = _("您已经有所属单位。要更换单位，请联系新单位的联络员。")
