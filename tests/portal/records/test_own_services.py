from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse as url_of
from django.utils import timezone
from pytest_django.asserts import assertContains

from portal.organisations.actions import merge_areas
from portal.records.actions import (
    ask_back_own_service,
    confirm_own_service,
    correct,
    save_own_service,
    submit_own_service,
    withdraw_own_service,
)
from portal.records.enums import OwnServiceState
from portal.records.errors import (
    AlreadyConfirmedError,
    DayTooLongError,
    InTheFutureError,
    NotConfirmableHereError,
    NotReportedInHereError,
    OwnServiceError,
    RecorderConfirmsError,
    ServiceOverlapsError,
    TooLongAgoError,
)
from portal.records.models import OwnService, ServiceRecord
from portal.records.queries import counted_minutes
from portal.states import IllegalMoveError
from tests.factories.activities import AttendanceFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.records import OwnServiceFactory
from tests.factories.report_in import MemberReportInFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported():
    return MemberReportInFactory(accepted=True)


def organiser_of(area):
    return PostFactory(area=area).person


def log(reported, **changed):
    fields = {
        "member": reported.person,
        "by": reported.person,
        "area": reported.area,
        "title": "帮楼上老人买药",
        "starts_at": timezone.now() - timedelta(hours=5),
        "minutes": 60,
        "submit": True,
    }
    return save_own_service(**(fields | changed))


def test_what_a_member_logs_counts_once_a_second_person_confirmed_it(reported):
    service = log(reported)
    assert counted_minutes(reported.person) == 0

    record = confirm_own_service(service=service, by=organiser_of(reported.area))

    assert (record.own_service, record.attendance, record.minutes) == (service, None, 60)
    assert counted_minutes(reported.person) == 60
    assert logged(service) == ["records.ownservice.submitted", "records.ownservice.confirmed"]
    with pytest.raises(AlreadyConfirmedError):
        confirm_own_service(service=service, by=organiser_of(reported.area))


def test_the_same_form_twice_is_kept_once(reported):
    starts_at = timezone.now() - timedelta(hours=5)

    assert log(reported, starts_at=starts_at) == log(reported, starts_at=starts_at)
    assert OwnService.objects.count() == 1


def test_what_was_asked_back_or_a_draft_is_sent_when_it_is_entered_anew(reported):
    starts_at = timezone.now() - timedelta(hours=5)
    draft = log(reported, starts_at=starts_at, submit=False)
    assert log(reported, starts_at=starts_at, place="三号楼").state == OwnServiceState.SUBMITTED
    ask_back_own_service(service=draft, by=organiser_of(reported.area), reason="在哪里？")

    sent = log(reported, starts_at=starts_at, place="三号楼四层")

    assert (sent, sent.state, sent.place) == (draft, OwnServiceState.SUBMITTED, "三号楼四层")
    assert OwnService.objects.count() == 1


def test_what_is_confirmed_is_not_sent_again_by_who_logged_it(reported):
    service = log(reported)
    confirm_own_service(service=service, by=organiser_of(reported.area))

    with pytest.raises(IllegalMoveError):
        log(reported, service=service, minutes=90)
    with pytest.raises(IllegalMoveError):
        submit_own_service(service=service, by=reported.person)
    service.refresh_from_db()
    assert (service.state, service.minutes) == (OwnServiceState.CONFIRMED, 60)


def test_what_a_colleague_has_just_confirmed_is_not_asked_back(client, reported):
    service, by = log(reported), organiser_of(reported.area)
    confirm_own_service(service=service, by=organiser_of(reported.area))

    with pytest.raises(AlreadyConfirmedError):
        ask_back_own_service(service=service, by=by, reason="在哪里？")
    client.force_login(by)
    page = client.post(url_of("records:own_ask_back", args=[service.pk]), {"reason": "在哪里？"}, follow=True)
    assertContains(page, "这一条已经处理过了")
    assert OwnService.objects.get().state == OwnServiceState.CONFIRMED


def test_keeping_what_was_asked_back_without_sending_it_says_so(client, reported):
    service = log(reported)
    ask_back_own_service(service=service, by=organiser_of(reported.area), reason="在哪里？")
    client.force_login(reported.person)
    form = client.get(url_of("records:own_edit", args=[service.pk])).context["form"]
    typed = {name: form[name].value() for name in form.fields} | {"draft": "1"}

    page = client.post(url_of("records:own_edit", args=[service.pk]), typed, follow=True)

    assertContains(page, "已保存。")


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"starts_at": timedelta(minutes=-30)}, InTheFutureError),
        ({"starts_at": timedelta(days=-40)}, TooLongAgoError),
    ],
)
def test_time_to_come_or_long_ago_is_refused(reported, changed, refusal):
    with pytest.raises(refusal):
        log(reported, starts_at=timezone.now() + changed["starts_at"])


def test_overlap_with_an_activity_or_another_own_service_names_it(reported):
    attendance = AttendanceFactory(sign_up__member=reported.person)
    shift = attendance.sign_up.shift

    with pytest.raises(ServiceOverlapsError, match=shift.activity.title):
        log(reported, starts_at=shift.starts_at + timedelta(minutes=30), minutes=30)
    log(reported, starts_at=shift.starts_at - timedelta(hours=1))  # back to back
    with pytest.raises(ServiceOverlapsError, match="帮楼上老人买药"):
        log(reported, title="别的", starts_at=shift.starts_at - timedelta(minutes=30), minutes=20)


def test_a_day_holds_no_more_than_a_day(reported):
    begins = timezone.localtime(timezone.now() - timedelta(days=3)).replace(hour=0, minute=0, second=0, microsecond=0)
    log(reported, starts_at=begins, minutes=1000)

    with pytest.raises(DayTooLongError):
        log(reported, title="别的", starts_at=begins + timedelta(minutes=1000), minutes=500)


def test_only_in_a_community_one_reported_in_to(reported):
    with pytest.raises(NotReportedInHereError):
        log(reported, area=MemberReportInFactory(accepted=True).area)


def test_nobody_confirms_their_own_nor_what_they_entered(reported):
    organiser = organiser_of(reported.area)
    own = OwnServiceFactory(member=organiser, area=reported.area)
    entered = log(reported, by=organiser)

    with pytest.raises(OwnServiceError):
        confirm_own_service(service=own, by=organiser)
    with pytest.raises(RecorderConfirmsError):
        confirm_own_service(service=entered, by=organiser)
    with pytest.raises(NotConfirmableHereError):
        confirm_own_service(service=entered, by=organiser_of(MemberReportInFactory().area))
    assert confirm_own_service(service=entered, by=organiser_of(reported.area)).recorded_by == organiser
    assert reported.person.inbox_messages.filter(kind="entry").exists()


def test_what_is_asked_back_says_why_and_can_be_sent_again_or_withdrawn(reported):
    service = log(reported)
    service = ask_back_own_service(service=service, by=organiser_of(reported.area), reason="请写明地点。")
    assert (service.state, service.reason) == ("asked_back", "请写明地点。")

    assert submit_own_service(service=service, by=reported.person).state == "submitted"
    assert withdraw_own_service(service=service, by=reported.person).state == "withdrawn"


def test_a_correction_leads_to_a_new_record_that_names_the_old_one(reported):
    old = confirm_own_service(service=log(reported), by=organiser_of(reported.area))
    corrector = organiser_of(reported.area)

    correct(record=old, by=corrector, minutes=30, reason="只来了半小时。")
    assert counted_minutes(reported.person) == 0
    new = confirm_own_service(service=old.own_service, by=organiser_of(reported.area))

    assert (new.corrects, new.minutes, new.recorded_by) == (old, 30, corrector)
    assert counted_minutes(reported.person) == 30


def test_the_database_wants_exactly_one_source():
    from tests.factories.records import ServiceRecordFactory  # noqa: PLC0415 -- beside its use

    record = ServiceRecordFactory()
    for change in ({"attendance": None}, {"own_service": OwnServiceFactory()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ServiceRecord.objects.filter(pk=record.pk).update(**change)


def test_a_member_logs_and_an_organiser_confirms_by_the_pages(client, reported):
    day = timezone.localtime(timezone.now() - timedelta(days=1))
    form = {"title": "扫雪", "day": f"{day:%Y-%m-%d}", "since": "08:00", "minutes": "45", "area": reported.area.pk}
    url = url_of("records:own_new")
    assert client.get(url).status_code == 302
    client.force_login(reported.person)
    assertContains(client.get(url), "登记活动以外的服务")
    assertContains(client.post(url, form | {"title": "11010519491231002X"}), "身份证号", status_code=422)
    assertContains(client.post(url, form, follow=True), "已提交")

    service = OwnService.objects.get()
    client.force_login(organiser_of(reported.area))
    assertContains(client.get(url_of("records:confirm"), {"by": "own"}), "扫雪")
    assertContains(client.get(url_of("records:confirm"), {"by": "person"}), "扫雪")
    client.post(url_of("records:confirm"), {"service": [service.pk]})
    assert ServiceRecord.objects.get().own_service == service

    client.force_login(reported.person)
    assertContains(client.get(url_of("records:mine")), "自己登记，45 分钟。")
    assertContains(client.get(url_of("records:mine_print")), "自己登记，45 分钟。")


def test_a_draft_of_before_a_merger_is_sent_to_whoever_answers_for_its_community(client, reported):
    draft, after = log(reported, submit=False), CommunityFactory()
    merge_areas(areas=[reported.area], into=after, by=None)
    client.force_login(reported.person)

    choices = client.get(url_of("records:own_edit", args=[draft.pk])).context["form"].fields["area"].queryset
    sent = submit_own_service(service=draft, by=reported.person)
    record = confirm_own_service(service=sent, by=organiser_of(after))

    assert set(choices) == {reported.area, after}
    assert record.area == reported.area


def test_what_is_done_after_the_merger_is_of_the_community_that_follows(reported):
    after = CommunityFactory()
    merge_areas(areas=[reported.area], into=after, by=None, on=timezone.localdate() - timedelta(days=2))
    reported.area.refresh_from_db()

    with pytest.raises(NotReportedInHereError):
        log(reported)
    assert log(reported, area=after).area == after
