"""The report of an activity: counted from the rows, frozen once, and begun as a story for the editors."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from portal.activities.enums import AttendanceState
from portal.activities.models import Attendance
from portal.activity_reports import actions, queries
from portal.activity_reports.errors import (
    ActivityReportError,
    AlreadySubmittedError,
    NoDeskError,
    NotOverError,
    NotSubmittedError,
    NotYoursError,
)
from portal.activity_reports.forms import ActivityReportForm
from portal.activity_reports.models import ActivityReport
from tests.factories.activities import AttendanceFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.records import ServiceRecordFactory
from tests.portal.activities.logs import logged
from webui import providers

pytestmark = pytest.mark.django_db

WORDS = {"achieved": "楼道干净了。", "materials": [{"item": "手套", "quantity": "20", "unit": "双"}]}


@pytest.fixture
def shift():
    return ShiftFactory(past=True)


@pytest.fixture
def organiser(client, shift):
    person = PostFactory(area=shift.activity.area).person
    client.force_login(person)
    return person


def came(shift, **fields):
    return AttendanceFactory(sign_up=SignUpFactory(shift=shift, **fields))


def url(name, shift):
    return reverse(f"activity_reports:{name}", args=[shift.activity.code])


def test_the_numbers_are_counted_from_the_rows_and_name_nobody(shift, django_assert_num_queries):
    known = came(ShiftFactory(past=True, starts_at=shift.starts_at.replace(year=2020))).sign_up.member
    came(shift, member=known)
    came(shift, places=3)
    AttendanceFactory(sign_up=SignUpFactory(shift=shift), state=AttendanceState.ABSENT, minutes=None, recorded_by=None)
    attendance = came(shift)
    Attendance.objects.filter(pk=attendance.pk).update(closed_at=shift.ends_at)
    ServiceRecordFactory(member=attendance.sign_up.member, attendance=attendance)

    with django_assert_num_queries(4):
        figures = queries.figures_of(shift.activity)

    assert (figures.people, figures.newcomers, figures.companions) == (3, 2, 2)
    assert (figures.minutes_noted, figures.minutes_confirmed) == (360, 120)
    assert known.name not in repr(figures)


def test_a_report_is_kept_and_frozen(shift, organiser):
    came(shift)
    actions.save_report(activity=shift.activity, by=organiser, **WORDS)
    actions.save_report(activity=shift.activity, by=organiser, **WORDS)
    report = actions.submit_report(activity=shift.activity, by=organiser)
    came(shift)

    assert queries.figures_in(ActivityReport.objects.get()).people == 1
    assert logged(report) == [
        "activity_reports.activityreport.draft",
        "activity_reports.activityreport.edited",
        "activity_reports.activityreport.submitted",
    ]
    for action in (
        lambda: actions.save_report(activity=shift.activity, by=organiser, **WORDS),
        lambda: actions.submit_report(activity=shift.activity, by=organiser),
    ):
        with pytest.raises(AlreadySubmittedError):
            action()


def test_a_report_is_refused_to_others_and_before_the_end(shift, organiser):
    ahead = ShiftFactory(activity__area=shift.activity.area)

    with pytest.raises(NotOverError):
        actions.save_report(activity=ahead.activity, by=organiser, **WORDS)
    for refused in (actions.submit_report, actions.begin_story):
        with pytest.raises(NotYoursError):
            refused(activity=shift.activity, by=PostFactory().person)


def test_a_story_is_begun_once_from_frozen_numbers(shift, organiser, monkeypatch):
    told = []
    monkeypatch.setattr(providers, "_story_desks", [lambda story, known: known or told.append(story) or 7])

    with pytest.raises(NotSubmittedError):
        actions.begin_story(activity=shift.activity, by=organiser)
    name = came(shift, member=UserFactory(name="欧阳静好")).sign_up.member.name
    actions.save_report(activity=shift.activity, by=organiser, **WORDS)
    actions.submit_report(activity=shift.activity, by=organiser)
    for _twice in range(2):
        assert actions.begin_story(activity=shift.activity, by=organiser).story == 7

    (story,) = told
    assert "1 人参加" in story.paragraphs[0]
    assert story.paragraphs[1] == "楼道干净了。"
    assert name not in repr(story)


def test_without_a_place_for_it_no_story_is_begun(shift, organiser, monkeypatch):
    monkeypatch.setattr(providers, "_story_desks", [])
    actions.submit_report(activity=shift.activity, by=organiser)

    with pytest.raises(NoDeskError):
        actions.begin_story(activity=shift.activity, by=organiser)


@pytest.mark.parametrize(("who", "status"), [("nobody", 302), ("member", 404), ("organiser elsewhere", 404)])
def test_the_page_is_for_organisers_of_the_activity(client, shift, who, status):
    if who != "nobody":
        client.force_login(UserFactory() if who == "member" else PostFactory().person)

    assert client.get(url("report", shift)).status_code == status
    assert client.post(url("submit", shift)).status_code == status
    assert client.post(url("story", shift)).status_code == status


def test_the_page_writes_submits_and_shows(client, shift, organiser):
    came(shift)
    typed = {"achieved": "楼道干净了。", "materials": "手套 20 双\n水2.5升"}

    assertContains(client.post(url("report", shift), typed, follow=True), "手套 20 双")
    shown = client.post(url("submit", shift), follow=True)

    assertContains(shown, "数字固定于")
    assertContains(shown, "水 2.5 升")
    assertContains(shown, "给编辑起草一篇稿子")
    assertNotContains(shown, "<textarea")
    assertContains(client.post(url("report", shift), typed, follow=True), "不能再改")


def test_what_is_typed_is_kept_when_the_report_is_finished(client, shift, organiser):
    came(shift)
    assertContains(client.get(url("report", shift)), 'name="finish"')

    shown = client.post(url("report", shift), {"achieved": "刚写的一句。", "materials": "", "finish": ""}, follow=True)

    assertContains(shown, "刚写的一句。")
    assertContains(shown, "数字固定于")


def test_before_the_end_there_is_nothing_to_write(client, organiser, shift):
    ahead = ShiftFactory(activity__area=shift.activity.area)

    page = client.get(url("report", ahead))

    assertContains(page, "活动结束以后才能写总结")
    assertNotContains(page, "<textarea")


def test_a_line_that_is_not_understood_is_named_and_kept(client, shift, organiser):
    page = client.post(url("report", shift), {"achieved": "做完了", "materials": "一些手套"})

    assertContains(page, "看不懂这一行：一些手套", status_code=422)
    assertContains(page, "做完了", status_code=422)


def test_materials_are_read_a_line_each():
    form = ActivityReportForm({"achieved": "", "materials": "手套 20 双\n\n 油漆2.5桶 "})

    assert form.is_valid()
    assert form.cleaned_data["materials"] == [
        {"item": "手套", "quantity": "20", "unit": "双"},
        {"item": "油漆", "quantity": "2.5", "unit": "桶"},
    ]


def test_every_refusal_has_words():
    assert all(str(kind()) for kind in ActivityReportError.__subclasses__())
