import pytest
from django.contrib.auth.models import Permission

from config.permissions import name_permissions

pytestmark = pytest.mark.django_db


def name_of(codename: str, app: str) -> str:
    return Permission.objects.get(codename=codename, content_type__app_label=app).name


def test_permissions_say_what_they_allow_in_chinese() -> None:
    assert name_of("add_servicepage", "services") == "可以添加便民服务"
    assert name_of("delete_group", "auth") == "可以删除组"


def test_a_name_somebody_gave_stays() -> None:
    Permission.objects.filter(codename="add_group").update(name="管理用户组")

    name_permissions(using="default")

    assert name_of("add_group", "auth") == "管理用户组"
