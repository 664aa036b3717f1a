from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Locale, Site

from tests.factories.members import UserFactory
from website.case_studies.models import CaseStudyIndexPage

ARTICLE = """桥头社区的助餐点

背景

桥头社区现有居民3,120户，党员1.2万名，六十岁以上的老人占28.5%。

做法

1.一起商量。社区请居民坐到一起，把关心的事写在纸上。
2.一起动手。党员带头清理楼道，清运杂物26车次，打造小花园3个。

成效

助餐点每天为180名老人送餐，筹集资金4.5万元。
"""


@pytest.fixture
def case_index(db: None) -> CaseStudyIndexPage:
    home = Site.objects.get(is_default_site=True).root_page
    index: CaseStudyIndexPage = home.add_child(instance=CaseStudyIndexPage(title="案例", locale=Locale.get_default()))
    return index


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "qiaotou.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def editor(client: Client, case_index: Any) -> Any:
    user = UserFactory()
    user.groups.add(Group.objects.get(name="编辑"))
    client.force_login(user)
    return user


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """Return the folder of uploaded files: a real one, for those of the other tests never reach the disk."""
    folder = tmp_path / "media"
    folder.mkdir()
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(folder)}}
    settings.STORAGES = {**settings.STORAGES, "default": on_disk}
    return folder
