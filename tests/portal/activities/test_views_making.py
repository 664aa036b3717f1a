"""An organiser copies, repeats, and changes what people count on."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from portal.activities import actions, queries
from portal.activities.enums import Frequency, OnSilence
from portal.activities.models import Activity, ActivityTemplate, MaterialChange
from portal.activities.recurring import Recurrence
from portal.notices.models import Message
from tests.factories.activities import ActivityFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.portal.activities.counting import queries_for
from tests.portal.activities.test_views_organisers import FORM, shift_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(client):
    held = PostFactory()
    client.force_login(held.person)
    return held


def series_of(activity, count=3):
    rule = Recurrence(queries.first_day(activity), Frequency.WEEKLY, count=count)
    return actions.start_series(activity=activity, by=activity.created_by, rule=rule)


def urls_of(shift):
    activity = shift.activity
    series = series_of(ShiftFactory(activity__area=activity.area).activity)
    template = actions.save_template(activity=activity, by=activity.created_by, area=activity.area, name="模板")
    SignUpFactory(shift=ShiftFactory(activity__area=activity.area, activity__place="甲"))
    changed = Activity.objects.get(place="甲")
    actions.edit_activity(activity=changed, by=changed.created_by, place="乙")
    return {
        "copy": reverse("activities:copy", args=[activity.code]),
        "review": reverse("activities:review", args=[activity.code]),
        "save_template": reverse("activities:save_template", args=[activity.code]),
        "use_template": reverse("activities:use_template", args=[template.pk]),
        "end_template": reverse("activities:end_template", args=[template.pk]),
        "repeat": reverse("activities:repeat", args=[activity.code]),
        "series": reverse("activities:series", args=[series.pk]),
        "publish_series": reverse("activities:publish_series", args=[series.pk]),
        "change": reverse("activities:change", args=[changed.changes.get().pk]),
    }


POST_ONLY = {"copy", "end_template", "publish_series"}
NAMES = [*sorted(POST_ONLY), "review", "save_template", "use_template", "repeat", "series", "change"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("who", "status"), [("nobody", 302), ("member", 404), ("organiser elsewhere", 404), ("organiser", 200)]
)
def test_only_organisers_of_the_area_make_again(client, name, who, status):
    shift = ShiftFactory(activity__draft=True)
    url = urls_of(shift)[name]
    area = {"organiser": shift.activity.area, "organiser elsewhere": CommunityFactory()}.get(who)
    if who != "nobody":
        client.force_login(PostFactory(area=area).person if area else UserFactory())

    answer = client.post(url) if name in POST_ONLY else client.get(url)

    assert answer.status_code == (302 if name in POST_ONLY and status == 200 else status)


@pytest.mark.parametrize(("who", "status"), [("nobody", 302), ("member", 403), ("organiser", 200)])
def test_only_organisers_see_templates(client, who, status):
    if who != "nobody":
        client.force_login(PostFactory().person if who == "organiser" else UserFactory())

    assert client.get(reverse("activities:templates")).status_code == status


def test_three_templates_cost_as_many_queries_as_one(client, post):
    activity = ActivityFactory(area=post.area)
    actions.save_template(activity=activity, by=post.person, area=post.area, name="一")
    once = queries_for(client, reverse("activities:templates"))
    for name in ("二", "三"):
        actions.save_template(activity=activity, by=post.person, area=post.area, name=name)

    assert queries_for(client, reverse("activities:templates")) == once


def test_last_week_once_more_takes_two_taps(client, post):
    shift = ShiftFactory(activity__area=post.area)

    page = client.post(reverse("activities:copy", args=[shift.activity.code]), follow=True)
    assertContains(page, "看一看日期")
    copy = Activity.objects.latest("pk")
    new = copy.shifts.get()
    times = {name: f"{timezone.localtime(getattr(new, name)):%Y-%m-%dT%H:%M}" for name in ("starts_at", "ends_at")}
    form = {f"shift{new.pk}-{name}": value for name, value in {**times, "capacity": "7"}.items()}
    client.post(
        reverse("activities:review", args=[copy.code]),
        {**form, "title": "再一次", "place": "二号楼", "then": "publish"},
    )

    copy.refresh_from_db()
    assert (copy.is_published, copy.title, copy.place, copy.shifts.get().capacity) == (True, "再一次", "二号楼", 7)


def test_the_whole_draft_moves_on_a_week(client, post):
    shift = ShiftFactory(activity__area=post.area, activity__draft=True)
    closes = shift.activity.sign_up_closes_at = shift.starts_at - timedelta(hours=5)
    shift.activity.save()
    url = reverse("activities:review", args=[shift.activity.code])
    times = {name: f"{timezone.localtime(getattr(shift, name)):%Y-%m-%dT%H:%M}" for name in ("starts_at", "ends_at")}
    form = {f"shift{shift.pk}-{name}": value for name, value in {**times, "capacity": "7"}.items()}

    client.post(url, {**form, "title": "再一次", "place": "二号楼", "then": "week"})

    before = shift.starts_at
    shift.refresh_from_db()
    assert (timezone.localtime(shift.starts_at).date() - timezone.localtime(before).date()).days == 7
    shift.activity.refresh_from_db()
    assert shift.activity.sign_up_closes_at - closes == timedelta(days=7)


def test_a_wrong_date_keeps_what_was_typed(client, post):
    shift = ShiftFactory(activity__area=post.area, activity__draft=True)
    url = reverse("activities:review", args=[shift.activity.code])
    past = shift_form(days=-3)
    form = {f"shift{shift.pk}-{name}": past[name] for name in ("starts_at", "ends_at", "capacity")}

    page = client.post(url, {**form, "title": "改过的名字", "place": "二号楼", "then": "save"})

    assertContains(page, "开始时间已经过去", status_code=422)
    assertContains(page, "改过的名字", status_code=422)


def test_what_is_published_is_not_reviewed(client, post):
    activity = ActivityFactory(area=post.area)

    answer = client.get(reverse("activities:review", args=[activity.code]))

    assertRedirects(answer, reverse("activities:overview", args=[activity.code]))


def test_a_template_is_saved_used_and_ended(client, post):
    activity = ShiftFactory(activity__area=post.area).activity
    client.post(reverse("activities:save_template", args=[activity.code]), {"name": "每月清扫"})
    template = ActivityTemplate.objects.get()
    day = timezone.localdate() + timedelta(days=30)

    answer = client.post(reverse("activities:use_template", args=[template.pk]), {"first_on": day.isoformat()})
    made = Activity.objects.latest("pk")

    assertRedirects(answer, reverse("activities:review", args=[made.code]))
    assert queries.first_day(made) == day
    client.post(reverse("activities:end_template", args=[template.pk]))
    assertNotContains(client.get(reverse("activities:templates")), "每月清扫")


def test_a_template_is_not_used_for_yesterday(client, post):
    activity = ActivityFactory(area=post.area)
    template = actions.save_template(activity=activity, by=post.person, area=post.area, name="清扫")

    page = client.post(
        reverse("activities:use_template", args=[template.pk]), {"first_on": timezone.localdate().isoformat()}
    )

    assertContains(page, "请选择今天以后的日期", status_code=422)


def test_a_change_of_following_dates_is_shown_first_then_made(client, post):
    series = series_of(ActivityFactory(area=post.area) and ShiftFactory(activity__area=post.area).activity)
    second = queries.dates_of(series)[1]
    url = reverse("activities:edit", args=[second.code])
    form = {**FORM, "scope": "following"}

    page = client.post(url, form)

    assertContains(page, "楼道清洁")
    assert page.text.count('class="change__title"') == 2
    assert not Activity.objects.filter(title=FORM["title"]).exists()
    client.post(url, {**form, "sure": "1"})
    assert Activity.objects.filter(title=FORM["title"]).count() == 2


def test_whoever_signed_up_is_counted_told_and_asked(client, post):
    sign_up = SignUpFactory(shift__activity__area=post.area)
    url = reverse("activities:edit", args=[sign_up.shift.activity.code])
    form = {**FORM, "place": "三号楼"}

    page = client.post(url, form)

    assertContains(page, "已有 1 人报名或排队")
    assertContains(page, "<ins>三号楼</ins>")
    assert not MaterialChange.objects.exists()
    until = timezone.localtime() + timedelta(hours=10)
    terms = {"reconfirm_by": f"{until:%Y-%m-%dT%H:%M}", "on_silence": "free", "sure": "1"}
    client.post(url, {**form, **terms})
    change = MaterialChange.objects.get()
    assert change.on_silence == OnSilence.FREE
    assert Message.objects.filter(recipient=sign_up.member).exists()
    overview = client.get(reverse("activities:overview", args=[sign_up.shift.activity.code]))
    assertContains(overview, reverse("activities:change", args=[change.pk]))
    assertContains(client.get(reverse("activities:change", args=[change.pk])), sign_up.member.name)


def test_a_deadline_in_the_past_is_asked_again(client, post):
    sign_up = SignUpFactory(shift__activity__area=post.area)
    url = reverse("activities:edit_shift", args=[sign_up.shift.pk])
    terms = {"reconfirm_by": "2020-01-01T10:00", "on_silence": "keep", "sure": "1"}

    page = client.post(url, {**shift_form(days=9), **terms})

    assertContains(page, "期限已经过去", status_code=422)
    assert not MaterialChange.objects.exists()


def test_a_new_time_is_shown_first_then_told(client, post):
    sign_up = SignUpFactory(shift__activity__area=post.area)
    url = reverse("activities:edit_shift", args=[sign_up.shift.pk])
    form = shift_form(days=9)

    assertContains(client.post(url, form), "保存并通知大家")
    until = timezone.localtime() + timedelta(hours=10)
    client.post(url, {**form, "reconfirm_by": f"{until:%Y-%m-%dT%H:%M}", "on_silence": "keep", "sure": "1"})

    sign_up.refresh_from_db()
    assert sign_up.is_asked_again


def test_the_posture_of_a_shift_is_shown_first_then_told_and_stands_on_its_pages(client, post):
    shift = ShiftFactory(activity__area=post.area, starts_at=timezone.localtime().replace(microsecond=0) + timedelta(2))
    mine = SignUpFactory(shift=shift)
    url, code = reverse("activities:edit_shift", args=[shift.pk]), shift.activity.code
    clock = {name: f"{timezone.localtime(getattr(shift, name)):%Y-%m-%dT%H:%M:%S}" for name in ("starts_at", "ends_at")}
    form = {**clock, "capacity": "10", "posture": "standing"}

    assertContains(client.post(url, form), "<ins>站着做</ins>")
    client.post(url, {**form, "sure": "1"})

    mine.refresh_from_db()
    assert mine.is_asked_again
    assert [item["label"] for item in mine.change.items] == ["坐着还是站着"]
    for name in ("overview", "detail"):
        assertContains(client.get(reverse(f"activities:{name}", args=[code])), "站着做")


@pytest.mark.parametrize(("answer", "state"), [("reconfirm", "confirmed"), ("decline_change", "withdrawn")])
def test_a_member_answers_a_change_in_one_tap(client, answer, state):
    sign_up = SignUpFactory()
    activity = sign_up.shift.activity
    actions.edit_activity(activity=activity, by=activity.created_by, place="三号楼")
    client.force_login(sign_up.member)

    assertContains(client.get(reverse("activities:mine")), "我还来")
    client.post(reverse(f"activities:{answer}", args=[sign_up.pk]))

    sign_up.refresh_from_db()
    assert sign_up.state == state
    assertNotContains(client.get(reverse("activities:mine")), "我还来")


@pytest.mark.parametrize("answer", ["reconfirm", "decline_change"])
def test_nobody_answers_for_another(client, answer):
    sign_up = SignUpFactory()
    url = reverse(f"activities:{answer}", args=[sign_up.pk])

    assert client.post(url).status_code == 302
    client.force_login(UserFactory())
    assert client.post(url).status_code == 404
