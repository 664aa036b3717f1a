from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from tests.factories.members import UserFactory
from tests.factories.website import NoticeIndexPageFactory, NoticePageFactory, ObjectionFactory, source_locale
from website.notices import queries
from website.notices.enums import NoticeKind, Phase
from website.notices.models import NoticePage
from website.notices.rules import earliest_end

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
FRIDAY, SATURDAY = MONDAY + timedelta(days=4), MONDAY + timedelta(days=5)
TODAY = MONDAY
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
NOON = "2026-11-23 12:00+08:00"


@pytest.mark.parametrize(
    ("starts_on", "days", "earliest"),
    [
        (MONDAY, 3, date(2026, 11, 26)),
        (FRIDAY, 3, date(2026, 12, 2)),  # over a weekend
        (SATURDAY, 3, date(2026, 12, 2)),
        (SATURDAY, 1, date(2026, 11, 30)),
        (MONDAY, 10, date(2026, 12, 7)),
        (MONDAY, 0, MONDAY),
    ],
)
def test_working_days_follow_the_first_day_and_skip_weekends(starts_on: date, days: int, earliest: date) -> None:
    assert earliest_end(starts_on, working_days=days) == earliest


def test_notice_runs_through_its_last_day() -> None:
    index = NoticeIndexPageFactory()
    told = {"parent": index, "kind": NoticeKind.ANNOUNCEMENT, "starts_on": YESTERDAY}
    last_day = NoticePageFactory(ends_on=TODAY, **told)
    over = NoticePageFactory(ends_on=YESTERDAY, **told)
    open_end = NoticePageFactory(ends_on=None, **told)
    later = NoticePageFactory(ends_on=TOMORROW, **told)
    to_come = NoticePageFactory(ends_on=None, **told | {"starts_on": TOMORROW})

    locale_id = source_locale().pk

    assert list(queries.current(locale_id=locale_id, on=TODAY)) == [last_day, later, open_end]
    assert list(queries.coming(locale_id=locale_id, on=TODAY)) == [to_come]
    assert list(queries.past(locale_id=locale_id, on=TODAY)) == [over]


def test_notice_ends_by_itself_and_keeps_its_address(client: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        notice = NoticePageFactory(starts_on=MONDAY, ends_on=FRIDAY)
        assert notice.phase == Phase.RUNNING
        index = notice.get_parent()
        assert "往期" not in client.get(index.url).content.decode()

    with time_machine.travel("2026-11-28 00:01+08:00", tick=False):
        page = client.get(notice.url)
        board = client.get(index.url).content.decode()

    assert page.status_code == 200
    assert "公示已经结束，结果整理好后公布在这里。" in page.content.decode()
    assert board.index("往期") < board.index(notice.title)
    assert "结果待公布" in board


def test_notice_does_not_end_before_it_starts() -> None:
    notice = NoticePageFactory(starts_on=TODAY, ends_on=TODAY + timedelta(days=9))
    notice.ends_on = YESTERDAY

    with pytest.raises(ValidationError, match="结束日期不能早于开始日期。"):
        notice.clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticePage.objects.filter(pk=notice.pk).update(ends_on=YESTERDAY)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"ends_on": None}, "公示要写明结束日期。"),
        ({"ends_on": date(2026, 11, 25)}, "公示不少于 3 个工作日（开始当天和周末不算）。最早到2026年11月26日结束。"),
        ({"responsible": " "}, "公示要写明由谁负责。"),
        ({"phone": ""}, "公示要写明联系电话。"),
        ({"summary": "", "body": []}, "公示要写明公示的是什么事。"),
        # The public sees it from today on, whatever day it says.
        ({"starts_on": date(2026, 11, 1), "ends_on": date(2026, 11, 24)}, "最早到2026年11月26日结束。"),
    ],
)
@time_machine.travel(NOON, tick=False)
def test_what_a_notice_lacks_keeps_it_from_being_published(fields: dict[str, object], error: str) -> None:
    notice = NoticePageFactory(live=False, **{"starts_on": MONDAY, "ends_on": FRIDAY} | fields)

    with pytest.raises(ValidationError, match=error.replace("（", ".").replace("）", ".")):
        notice.save_revision().publish()

    notice.refresh_from_db()
    assert not notice.live


@time_machine.travel(NOON, tick=False)
def test_an_announcement_may_be_short_and_open_ended() -> None:
    short = NoticePageFactory(kind=NoticeKind.ANNOUNCEMENT, starts_on=MONDAY, ends_on=MONDAY, phone="")
    open_end = NoticePageFactory(parent=short.get_parent(), kind=NoticeKind.ANNOUNCEMENT, ends_on=None)

    assert short.live
    assert open_end.live


def test_a_result_is_added_whatever_the_rule_is_today(settings: object) -> None:
    notice = NoticePageFactory(past=True, result="")
    settings.NOTICE_WORKING_DAYS = 30  # type: ignore[attr-defined]  # pytest-django's settings

    notice.result = "没有异议。"
    notice.save_revision().publish()

    notice.refresh_from_db()
    assert notice.result == "没有异议。"


@time_machine.travel(NOON, tick=False)
def test_the_form_names_the_earliest_day_and_keeps_what_was_typed(client: Client) -> None:
    client.force_login(UserFactory(is_superuser=True))
    index = NoticeIndexPageFactory()
    address = reverse("wagtailadmin_pages:add", args=["public_notices", "noticepage", index.pk])
    form = {"title": "扶手名单", "slug": "list", "kind": "for_objection", "starts_on": "2026-11-23"}
    form |= {"ends_on": "2026-11-24", "responsible": "民政窗口", "phone": "010-5550 0100", "summary": "三十二户。"}
    form |= {"body": streamfield([("paragraph", rich_text("<p>名单。</p>"))])}
    sent = nested_form_data(form)

    refused = client.post(address, sent | {"action-publish": "yes"}).content.decode()

    assert "最早到2026年11月26日结束。" in refused
    assert "扶手名单" in refused
    assert not NoticePage.objects.exists()
    assert client.post(address, sent).status_code == 302  # as a draft
    assert (
        client.post(address, sent | {"ends_on": "2026-11-26", "slug": "b", "action-publish": "yes"}).status_code == 302
    )
    assert NoticePage.objects.live().count() == 1


def test_announcement_turned_into_a_public_notice_counts_from_the_day_it_became_one() -> None:
    with time_machine.travel("2026-11-02 12:00+08:00", tick=False):
        notice = NoticePageFactory(live=False, kind=NoticeKind.ANNOUNCEMENT, starts_on=date(2026, 11, 2), ends_on=None)
        notice.save_revision().publish()
    with time_machine.travel(NOON, tick=False):
        publish(notice, kind=NoticeKind.FOR_OBJECTION, ends_on=date(2026, 11, 25), refused="最早到2026年11月26日结束。")
        publish(notice, kind=NoticeKind.FOR_OBJECTION, ends_on=date(2026, 11, 27))
    with time_machine.travel("2026-11-24 12:00+08:00", tick=False):
        publish(notice, ends_on=date(2026, 11, 25), refused="最早到2026年11月26日结束。")  # nor cut short later
        publish(notice, ends_on=date(2026, 11, 26))
    assert NoticePage.objects.get(pk=notice.pk).open_since == MONDAY


def publish(notice: NoticePage, *, refused: str = "", **fields: object) -> None:
    draft = NoticePage.objects.get(pk=notice.pk)
    for name, value in fields.items():
        setattr(draft, name, value)
    if refused:
        with pytest.raises(ValidationError, match=refused):
            draft.save_revision().publish()
    else:
        draft.save_revision().publish()
    assert (NoticePage.objects.get(pk=notice.pk).ends_on == draft.ends_on) == (not refused)


def test_missing_results_are_flagged() -> None:
    missing = NoticePageFactory(past=True, result="")
    NoticePageFactory(parent=missing.get_parent(), past=True)
    NoticePageFactory(parent=missing.get_parent(), past=True, result="", kind=NoticeKind.ANNOUNCEMENT)
    NoticePageFactory(parent=missing.get_parent())

    assert list(queries.without_result()) == [missing]


def test_board_shows_what_runs_what_comes_and_what_is_past(client: Client) -> None:
    index = NoticeIndexPageFactory()
    NoticePageFactory(parent=index, title="正在公示的")
    NoticePageFactory(parent=index, title="下周才开始的", starts_on=timezone.localdate() + timedelta(days=7))
    NoticePageFactory(parent=index, title="早已结束的", past=True)

    html = client.get(index.url).content.decode()

    order = ["正在公示</h2>", "正在公示的", "即将</h2>", "下周才开始的", "往期</h2>", "早已结束的"]
    assert [html.index(text) for text in order] == sorted(html.index(text) for text in order)


def test_board_is_filtered_by_kind_and_year(client: Client) -> None:
    index = NoticeIndexPageFactory()
    NoticePageFactory(parent=index, title="正在公示的")
    NoticePageFactory(parent=index, title="正在通知的", kind=NoticeKind.ANNOUNCEMENT)
    NoticePageFactory(parent=index, title="去年的公示", past=True)
    NoticePageFactory(parent=index, title="前年的公示", starts_on=date(2024, 3, 1), ends_on=date(2024, 3, 9))

    def shown(query: str) -> set[str]:
        html = client.get(f"{index.url}{query}").content.decode()
        return {title for title in ("正在公示的", "正在通知的", "去年的公示", "前年的公示") if f">{title}<" in html}

    assert shown("?kind=announcement") == {"正在通知的"}
    assert shown("?kind=for_objection&year=2024") == {"前年的公示"}
    assert shown("?year=2025") == {"去年的公示"}
    assert shown("?kind=nonsense&year=abc") == {"正在公示的", "正在通知的", "去年的公示", "前年的公示"}


def test_past_notice_shows_its_result(client: Client) -> None:
    html = client.get(NoticePageFactory(past=True).url).content.decode()

    assert "没有异议。" in html
    assert "已经结束" in html
    assert "公示期已过，这里不再收意见。" in html


def test_feed_tells_what_is_new(client: Client) -> None:
    notice = NoticePageFactory(title="扶手名单")
    notice.save_revision().publish()
    NoticePageFactory(parent=notice.get_parent(), title="草稿", live=False)

    response = client.get(f"{notice.get_parent().url}feed/")

    assert response["Content-Type"].startswith("application/rss+xml")
    xml = response.content.decode()
    assert "<title>公示：扶手名单</title>" in xml
    assert f"<link>{notice.full_url}</link>" in xml
    assert "草稿" not in xml
    assert "feed/" in client.get(notice.get_parent().url).content.decode()


def test_a_notice_people_objected_to_is_not_deleted(client: Client) -> None:
    client.force_login(UserFactory(is_superuser=True))
    notice = ObjectionFactory().notice

    for page in (notice, notice.get_parent()):
        response = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
        assert "有人提过意见，不能删除。" in response.content.decode()

    assert Page.objects.filter(pk=notice.pk).exists()
