"""What a fresh database holds; each step is also walked back."""

import importlib

import pytest
from django.apps.registry import Apps
from django.contrib.auth.models import Group
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page, Site

from tests.factories.website import home_page
from website.home.models import HomePage

languages = importlib.import_module("website.home.migrations.0002_languages")
first_home_page = importlib.import_module("website.home.migrations.0003_first_home_page")
groups = importlib.import_module("website.home.migrations.0004_editors_and_reviewers")


@pytest.fixture
def apps(db: None) -> Apps:
    """The models as migrations know them: bare, without our methods."""
    return MigrationLoader(connection).project_state().apps


@pytest.fixture
def bare_database(apps: Apps) -> None:
    """What Wagtail leaves behind: a root, a welcome page, a site, two groups."""
    home_page()
    groups.revoke(apps, None)
    first_home_page.turn_home_into_welcome_page(apps, None)
    Group.objects.get_or_create(name="Editors")
    Group.objects.get_or_create(name="Moderators")
    if not Collection.objects.filter(depth=1).exists():
        Collection.add_root(name="Root")


@pytest.mark.usefixtures("bare_database")
def test_welcome_page_becomes_home_and_the_site_stands(apps: Apps) -> None:
    welcome = Page.objects.get(depth=2)
    assert welcome.specific_class is Page

    first_home_page.turn_welcome_page_into_home(apps, None)

    home = HomePage.objects.get()
    assert home.pk == welcome.pk
    assert home.title == "报到"
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk


@pytest.mark.usefixtures("bare_database")
def test_languages_are_there_and_unused_ones_can_go(apps: Apps) -> None:
    languages.add_languages(apps, None)
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"zh-hans", "zh-hant", "en"}

    languages.remove_unused_languages(apps, None)
    assert list(Locale.objects.values_list("language_code", flat=True)) == ["zh-hans"]


@pytest.mark.usefixtures("bare_database")
def test_groups_get_our_names_and_rights_and_can_be_walked_back(apps: Apps) -> None:
    groups.grant(apps, None)

    editors, reviewers = Group.objects.get(name="编辑"), Group.objects.get(name="审核")
    page_rights = set(GroupPagePermission.objects.filter(group=editors).values_list("permission__codename", flat=True))
    assert "publish_page" in page_rights
    assert "bulk_delete_page" not in page_rights
    assert GroupCollectionPermission.objects.filter(group=editors, permission__codename="add_siteimage").exists()
    assert not editors.permissions.filter(codename="delete_consent").exists()
    assert reviewers.permissions.filter(codename="delete_consent").exists()

    groups.revoke(apps, None)

    assert not Group.objects.filter(name__in=["编辑", "审核"]).exists()
    former = Group.objects.get(name="Editors")
    assert not GroupPagePermission.objects.filter(group=former, permission__codename="publish_page").exists()
    assert not GroupCollectionPermission.objects.filter(group=former, permission__codename="add_siteimage").exists()
