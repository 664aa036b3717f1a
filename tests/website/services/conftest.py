import pytest

from tests.factories.members import UserFactory
from webui import providers
from webui.providers import Community

CITY = [
    Community("C1", "云水社区", "汀南区"),
    Community("C2", "槐荫社区", "汀南区"),
    Community("C3", "青禾社区", "汀北区"),
]


@pytest.fixture(autouse=True)
def _city(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put three communities in two districts where the portal would tell of its own."""
    monkeypatch.setattr(providers, "_city_community_sources", [lambda: CITY])


@pytest.fixture
def editor(client):
    """Log in somebody of the editors' group."""
    from django.contrib.auth.models import Group  # noqa: PLC0415 -- apps are ready here

    user = UserFactory(name="周编辑")
    user.groups.add(Group.objects.get(name="编辑"))
    client.force_login(user)
    return user
