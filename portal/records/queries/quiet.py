"""Who of a community has not served for a while: somebody to greet, nobody to blame."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.records.enums import RecordState
from portal.records.models import ServiceRecord
from portal.report_in.queries import register_filter

QUIET_DAYS = 183


def quiet() -> Q:
    """Return the condition that the person of a report-in, here for half a year, has no record of that half year."""
    since = timezone.localdate() - timedelta(days=QUIET_DAYS)
    served = ServiceRecord.objects.filter(member=OuterRef("person"), served_on__gte=since)
    return Q(decided_at__date__lt=since) & ~Q(Exists(served.exclude(state=RecordState.REVERSED)))


register_filter("quiet", _("半年没见面，可以问候一声"), quiet)
