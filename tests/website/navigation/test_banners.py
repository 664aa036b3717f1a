"""What everybody must know for a while, and only for a while."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale

from portal.organisations.actions import end_area, merge_areas
from tests.factories.members import UserFactory
from tests.factories.organisations import AreaFactory, CommunityFactory
from tests.factories.website import ContentPageFactory, home_page, source_locale
from website.navigation.models import Banner

pytestmark = pytest.mark.django_db


def banner(text: str = "今晚停水", **fields: Any) -> Banner:
    now = timezone.now()
    values = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=1), "locale": source_locale()}
    return Banner.objects.create(text=text, **values | fields)


def days() -> dict[str, str]:
    return {"starts_at": "2026-01-01 08:00", "ends_at": "2099-01-01 08:00"}


def shown(client: Client, path: str = "/") -> bool:
    return "今晚停水" in client.get(path).content.decode()


@pytest.mark.parametrize(
    "path", ["/", "/about/", "/search/", "/nowhere/", "/portal/activities/", "/account/login/code/"]
)
def test_a_banner_of_the_city_stands_on_every_page(client: Client, path: str) -> None:
    ContentPageFactory(slug="about")
    banner(level="urgent", link="/about/")

    html = client.get(path).content.decode()

    before_the_header = html.split("<header")[0]
    assert 'aria-label="紧急通知"' in before_the_header
    assert "今晚停水" in before_the_header
    assert '<a href="/about/">详细情况</a>' in before_the_header


def test_a_banner_begins_and_ends_by_itself(client: Client) -> None:
    home_page()
    now = timezone.now()
    banner(starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=2))
    banner(text="昨天停水", starts_at=now - timedelta(hours=3), ends_at=now - timedelta(hours=2))

    html = client.get("/").content.decode()

    assert "停水" not in html


def test_a_cached_banner_ends_on_time(client: Client) -> None:
    home_page()
    banner()
    assert shown(client)

    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert not shown(client)


def test_a_banner_costs_no_query_and_a_change_is_seen(client: Client, django_assert_num_queries: Any) -> None:
    page = ContentPageFactory()
    row = banner()
    assert shown(client, page.url)

    with django_assert_num_queries(3):
        client.get(page.url)
    row.delete()
    assert not shown(client, page.url)


def test_a_local_banner_stands_where_its_community_is_known(client: Client) -> None:
    ContentPageFactory(slug="about")
    city = AreaFactory(kind="city")
    district = AreaFactory(kind="district", above=city, name="江北区")
    street = AreaFactory(kind="street", above=district)
    here, there = (AreaFactory(kind="community", above=street, name=name) for name in ("云水社区", "山前社区"))
    banner(areas=[here.code])

    html = client.get("/").content.decode()
    assert "<strong>云水社区：</strong>今晚停水" in html
    assert shown(client, f"/search/?community={here.code}")
    assert not shown(client, f"/search/?community={there.code}")
    assert not shown(client, "/about/")

    Banner.objects.all().delete()
    banner(areas=["district:江北区"])
    assert shown(client, f"/search/?community={there.code}")
    assert "<strong>江北区：</strong>" in client.get("/").content.decode()


def test_an_area_that_is_no_more_never_becomes_the_whole_city(client: Client) -> None:
    ContentPageFactory(slug="about")
    banner(areas=["gone"])

    assert not shown(client, "/about/")


def test_a_banner_is_shown_in_its_own_language_where_it_is_not_translated(client: Client) -> None:
    english, _ = Locale.objects.get_or_create(language_code="en")
    row = banner()

    html = client.get("/en/search/").content.decode()
    assert 'lang="zh-hans">今晚停水' in html

    banner(text="No water tonight", locale=english, translation_key=row.translation_key)
    html = client.get("/en/search/").content.decode()
    assert "No water tonight" in html
    assert "今晚停水" not in html


@pytest.mark.parametrize(
    "wrong",
    [{"ends_at": timezone.now() - timedelta(days=9)}, {"link": "javascript:alert(1)"}, {"link_text": "看"}],
    ids=["over before it begins", "script for a link", "text without a link"],
)
def test_a_banner_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    values = {"text": "停水", "ends_at": timezone.now() + timedelta(days=1), "locale": source_locale()}

    with pytest.raises(ValidationError):
        Banner(**values | wrong).full_clean()


def test_editors_write_banners_and_reviewers_say_who_runs_the_site(client: Client) -> None:
    community = AreaFactory(kind="community", name="云水社区")
    user = UserFactory()
    user.groups.add(Group.objects.get(name="编辑"))
    client.force_login(user)
    assert "云水社区" in client.get("/cms/snippets/navigation/banner/add/").content.decode()

    client.post(
        "/cms/snippets/navigation/banner/add/",
        {
            "text": "今晚停水",
            "level": "urgent",
            "link": "",
            "link_text": "",
            "areas": [community.code],
            **days(),
        },
    )

    assert Banner.objects.get().areas == [community.code]
    assert client.get("/cms/settings/navigation/sitedetails/").status_code == 302
    user.groups.add(Group.objects.get(name="审核"))
    assert client.get("/cms/settings/navigation/sitedetails/", follow=True).status_code == 200


@pytest.mark.parametrize("became", ["merged", "ended", "district"])
def test_mending_a_word_leaves_a_banner_where_it_was(client: Client, became: str) -> None:
    area, after = CommunityFactory(name="云水社区"), CommunityFactory(name="山前社区")
    row = banner(areas=["district:江北区" if became == "district" else area.code])
    if became == "merged":
        merge_areas(areas=[area], into=after, by=None)
    elif became == "ended":
        end_area(area=area, by=None)
    user = UserFactory()
    user.groups.add(Group.objects.get(name="编辑"))
    client.force_login(user)
    url = f"/cms/snippets/navigation/banner/edit/{row.pk}/"

    form = client.get(url).context["form"]
    selected = [
        option["value"]
        for _group, options, _index in form.fields["areas"].widget.optgroups("areas", form["areas"].value())
        for option in options
        if option["selected"]
    ]
    client.post(url, {"text": "今晚停水。", "level": "urgent", "areas": selected, **days()})

    row.refresh_from_db()
    assert row.text == "今晚停水。"
    assert row.areas == {"merged": [after.code], "ended": [area.code], "district": ["district:江北区"]}[became]
