"""The text message that tells somebody what was entered for them."""

from django.utils.translation import gettext as _
from django_tasks import task

from portal.notices.senders import send_sms
from portal.proxies.models import ProxyEntry


@task()
def send_entry_sms(entry_id: int) -> None:
    """Send the message of one entry; a gateway that is away leaves the line in the inbox, and a failed job."""
    entry = ProxyEntry.objects.select_related("person", "area").get(pk=entry_id)
    details = {"area": entry.area, "what": entry.get_kind_display()}
    text = _("【报到】%(area)s工作人员代您录入：%(what)s。如果不对，请登录查看，或者联系社区。") % details
    if entry.area.phone:
        text += _("社区电话 %(phone)s。") % {"phone": entry.area.phone}
    send_sms(phone=str(entry.person.phone), text=text)
