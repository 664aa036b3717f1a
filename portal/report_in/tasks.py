"""What is sent outside the request."""

import logging

from django.conf import settings
from django.utils.translation import gettext as _
from django_tasks import task

from portal.notices.errors import SmsNotSentError
from portal.notices.senders import send_sms
from portal.report_in.models import GapReminder

logger = logging.getLogger(__name__)


@task()
def send_gap_sms(reminder: int, unit: str) -> None:
    """Send one text message that asks to report in; what did not leave may be sent again without waiting."""
    row = GapReminder.objects.filter(pk=reminder, sent_at__isnull=False).first()
    if row is None:
        return
    text = _("%(unit)s请您到居住的社区报到：打开 %(address)s，用这个手机号登录就行。自愿参加，不影响您办事。")
    try:
        send_sms(phone=str(row.phone), text=text % {"unit": unit, "address": settings.BASE_URL})
    except SmsNotSentError:
        logger.warning("gap reminder %s did not leave", row.pk)
        row.sent_at = None
        row.save(update_fields=["sent_at"])
