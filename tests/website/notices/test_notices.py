from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tests.factories.website import NoticeIndexPageFactory, NoticePageFactory, source_locale
from website.notices import queries

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def test_notice_runs_through_its_last_day() -> None:
    index = NoticeIndexPageFactory()
    last_day = NoticePageFactory(parent=index, starts_on=YESTERDAY, ends_on=TODAY)
    over = NoticePageFactory(parent=index, starts_on=YESTERDAY, ends_on=YESTERDAY)
    open_end = NoticePageFactory(parent=index, starts_on=YESTERDAY, ends_on=None)
    later = NoticePageFactory(parent=index, starts_on=YESTERDAY, ends_on=TOMORROW)

    locale_id = source_locale().pk

    assert list(queries.current(locale_id=locale_id, on=TODAY)) == [last_day, later, open_end]
    assert list(queries.past(locale_id=locale_id, on=TODAY)) == [over]


def test_notice_does_not_end_before_it_starts() -> None:
    notice = NoticePageFactory(starts_on=TODAY, ends_on=TOMORROW)
    notice.ends_on = YESTERDAY

    with pytest.raises(ValidationError, match="结束日期不能早于开始日期。"):
        notice.clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(notice).objects.filter(pk=notice.pk).update(ends_on=YESTERDAY)


def test_board_shows_what_runs_and_what_is_past(client: Client) -> None:
    index = NoticeIndexPageFactory()
    NoticePageFactory(parent=index, title="正在公示的", ends_on=timezone.localdate())
    NoticePageFactory(parent=index, title="早已结束的", past=True)

    html = client.get(index.url).content.decode()

    assert html.index("正在进行") < html.index("正在公示的") < html.index("已经结束") < html.index("早已结束的")


def test_past_notice_shows_its_result(client: Client) -> None:
    html = client.get(NoticePageFactory(past=True).url).content.decode()

    assert "没有异议。" in html
    assert "已经结束" in html
