"""What an organiser may set aside with a reason that is kept, and what stays."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains
from wagtail.models import ModelLogEntry

from portal.activities.actions import call_off_shift, declare_age, declare_of_age, set_audience, sign_up
from portal.activities.enums import MAY_BE_OVERRIDDEN, Audience, QueuePolicy, Refusal, RuleKind, SignUpMode, Training
from portal.activities.errors import SignUpError
from portal.activities.models import AgeDeclaration, Shift, SignUp
from portal.members.enums import Skill
from tests.factories.activities import PositionFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, GridFactory, PostFactory
from tests.factories.teams import TeamFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db

REASON = "现场人手不够。"
Wish = dict[str, Any]
SCENES: dict[Refusal, Callable[[Any], Wish]] = {}


def scene(reason: Refusal) -> Callable[[Callable[[Any], Wish]], Callable[[Any], Wish]]:
    def remember(make: Callable[[Any], Wish]) -> Callable[[Any], Wish]:
        SCENES[reason] = make
        return make

    return remember


def asking(*rules: dict[str, Any]) -> Shift:
    shift = ShiftFactory()
    set_audience(activity=shift.activity, by=shift.activity.created_by, audience=Audience.EVERYONE, rules=rules)
    return shift


@scene(Refusal.NOT_OPEN_YET)
def _not_open(settings):
    return {"shift": ShiftFactory(activity__sign_up_opens_at=timezone.now() + timedelta(hours=1))}


@scene(Refusal.CLOSED)
def _closed(settings):
    return {"shift": ShiftFactory(activity__sign_up_closes_at=timezone.now() - timedelta(hours=1))}


@scene(Refusal.TRAVEL)
def _travel(settings):
    settings.TRAVEL_GAP_MINUTES = 30
    mine = SignUpFactory()
    return {"shift": ShiftFactory(starts_at=mine.shift.ends_at, activity__place="别处"), "member": mine.member}


@scene(Refusal.NOT_INVITED)
def _not_invited(settings):
    return {"shift": ShiftFactory(activity__mode=SignUpMode.INVITED)}


@scene(Refusal.AUDIENCE)
def _audience(settings):
    return {"shift": asking({"kind": RuleKind.AREA, "area": CommunityFactory()})}


@scene(Refusal.AGE)
def _age(settings):
    return {"shift": asking({"kind": RuleKind.MAX_AGE, "age": 70})}


@scene(Refusal.TRAINING)
def _training(settings):
    return {"shift": asking({"kind": RuleKind.TRAINING, "training": Training.FIRST_AID})}


@scene(Refusal.TEAM)
def _team(settings):
    return {"shift": asking({"kind": RuleKind.TEAM, "team": TeamFactory()})}


@scene(Refusal.GRID)
def _grid(settings):
    return {"shift": asking({"kind": RuleKind.AREA, "area": GridFactory()})}


@scene(Refusal.SKILL)
def _skill(settings):
    desk = PositionFactory(skill=Skill.LAW)
    return {"shift": desk.shift, "position": desk}


@scene(Refusal.COMPANIONS)
def _companions(settings):
    return {"shift": ShiftFactory(activity__companions_limit=1), "companions": 2}


@scene(Refusal.OVERLOAD)
def _overload(settings):
    settings.OVERLOAD_IS_REFUSED, settings.WEEKLY_MINUTES_LIMIT = True, 119
    return {"shift": ShiftFactory()}


@scene(Refusal.REST)
def _rest(settings):
    settings.OVERLOAD_IS_REFUSED, settings.REST_HOURS = True, 30
    mine = SignUpFactory()
    return {"shift": ShiftFactory(starts_at=mine.shift.starts_at + timedelta(days=1)), "member": mine.member}


@scene(Refusal.NOT_PUBLISHED)
def _draft(settings):
    return {"shift": ShiftFactory(activity__draft=True)}


@scene(Refusal.CANCELLED)
def _cancelled(settings):
    return {"shift": ShiftFactory(activity__cancelled=True)}


@scene(Refusal.CALLED_OFF)
def _called_off(settings):
    shift = ShiftFactory()
    ShiftFactory(activity=shift.activity)
    return {"shift": call_off_shift(shift=shift, by=shift.activity.created_by, reason="场地停电。")}


@scene(Refusal.STARTED)
def _started(settings):
    return {"shift": ShiftFactory(past=True)}


@scene(Refusal.OVERLAP)
def _overlap(settings):
    mine = SignUpFactory()
    return {"shift": ShiftFactory(starts_at=mine.shift.ends_at - timedelta(minutes=1)), "member": mine.member}


@scene(Refusal.MINOR)
def _minor(settings):
    return {"shift": asking({"kind": RuleKind.MIN_AGE, "age": 16})}


@scene(Refusal.ACCOUNT)
def _account(settings):
    return {"shift": ShiftFactory(), "member": UserFactory(is_active=False)}


@scene(Refusal.POSITION_NEEDED)
def _position(settings):
    return {"shift": PositionFactory().shift}


@scene(Refusal.FULL)
def _full(settings):
    return {"shift": SignUpFactory(shift=ShiftFactory(capacity=1, activity__queue_policy=QueuePolicy.NONE)).shift}


@scene(Refusal.TOO_LARGE)
def _too_large(settings):
    return {"shift": ShiftFactory(capacity=2, activity__companions_limit=5), "companions": 2}


def made(reason: Refusal, settings: Any) -> Wish:
    return {"member": UserFactory(), "by": UserFactory(), **SCENES[reason](settings)}


def refused(wish: Wish, **terms: Any) -> Refusal:
    with pytest.raises(SignUpError) as refusal:
        sign_up(**wish, **terms)
    assert "%(" not in refusal.value.message
    return refusal.value.reason


def line_of(mine: SignUp) -> ModelLogEntry:
    return ModelLogEntry.objects.get(action="activities.signup.confirmed", object_id=str(mine.pk))


def test_whatever_may_be_set_aside_is_met():
    assert set(SCENES) >= MAY_BE_OVERRIDDEN


@pytest.mark.parametrize("reason", sorted(MAY_BE_OVERRIDDEN), ids=str)
def test_an_organiser_may_set_it_aside_with_a_reason_that_is_kept(reason, settings):
    wish = made(reason, settings)
    assert refused(wish) == reason

    mine = sign_up(**wish, override_reason=REASON)

    mine.refresh_from_db()
    assert (mine.state, mine.override_reason, mine.overridden_by) == ("confirmed", REASON, wish["by"])
    line = line_of(mine)
    assert (line.data["exception"], line.data["for"], line.user) == (True, mine.member_id, wish["by"])


@pytest.mark.parametrize("reason", sorted(set(SCENES) - MAY_BE_OVERRIDDEN), ids=str)
def test_the_others_stay_whatever_reason_is_given(reason, settings):
    wish = made(reason, settings)

    assert refused(wish, override_reason=REASON) == reason
    assert not SignUp.objects.filter(override_reason=REASON).exists()


def test_behind_a_rule_set_aside_the_age_still_counts():
    shift = asking({"kind": RuleKind.TEAM, "team": TeamFactory()}, {"kind": RuleKind.MIN_AGE, "age": 18})

    assert refused({"shift": shift, "member": UserFactory(), "by": UserFactory()}, override_reason=REASON) == "minor"


def test_a_guardian_or_being_of_age_lets_a_least_age_be_set_aside(settings):
    wish = made(Refusal.MINOR, settings)
    assert refused(wish, guardian_agrees=True) == Refusal.AGE  # a reason is still asked for

    mine = sign_up(**wish, override_reason=REASON, guardian_agrees=True)
    assert mine.guardian_agrees
    assert line_of(mine).data["guardian_agrees"]

    older, by = UserFactory(), UserFactory()
    retired = asking({"kind": RuleKind.MIN_AGE, "age": 60})
    declare_of_age(person=older, by=by)
    declare_of_age(person=older, by=by)
    assert logged(older.age_declarations.get()) == ["activities.agedeclaration.made"]
    assert not sign_up(shift=retired, member=older, by=by, override_reason=REASON).guardian_agrees


def test_what_one_says_of_ones_age_is_logged_once():
    shift, member = asking({"kind": RuleKind.MIN_AGE, "age": 18}), UserFactory()

    for _ in range(2):
        declare_age(person=member, rules=shift.activity.entry_rules.all())

    assert logged(AgeDeclaration.objects.get()) == ["activities.agedeclaration.made"]


def test_an_organiser_says_how_old_somebody_is_where_it_is_asked(client):
    post = PostFactory()
    client.force_login(post.person)
    shift = ShiftFactory(activity__area=post.area)
    page, url = (reverse(f"activities:{name}", args=[shift.activity.code]) for name in ("people", "exception"))
    assertNotContains(client.get(page), "本人说已满 18 周岁")
    set_audience(
        activity=shift.activity,
        by=post.person,
        audience=Audience.EVERYONE,
        rules=[{"kind": RuleKind.MIN_AGE, "age": 16}],
    )
    assertContains(client.get(page), "本人说已满 18 周岁")
    young, grown = UserFactory(), UserFactory()

    def send(guest, **said):
        data = {"phone": str(guest.phone), "shift": shift.pk, "override_reason": REASON, **said}
        return client.post(url, data).status_code

    assert send(young) == 422
    assert (send(young, age="guardian"), send(grown, age="of_age")) == (302, 302)
    assert young.sign_ups.get().guardian_agrees
    assert not young.age_declarations.exists()
    assert [(said.kind, said.age) for said in grown.age_declarations.all()] == [("min_age", 18)]
    assertContains(client.get(page), "监护人已经同意</span>")
