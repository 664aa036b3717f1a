"""The start page, the piles, the how-tos, and how a new page begins."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection

from portal.members.models import User
from tests.factories.members import UserFactory
from tests.factories.website import (
    CaseStudyIndexPageFactory,
    CaseStudyPageFactory,
    ContentPageFactory,
    ImageFactory,
    NoticePageFactory,
    ServicePageFactory,
    home_page,
)
from tests.website.editing.conftest import at_desk
from website.case_studies.models import CaseStudyPage
from website.editing.how_tos import HOW_TOS, found
from website.editing.models import RemarkCount
from website.editing.piles import PILES
from website.editing.skeletons import begin
from website.feedback.models import Feedback
from website.notices.enums import NoticeKind
from website.notices.models import Objection
from website.services.models import ServicePage

pytestmark = pytest.mark.django_db


def html_of(user: User, url: str) -> str:
    response = at_desk(user).get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_start_page_shows_what_waits(editor: User) -> None:
    ImageFactory(title="食堂", description="")
    draft = ContentPageFactory(live=False, title="没写完")
    draft.save_revision(user=editor)

    html = html_of(editor, "/cms/")

    assert "等您处理" in html
    for name in ("我的草稿", "没有说明的图片"):
        assert name in html
    assert "等我审核" not in html


def test_start_page_says_when_nothing_waits(editor: User) -> None:
    assert "没有事在等您" in html_of(editor, "/cms/")


@pytest.mark.parametrize("pile", PILES, ids=lambda pile: pile.key)
def test_each_pile_has_a_page_even_when_empty(editor: User, pile: Any) -> None:
    assert str(pile.title) in html_of(editor, pile.url)


def test_pile_nobody_knows_is_not_found(editor: User) -> None:
    assert at_desk(editor).get(reverse("editing:pile", args=["gold"])).status_code == 404


def test_scheduled_pages_are_listed_soonest_first(editor: User) -> None:
    for title, days in (("后天的", 2), ("明天的", 1)):
        page = ContentPageFactory(title=title, live=False)
        page.go_live_at = timezone.now() + timedelta(days=days)
        page.save_revision(user=editor).publish()

    html = html_of(editor, reverse("editing:pile", args=["scheduled"]))

    assert html.index("明天的") < html.index("后天的")


def test_scheduled_pages_are_named_only_to_those_who_may_change_or_publish_them(editor: User) -> None:
    page = ContentPageFactory(title="还没有公开的", live=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=editor).publish()
    outsider = UserFactory()
    outsider.user_permissions.add(Permission.objects.get(codename="access_admin"))

    assert "还没有公开的" in html_of(editor, reverse("editing:pile", args=["scheduled"]))
    assert "还没有公开的" not in html_of(outsider, reverse("editing:pile", args=["scheduled"]))
    assert "定时发布" not in html_of(outsider, "/cms/")


def test_what_other_rooms_ask_for_waits_here_too(editor: User) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    ServicePageFactory(title="助餐", review_by=yesterday)
    NoticePageFactory(
        title="名单公示", ends_on=yesterday, starts_on=yesterday - timedelta(days=20), kind=NoticeKind.FOR_OBJECTION
    )
    Feedback.objects.create(text="电话打不通", address="/")

    assert "助餐" in html_of(editor, reverse("editing:pile", args=["stale-services"]))
    assert "名单公示" in html_of(editor, reverse("editing:pile", args=["notices-without-result"]))
    feedback = html_of(editor, reverse("editing:pile", args=["feedback"]))
    assert "整个网站" in feedback
    assert "电话打不通" not in feedback


def test_who_objects_is_not_named_in_the_pile(reviewer: User) -> None:
    notice = NoticePageFactory(title="名单公示")
    Objection.objects.create(notice=notice, number="Y-1", text="名单漏了人", name="某居民")

    html = html_of(reviewer, reverse("editing:pile", args=["objections"]))

    assert "名单公示" in html
    assert "Y-1" in html
    assert "某居民" not in html
    assert "名单漏了人" not in html


@pytest.mark.parametrize("key", ["objections", "feedback"])
def test_pile_is_closed_to_those_without_the_right(key: str) -> None:
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))

    assert at_desk(user).get(reverse("editing:pile", args=[key])).status_code == 404


def test_reviewer_locks_a_page(reviewer: User) -> None:
    page = ContentPageFactory()

    at_desk(reviewer).post(reverse("wagtailadmin_pages:lock", args=[page.pk]))

    page.refresh_from_db()
    assert page.locked_by == reviewer


def test_described_pictures_do_not_wait(editor: User) -> None:
    ImageFactory(title="午饭", description="几位老人在吃饭")
    ImageFactory(title="晚饭", description="")

    html = html_of(editor, reverse("editing:pile", args=["pictures"]))

    assert "晚饭" in html
    assert "午饭" not in html


def test_pages_are_checked_again_on_demand(editor: User) -> None:
    page = ServicePageFactory(who_may="", title="没写谁可以办")
    assert not RemarkCount.objects.filter(page=page, remarks__gt=0).exists()

    call_command("check_pages")

    assert "没写谁可以办" in html_of(editor, reverse("editing:pile", args=["remarks"]))


def test_members_do_not_come_in(client: Client) -> None:
    client.force_login(UserFactory())

    assert client.get(reverse("editing:help"), follow=True).status_code == 403


def test_there_are_twelve_how_tos() -> None:
    assert len(HOW_TOS) == len({each.slug for each in HOW_TOS}) == 12


@pytest.mark.parametrize("how_to", HOW_TOS, ids=lambda how_to: how_to.slug)
def test_how_to_reads(editor: User, how_to: Any) -> None:
    html = html_of(editor, how_to.url)

    assert str(how_to.title) in html
    assert "<h1" in html


def test_how_tos_are_found_by_a_word_in_their_text(editor: User) -> None:
    assert [each.slug for each in found("分母")] == ["figures"]
    assert "给案例加数字" in html_of(editor, reverse("editing:help") + "?q=分母")
    assert "没有找到" in html_of(editor, reverse("editing:help") + "?q=火星车")


def test_how_to_nobody_wrote_is_not_found(editor: User) -> None:
    assert at_desk(editor).get(reverse("editing:how_to", args=["gold"])).status_code == 404


def test_help_menu_leads_to_no_foreign_host(editor: User) -> None:
    html = html_of(editor, "/cms/")

    assert "guide.wagtail.org" not in html
    assert "releases" not in html


def test_new_case_begins_with_its_sections(editor: User) -> None:
    index = CaseStudyIndexPageFactory()

    html = html_of(editor, reverse("wagtailadmin_pages:add", args=["case_studies", "casestudypage", index.pk]))
    data = html.replace("\\\\", "\\")  # JSON within JSON

    for word in ("背景", "做法", "成效", "启示", "原来难在哪里"):
        assert json.dumps(word).strip('"') in data


def test_only_empty_fields_are_begun() -> None:
    page = ServicePage(title="助餐", who_may="老人")

    begin(page)

    assert page.who_may == "老人"
    assert page.documents.startswith("〔")


def test_stored_pages_are_never_touched() -> None:
    page = CaseStudyPageFactory(body=[])

    begin(page)

    assert len(CaseStudyPage.objects.get(pk=page.pk).body) == len(page.body) == 0


def test_a_case_is_begun_by_copying_another(editor: User) -> None:
    page = CaseStudyPageFactory()

    html = html_of(editor, reverse("wagtailadmin_explore", args=[page.get_parent().pk]))

    assert reverse("wagtailadmin_pages:copy", args=[page.pk]) in html
    assert "复制一份" in html


def test_picture_form_asks_in_chinese(editor: User) -> None:
    picture = ImageFactory(collection=Collection.get_first_root_node())

    assert "说给看不见图的人听" in html_of(editor, reverse("wagtailimages:edit", args=[picture.pk]))


def test_there_are_drawers_and_one_is_not_public(editor: User) -> None:
    names = set(Collection.objects.values_list("name", flat=True))

    assert {"案例图片", "人物照片", "阵地图片", "活动照片", "不公开的文件"} <= names
    kept = Collection.objects.get(name="不公开的文件").get_view_restrictions()
    assert [restriction.restriction_type for restriction in kept] == ["groups"]


def test_reviewer_manages_redirects(reviewer: User) -> None:
    assert at_desk(reviewer).get(reverse("wagtailredirects:index")).status_code == 200


def test_old_address_leads_on_after_a_move(client: Client, editor: User) -> None:
    home_page()
    parent = ContentPageFactory(title="办事", slug="affairs")
    page = ContentPageFactory(title="关于食堂", slug="canteen")
    old = page.url

    at_desk(editor).post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, parent.pk]))

    response = client.get(old)
    assert response.status_code == 301
    assert response["Location"] == "/affairs/canteen/"
