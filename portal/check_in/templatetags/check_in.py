"""By which mark a device tells the taps of one person from those of another."""

from django import template

from portal.check_in import tokens
from portal.members.models import User

register = template.Library()


@register.filter
def account_tag(person: User) -> str:
    """Return the mark of ``person`` on devices; it says nothing of whom."""
    return tokens.account_tag(person.pk)
