"""Whatever happens to a published thing, the index knows after the commit."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from portal.activities.enums import ActivityState
from portal.activities.models import Activity
from search import actions, receivers
from search.enums import Kind
from search.models import IndexEntry
from tests.factories.activities import ActivityFactory, ShiftFactory
from tests.factories.website import ConsentFactory
from tests.search import corpus
from website.case_studies.models import CaseStudyPage, Figure, Topic
from website.notices.models import NoticePage
from website.pages.models import ContentPage
from website.people.models import PersonPage
from website.services.models import ServiceAudience, ServiceCategory, ServicePage

pytestmark = pytest.mark.django_db

Committed = Callable[[], Any]


def found(title: str) -> list[str]:
    return list(IndexEntry.objects.filter(title=title).values_list("url", flat=True))


@pytest.fixture
def service(committed: Committed) -> ServicePage:
    with committed():
        page: ServicePage = corpus.publish(ServicePage, "老年人助餐", who_may="六十岁以上")
    assert found("老年人助餐")
    return page


def test_publishing_a_draft_makes_it_found(committed: Committed) -> None:
    with committed():
        page = corpus.publish(ServicePage, "老年人助餐", live=False)
        page.title = "老年人助餐"
        revision = page.save_revision()
    assert not found("老年人助餐")

    with committed():
        revision.publish()

    assert found("老年人助餐")


def test_draft_of_a_published_page_is_not_found(service: ServicePage, committed: Committed) -> None:
    with committed():
        service.title = "改了一半的标题"
        service.save_revision()

    assert not found("改了一半的标题")


def test_unpublishing_removes(service: ServicePage, committed: Committed) -> None:
    with committed():
        service.unpublish()

    assert not found("老年人助餐")


def test_deleting_the_index_page_removes_all_below(service: ServicePage, committed: Committed) -> None:
    with committed():
        service.get_parent().specific.delete()

    assert not IndexEntry.objects.exists()


def test_moving_changes_the_address_of_all_below(committed: Committed) -> None:
    with committed():
        about = corpus.publish(ContentPage, "关于")
        other = corpus.publish(ContentPage, "帮助")
        child = ContentPage(title="常见问题", slug="faq")
        about.add_child(instance=child)
    before = found("常见问题")

    with committed():
        about.move(other, pos="last-child")

    assert found("常见问题") == [Page.objects.get(pk=child.pk).get_url()] != before


def test_new_slug_changes_the_address_of_all_below(committed: Committed) -> None:
    with committed():
        about = corpus.publish(ContentPage, "关于")
        about.add_child(instance=ContentPage(title="常见问题", slug="faq"))

    with committed():
        about.slug = "about-us"
        about.save_revision().publish()

    assert found("常见问题") == ["/about-us/faq/"]


def test_restricted_pages_are_gone_and_come_back(service: ServicePage, committed: Committed) -> None:
    with committed():
        restriction = PageViewRestriction.objects.create(
            page=service.get_parent(), restriction_type=PageViewRestriction.LOGIN
        )
    assert not found("老年人助餐")

    with committed():
        service.save_revision().publish()
    assert not found("老年人助餐")

    with committed():
        restriction.delete()
    assert found("老年人助餐")


def test_withdrawn_consent_takes_the_person_out(committed: Committed) -> None:
    consent = ConsentFactory(name="周玉兰")
    with committed():
        corpus.publish(PersonPage, "周玉兰", is_living=True, consent=consent)
    assert found("周玉兰")

    with committed():
        consent.withdrawn_on = date(2026, 2, 1)
        consent.save()

    assert not found("周玉兰")


def test_living_person_without_consent_is_never_found() -> None:
    corpus.publish(PersonPage, "某人", is_living=False, sources="市报")
    PersonPage.objects.update(is_living=True)  # past the page's own guard

    actions.rebuild()

    assert not found("某人")


def test_renamed_category_and_topic_reach_their_pages(committed: Committed) -> None:
    locale = corpus.home().locale
    category = ServiceCategory.objects.create(name="吃饭", slug="food", locale=locale)
    topic = Topic.objects.create(name="停车", slug="parking", locale=locale)
    with committed():
        corpus.publish(ServicePage, "送餐", category=category)
        case = corpus.publish(CaseStudyPage, "院墙打开以后")
        case.topics.add(topic)
        case.figures = [Figure(number=320, unit="个", label="共享车位", year=2024, source="街道通报", locale=locale)]
        case.save_revision().publish()

    with committed():
        category.name = "一日三餐"
        category.save()
        topic.name = "车位共享"
        topic.save()

    assert IndexEntry.objects.get(title="送餐").facets["category"] == "一日三餐"
    entry = IndexEntry.objects.get(title="院墙打开以后")
    assert entry.facets["topics"] == ["车位共享"]
    assert "共享车位 320 个" in entry.body


def test_a_sub_item_is_found_by_what_the_item_above_says_now(committed: Committed) -> None:
    with committed():
        item = corpus.publish(ServicePage, "送餐", who_may="六十岁以上")
        item.add_child(instance=ServicePage(title="中午送餐", slug="noon", locale=item.locale))

    with committed():
        item.who_may = "出院的居民"
        item.save_revision().publish()

    assert "出院的居民" in IndexEntry.objects.get(title="中午送餐").body


def test_renamed_audience_reaches_its_services(committed: Committed) -> None:
    audience = ServiceAudience.objects.create(name="老人", slug="elders", locale=corpus.home().locale)
    with committed():
        service = corpus.publish(ServicePage, "送餐")
        service.audiences.add(audience)
        service.save_revision().publish()

    with committed():
        audience.name = "长者"
        audience.save()

    assert IndexEntry.objects.get(title="送餐").facets["audiences"] == ["长者"]


def test_published_activity_is_found_with_its_day_and_without_its_contact(committed: Committed) -> None:
    with committed():
        shift = ShiftFactory(activity=ActivityFactory(title="清洁楼道", contact_name="王敏", contact_phone="010-5550"))

    entry = IndexEntry.objects.get(title="清洁楼道")
    assert entry.kind == Kind.ACTIVITY
    assert entry.date == timezone.localtime(shift.starts_at).date()
    assert "王敏" not in entry.terms + entry.body
    assert "5550" not in entry.terms + entry.body


@pytest.mark.parametrize("state", [ActivityState.DRAFT, ActivityState.CANCELLED])
def test_activity_that_is_not_public_is_not_found(state: str, committed: Committed) -> None:
    with committed():
        activity = ShiftFactory().activity
    assert found(activity.title)

    with committed():
        Activity.objects.filter(pk=activity.pk).update(state=state)
        activity.refresh_from_db()
        activity.save()

    assert not found(activity.title)


def test_deleted_activity_is_not_found(committed: Committed) -> None:
    with committed():
        activity = ShiftFactory().activity

    with committed():
        activity.delete()

    assert not found(activity.title)


def test_activity_that_is_over_is_let_go(committed: Committed) -> None:
    with committed():
        over = ShiftFactory(activity=ActivityFactory(title="昨天的集市")).activity
        goes_on = ShiftFactory(activity=ActivityFactory(title="还有一场的集市")).activity
        next_shift = ShiftFactory(activity=goes_on, starts_at=timezone.now() + timedelta(days=60))

    with time_machine.travel(timezone.now() + timedelta(days=50), tick=False), committed():
        actions.refresh_past_activities()

    assert not found(over.title)
    assert IndexEntry.objects.get(title=goes_on.title).date == timezone.localtime(next_shift.starts_at).date()


def test_sign_up_does_not_touch_the_index(committed: Committed) -> None:
    with committed():
        shift = ShiftFactory()

    with committed() as callbacks:
        shift.places_taken = 1
        shift.save(update_fields=["places_taken"])

    assert callbacks == []


def test_nothing_is_written_when_nothing_changed(service: ServicePage, committed: Committed) -> None:
    before = IndexEntry.objects.get(title="老年人助餐").updated_at

    with committed():
        service.save_revision().publish()

    assert IndexEntry.objects.get(title="老年人助餐").updated_at == before


def test_rolled_back_publication_is_not_found(committed: Committed) -> None:
    with committed(), transaction.atomic():
        corpus.publish(NoticePage, "未发布的公示", starts_on=date(2026, 1, 1), kind="announcement")
        transaction.set_rollback(True)

    assert not found("未发布的公示")


def test_a_refresh_that_fails_is_logged_and_hides_nothing(
    committed: Committed, caplog: pytest.LogCaptureFixture
) -> None:
    with committed():
        receivers._after_commit(partial(int, "not a number"))

    assert "Error calling" in caplog.text
