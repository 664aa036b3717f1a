"""An organiser writes what came of an activity, freezes its numbers, and has a story begun for the editors."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from portal import states
from portal.activities.enums import ShiftState
from portal.activities.models import Activity
from portal.activity_reports.enums import SUMMARY_TRANSITIONS, SummaryState
from portal.activity_reports.errors import (
    AlreadySubmittedError,
    NoDeskError,
    NotOverError,
    NotSubmittedError,
    NotYoursError,
)
from portal.activity_reports.models import ActivityReport
from portal.activity_reports.queries import Figures, figures_of, report_on
from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.permissions import may
from webui.providers import Story, draft_story
from webui.templatetags.webui import duration


@transaction.atomic
def save_report(*, activity: Activity, by: User, achieved: str, materials: list[dict[str, str]]) -> ActivityReport:
    """Keep what the organiser wrote.

    Raises:
        NotYoursError: ``by`` does not run the activity.
        NotOverError: it has not taken place yet.
        AlreadySubmittedError: the numbers are frozen.
    """
    report = _hold(activity, by)
    report.achieved, report.materials = achieved, materials
    if report.pk:
        states.save(report, action="edited", by=by)
    else:
        states.move(report, to=SummaryState.DRAFT, by=by, transitions=SUMMARY_TRANSITIONS)
    return report


@transaction.atomic
def submit_report(*, activity: Activity, by: User) -> ActivityReport:
    """Freeze the numbers as they are now. Refused as ``save_report`` is."""
    report = _hold(activity, by)
    if not report.pk:
        states.move(report, to=SummaryState.DRAFT, by=by, transitions=SUMMARY_TRANSITIONS)
    report.snapshot = figures_of(activity).as_snapshot()
    report.submitted_at, report.submitted_by = timezone.now(), by
    states.move(report, to=SummaryState.SUBMITTED, by=by, transitions=SUMMARY_TRANSITIONS)
    return report


@transaction.atomic
def begin_story(*, activity: Activity, by: User) -> ActivityReport:
    """Have the website begin a story for its editors: numbers and words, no names, never published. Idempotent.

    Raises:
        NotYoursError: ``by`` does not run the activity.
        NotSubmittedError: the numbers are not frozen yet.
        NoDeskError: the website has nowhere to put it.
    """
    if not may(by, Action.RUN_ACTIVITIES, activity.area):
        raise NotYoursError
    states.lock(activity)
    report = report_on(activity)
    if not report.is_submitted:
        raise NotSubmittedError
    key = draft_story(_story(report), known=report.story)
    if key is None:
        raise NoDeskError
    if key != report.story:
        report.story = key
        report.save(update_fields=["story"])
        log(report, "activity_reports.activityreport.story_begun", user=by)
    return report


def _hold(activity: Activity, by: User) -> ActivityReport:
    if not may(by, Action.RUN_ACTIVITIES, activity.area):
        raise NotYoursError
    activity = states.lock(activity, "area")
    if not activity.is_over:
        raise NotOverError
    report = report_on(activity)
    if report.is_submitted:
        raise AlreadySubmittedError
    return report


def _story(report: ActivityReport) -> Story:
    activity, figures = report.activity, Figures.from_snapshot(report.snapshot)
    facts = {
        "area": activity.area,
        "day": _day_of(activity),
        "people": figures.people,
        "time": duration(figures.minutes_confirmed or figures.minutes_noted),
    }
    first = _("%(day)s，%(area)s组织了这次活动，%(people)s 人参加，共服务 %(time)s。") % facts
    newcomers = _("其中 %(n)s 人第一次参加。") % {"n": figures.newcomers} if figures.newcomers else ""
    written = [line.strip() for line in report.achieved.splitlines() if line.strip()]
    return Story(
        title=activity.title,
        summary=activity.summary or first[:160],
        paragraphs=[first + newcomers, *written],
    )


def _day_of(activity: Activity) -> date:
    first = activity.shifts.filter(state=ShiftState.PLANNED).order_by("starts_at").first()
    return timezone.localdate(first.starts_at) if first else timezone.localdate()
