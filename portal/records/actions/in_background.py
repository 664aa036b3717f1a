"""What the worker does with many records. Told twice, it works once: what is confirmed is not confirmed again."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task

from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.records.actions.many import Choice, Outcome, confirm_many


@task()
def confirm_chosen(by: int, attendances: list[int], services: list[int]) -> None:
    """Confirm what somebody chose, and tell them what became of it."""
    person = User.objects.get(pk=by)
    outcome = confirm_many(choice=Choice(attendances, services), by=person)
    tell(
        recipient=person,
        kind=MessageKind.WORK,
        title=said(outcome),
        body="\n".join(_("%(n)d 条没有确认：%(reason)s") % {"n": n, "reason": reason} for reason, n in outcome.reasons),
        url=reverse("records:confirm"),
    )


def said(outcome: Outcome) -> str:
    text = ngettext("已确认 %(n)d 条，开始公示。", "已确认 %(n)d 条，开始公示。", outcome.confirmed)
    return text % {"n": outcome.confirmed}
