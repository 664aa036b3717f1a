import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction, Site

from tests.factories.website import (
    CaseStudyIndexPageFactory,
    CaseStudyPageFactory,
    ContentPageFactory,
    NoticePageFactory,
    ServiceIndexPageFactory,
    ServicePageFactory,
    VenueIndexPageFactory,
    home_page,
)
from website.navigation import queries

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    tree = queries.tree()
    assert tree
    return [section.kind for section in tree.sections if section.is_in_menu]


def test_menu_follows_the_page_tree() -> None:
    home_page()
    assert kinds() == []

    services = ServiceIndexPageFactory()
    services.save_revision().publish()
    VenueIndexPageFactory().save_revision().publish()  # venues are not in the header
    CaseStudyIndexPageFactory().save_revision().publish()
    assert kinds() == ["services", "case_studies"]

    services.unpublish()
    assert kinds() == ["case_studies"]


def test_menu_marks_where_one_is(client: Client) -> None:
    index = CaseStudyIndexPageFactory()
    case = CaseStudyPageFactory(parent=index)

    on_the_index = client.get(index.url).content.decode()
    below = client.get(case.url).content.decode()

    assert f'<a href="{index.url}" aria-current="page">案例</a>' in on_the_index
    assert f'<a href="{index.url}" aria-current="true">案例</a>' in below


def test_tree_is_one_cache_read_once_known(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ServiceIndexPageFactory()
    queries.tree()

    with django_assert_num_queries(1):
        queries.tree()


def test_breadcrumbs_lead_home(client: Client) -> None:
    about = ContentPageFactory(title="关于本站", slug="about")
    privacy = ContentPageFactory(parent=about, title="隐私", slug="privacy")
    deeper = ContentPageFactory(parent=privacy, title="第三方", slug="third")

    html = client.get(deeper.url).content.decode()

    assert '<li><a href="/">首页</a></li>' in html
    assert '<li><a href="/about/">关于本站</a></li>' in html
    assert '<li><a href="/about/privacy/">隐私</a></li>' in html


def test_restricted_section_leaves_the_menu_the_lists_and_the_reach(client: Client) -> None:
    service = ServicePageFactory(title="内部服务")
    index = service.get_parent()
    assert client.get(service.url).status_code == 200
    assert kinds() == ["services"]

    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)

    assert kinds() == []
    assert client.get(service.url).status_code == 302
    assert "内部服务" not in client.get("/").content.decode()


def test_restricted_page_leaves_the_lists(client: Client) -> None:
    notice = NoticePageFactory(title="内部通知")
    index = notice.get_parent()
    assert "内部通知" in client.get(index.url).content.decode()

    PageViewRestriction.objects.create(page=notice, restriction_type=PageViewRestriction.LOGIN)

    assert "内部通知" not in client.get(index.url).content.decode()


def test_pages_are_found_where_there_is_a_second_site(client: Client) -> None:
    service = ServicePageFactory()
    Site.objects.create(hostname="other.example", root_page=service.get_parent())

    assert queries.tree() is None
    assert client.get("/").status_code == 200
    assert client.get(f"/services/{service.slug}/").status_code == 200


def test_address_of_another_tree_is_not_found(client: Client) -> None:
    ServicePageFactory(slug="meals")

    assert client.get("/meals/").status_code == 404
    assert client.get("/services/meals/").status_code == 200


def test_sitemap_lists_published_pages_at_the_one_address(client: Client, settings: object) -> None:
    settings.BASE_URL = "https://baodao.example"  # type: ignore[attr-defined]  # pytest-django's wrapper
    page = ContentPageFactory(slug="about")
    ContentPageFactory(slug="hidden", live=False)

    xml = client.get("/sitemap.xml").content.decode()

    assert f"<loc>https://baodao.example{page.url}</loc>" in xml
    assert "hidden" not in xml
