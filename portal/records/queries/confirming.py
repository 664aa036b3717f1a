"""What waits for a second person, and for whom."""

from datetime import date, datetime, time

from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.utils import timezone

from portal.activities.models import Attendance, Shift
from portal.activities.queries import attendances_to_confirm
from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.models import Post
from portal.organisations.permissions import GRANTS, areas_for
from portal.organisations.queries import held_on
from portal.records.enums import COUNTS, OwnServiceState, RecordState
from portal.records.errors import OwnServiceError, RecorderConfirmsError, RecordError
from portal.records.models import OwnService, ServiceRecord


def records_to_confirm(person: User) -> QuerySet[Attendance]:
    """Return the completed attendances in the areas of ``person`` that nobody has confirmed yet, by activity."""
    return noted_since_reversal(attendances_to_confirm(areas_for(person, Action.CONFIRM_RECORDS)))


def noted_since_reversal(attendances: QuerySet[Attendance]) -> QuerySet[Attendance]:
    """Return those of ``attendances`` whose minutes were not taken out again: they wait until they are noted anew."""
    reversed_since = ServiceRecord.objects.filter(
        attendance=OuterRef("pk"), state=RecordState.REVERSED, reversed_at__gt=OuterRef("recorded_at")
    )
    return attendances.exclude(Exists(reversed_since))


def is_taken_out(attendance: Attendance) -> bool:
    """Return whether the minutes of ``attendance`` were taken out and nobody has noted it anew."""
    return not noted_since_reversal(Attendance.objects.filter(pk=attendance.pk)).exists()


def own_services_to_confirm(person: User) -> QuerySet[OwnService]:
    """Return what members logged themselves in the areas of ``person`` and nobody has confirmed yet, oldest first."""
    return own_services_sent_to(person).filter(state=OwnServiceState.SUBMITTED).order_by("submitted_at", "pk")


def own_services_sent_to(person: User) -> QuerySet[OwnService]:
    """Return the same with what has been answered since."""
    sent = OwnService.objects.filter(area__in=areas_for(person, Action.CONFIRM_RECORDS), submitted_at__isnull=False)
    return sent.select_related("member", "area", "recorded_by")


def confirmers_on(day: date) -> QuerySet[User]:
    """Return who confirms somewhere on ``day``: active holders of a post with that right."""
    posts = Post.objects.filter(held_on(day), role__in=GRANTS[Action.CONFIRM_RECORDS], area__isnull=False)
    return User.objects.filter(pk__in=posts.values("person"), is_active=True).order_by("pk")


def waits_for(person: User, *, before: date) -> tuple[int, datetime | None]:
    """Return how much ``person`` may confirm of what was noted ``before`` a day, and since when the oldest waits."""
    midnight = timezone.make_aware(datetime.combine(before, time.min))
    attendances = confirmable(records_to_confirm(person), by=person).filter(recorded_at__lt=midnight)
    services = confirmable_own(own_services_to_confirm(person), by=person).filter(submitted_at__lt=midnight)
    found = (
        attendances.order_by().aggregate(n=Count("pk"), since=Min("recorded_at")),
        services.order_by().aggregate(n=Count("pk"), since=Min("submitted_at")),
    )
    return sum(one["n"] for one in found), min((one["since"] for one in found if one["since"]), default=None)


def shifts_to_confirm(person: User) -> QuerySet[Shift]:
    """Return the shifts with attendances ``person`` could see confirmed, the oldest first."""
    return shifts_of(records_to_confirm(person))


def shifts_of(attendances: QuerySet[Attendance]) -> QuerySet[Shift]:
    shifts = Shift.objects.filter(pk__in=attendances.order_by().values("sign_up__shift"))
    return shifts.select_related("activity__area").order_by("starts_at", "pk")


def people_of(attendances: QuerySet[Attendance], services: QuerySet[OwnService]) -> QuerySet[User]:
    """Return the members something waits for."""
    served = attendances.order_by().select_related(None).filter(sign_up__member=OuterRef("pk"))
    logged = services.order_by().select_related(None).filter(member=OuterRef("pk"))
    return User.objects.filter(Exists(served) | Exists(logged)).order_by("pk")


def why_not_confirm(attendance: Attendance, *, by: User) -> RecordError | None:
    """Return the reason ``by`` is not the second person ``attendance`` needs, if there is one."""
    if attendance.sign_up.member_id == by.pk:
        return OwnServiceError()
    if attendance.recorded_by_id == by.pk:
        return RecorderConfirmsError()
    return None


def why_not_confirm_own(service: OwnService, *, by: User) -> RecordError | None:
    """Return the reason ``by`` is not the second person ``service`` needs, if there is one."""
    if service.member_id == by.pk:
        return OwnServiceError()
    if service.recorded_by_id == by.pk:
        return RecorderConfirmsError()
    return None


def confirmable(attendances: QuerySet[Attendance], *, by: User) -> QuerySet[Attendance]:
    """Return those of ``attendances`` that ``by`` is the second person for."""
    return attendances.exclude(sign_up__member=by).exclude(recorded_by=by)


def confirmable_own(services: QuerySet[OwnService], *, by: User) -> QuerySet[OwnService]:
    """Return those of ``services`` that ``by`` is the second person for."""
    return services.exclude(member=by).exclude(recorded_by=by)


def records_answered_for(person: User) -> QuerySet[ServiceRecord]:
    """Return the counted records of the areas ``person`` organises."""
    reached = areas_for(person, Action.CONFIRM_RECORDS)
    return ServiceRecord.objects.filter(area__in=reached, state__in=COUNTS).select_related(
        "member", "area", "attendance__sign_up"
    )
