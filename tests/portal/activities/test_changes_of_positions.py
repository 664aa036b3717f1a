"""What one does at a position has changed: those who signed up for it are told, and asked again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from portal.activities import actions
from portal.activities.enums import OnSilence, Posture
from portal.activities.models import MaterialChange
from portal.members.enums import Skill
from portal.notices.models import Message
from tests.factories.activities import PositionFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory

pytestmark = pytest.mark.django_db

POSITION = {"name": "签到台", "skill": Skill.LAW, "posture": Posture.STANDING}


@pytest.fixture
def desk():
    return PositionFactory(name="签到台", skill=Skill.LAW, posture=Posture.STANDING)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "搬运"}, "签到台 → 搬运"),
        ({"skill": Skill.COMPUTERS}, f"{Skill.LAW.label} → {Skill.COMPUTERS.label}"),
        ({"skill": ""}, f"{Skill.LAW.label} → —"),
        ({"posture": Posture.SEATED}, "站着做 → 坐着做"),
    ],
)
def test_a_new_task_skill_or_posture_asks_those_of_the_position(desk, change, said):
    mine = SignUpFactory(shift=desk.shift, position=desk)
    other = SignUpFactory(shift=desk.shift, position=PositionFactory(shift=desk.shift))

    actions.edit_position(position=desk, by=UserFactory(), **{**POSITION, **change})

    assert said in Message.objects.get().body
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.is_asked_again, other.is_asked_again) == (True, False)


@pytest.mark.parametrize("change", [{}, {"name": " 签到 台"}, {"capacity": 9}, {"first_time_friendly": True}])
def test_other_changes_of_a_position_ask_nobody(desk, change):
    SignUpFactory(shift=desk.shift, position=desk)

    actions.edit_position(position=desk, by=UserFactory(), **{**POSITION, **change})

    assert not MaterialChange.objects.exists()


def test_a_position_of_a_draft_asks_nobody():
    desk = PositionFactory(shift__activity__draft=True)
    SignUpFactory(shift=desk.shift, position=desk)

    actions.edit_position(position=desk, by=UserFactory(), posture=Posture.SEATED)

    assert not MaterialChange.objects.exists()


def test_the_organiser_sees_whom_a_position_asks_before_it_changes(client):
    post = PostFactory()
    desk = PositionFactory(shift__activity__area=post.area, name="签到台")
    mine = SignUpFactory(shift=desk.shift, position=desk)
    client.force_login(post.person)
    url, typed = (
        reverse("activities:position", args=[desk.pk]),
        {"name": "签到台", "capacity": 5, "posture": "standing"},
    )

    assertContains(client.post(url, typed), "已有 1 人报名或排队")
    assert not MaterialChange.objects.exists()
    until = timezone.localtime() + timedelta(hours=20)
    terms = {"sure": "1", "reconfirm_by": f"{until:%Y-%m-%dT%H:%M}", "on_silence": "free"}
    assert client.post(url, {**typed, **terms}).status_code == 302

    mine.refresh_from_db()
    assert (mine.is_asked_again, mine.change.on_silence) == (True, OnSilence.FREE)
