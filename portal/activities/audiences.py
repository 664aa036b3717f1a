"""The people of an activity, as somebody to write to."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.activities.enums import HOLDS_A_PLACE
from portal.activities.models import Activity, SignUp
from portal.activities.queries import organised_activities, organised_shifts
from portal.members.models import User
from portal.notices.audiences import Audience, Reach

if TYPE_CHECKING:
    from django.db.models import QuerySet


def of_activity(sender: User, code: str) -> Reach | None:
    """Return those with a place on a shift to come of an activity that ``sender`` organises."""
    activity = organised_activities(sender).filter(code=code).first()
    if activity is None:
        return None
    held = SignUp.objects.filter(shift__activity=activity, shift__ends_at__gt=timezone.now())
    return _reach(activity, held, _("“%(title)s”已报名的人") % {"title": activity.title})


def of_shift(sender: User, key: str) -> Reach | None:
    """Return those with a place on a shift that ``sender`` organises, also when it is over."""
    shift = organised_shifts(sender).filter(pk=int(key)).first() if key.isdecimal() else None
    if shift is None:
        return None
    begins = timezone.localtime(shift.starts_at)
    details = {"title": shift.activity.title, "time": date_format(begins, "DATETIME_FORMAT")}
    held = SignUp.objects.filter(shift=shift)
    return _reach(shift.activity, held, _("“%(title)s”%(time)s 已报名的人") % details)


def _reach(activity: Activity, held: "QuerySet[SignUp]", label: str) -> Reach:
    people = User.objects.filter(pk__in=held.filter(state__in=HOLDS_A_PLACE).values("member"))
    url = reverse("activities:detail", args=[activity.code])
    return Reach(label=label, place=str(activity.area), people=people, url=url)


ACTIVITY = Audience("activity", of_activity)
SHIFT = Audience("shift", of_shift)
