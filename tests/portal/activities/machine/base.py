"""An activity of three shifts, the people around it, and how each step of the machine is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

import time_machine
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from portal.activities.actions.drawing import fingerprint
from portal.activities.enums import (
    ATTENDANCE_TRANSITIONS,
    ATTENDANCE_UNDO,
    COVER_TRANSITIONS,
    SIGN_UP_TRANSITIONS,
    AttendanceState,
    QueuePolicy,
    SignUpMode,
    SignUpState,
)
from portal.activities.errors import ActivityError, SignUpError
from portal.activities.models import Activity, Draw, Shift, SignUp
from portal.members.enums import Skill
from portal.members.models import User
from portal.organisations.models import Unit
from portal.states import IllegalMoveError
from tests.factories.activities import ActivityFactory, AttendanceFactory, PositionFactory, ShiftFactory
from tests.factories.members import HomeMembershipFactory, ProfileFactory, UserFactory
from tests.factories.organisations import UnitFactory
from tests.factories.report_in import MemberReportInFactory
from tests.portal.activities.machine.foresight import COMPANIONS_LIMIT, Foresight, Reason
from tests.portal.activities.machine.looking import Lines, Lookout, Seen
from tests.portal.activities.machine.model import Counter, Key, Model

CROWD = 7
Chances = dict[str, list[Callable[[st.DataObject], None]]]
ABLE, VETERANS, OF_THE_UNIT, STRANGERS = (
    frozenset({0, 1, 2}),
    frozenset({0, 3, 5}),
    frozenset({0, 3, 4}),
    frozenset({6}),
)

# Two shifts share time, the third is later; nobody may simply withdraw in the last WITHDRAW_HOURS before one.
STARTS = (72, 73, 80)
LONG, WITHDRAW_HOURS, POLICY_HOURS = timedelta(hours=2), 48, timedelta(hours=10)

TABLES = {"signup": SIGN_UP_TRANSITIONS, "coverrequest": COVER_TRANSITIONS, "attendance": ATTENDANCE_TRANSITIONS}
START = {"attendance": AttendanceState.EXPECTED}

person = st.integers(0, CROWD - 1)
capacities, minima = st.integers(1, 4), st.integers(0, 2)


@dataclass
class World:
    """What the examples share: the people, and the activity without its shifts."""

    clock: time_machine.Traveller
    begins: Any
    organiser: User
    people: list[User]
    unit: Unit
    activity: Activity
    lookout: Lookout


def make_world(clock: time_machine.Traveller) -> World:
    activity, unit = ActivityFactory(companions_limit=COMPANIONS_LIMIT, withdraw_hours=WITHDRAW_HOURS), UnitFactory()
    people: list[User] = UserFactory.create_batch(CROWD)
    for n, member in enumerate(people):
        HomeMembershipFactory(person=member, unit=unit if n in OF_THE_UNIT else UnitFactory())
        if n not in STRANGERS:
            MemberReportInFactory(person=member, area=activity.area, accepted=True)
        if n in ABLE:
            ProfileFactory(person=member, shown=True).known_skills.create(skill=Skill.LAW)
        if n in VETERANS:
            AttendanceFactory(sign_up__member=member)
    return World(clock, timezone.now(), UserFactory(), people, unit, activity, Lookout(activity, people))


def count_from_the_same() -> None:
    """Let sign-ups have the same keys in every example, as SQLite does anyway: they decide the order of the draw."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [SignUp._meta.db_table])
        cursor.execute(f"ALTER SEQUENCE {cursor.fetchone()[0]} RESTART WITH 1000000")  # rolled back with the example


class Machine(RuleBasedStateMachine):
    """The activity beside the model of it. Every step goes through ``attempt``."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.world.clock.move_to(self.world.begins)
        self.steps = -14  # those of the beginning
        self._seen: Seen | None = None
        self.aim: Any = None  # what the next step is to be about, where it is not drawn
        self.last_line = 0
        self.moved: dict[str, str] = {}  # what the log says of each state
        self.offers: list[str] = []  # what each offer was before

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def set_up(self, policy: QueuePolicy, mode: SignUpMode, lot: int) -> None:
        """Make the activity; its draw goes by ``lot`` and no secret, so that a run may be had again."""
        count_from_the_same()
        activity, now = self.world.activity, self.world.begins
        times = [now + timedelta(hours=hours) for hours in STARTS]
        activity.mode, activity.queue_policy, activity.draw_at, activity.newcomers_until = mode, policy, None, None
        if policy == QueuePolicy.DRAW:
            activity.draw_at = now + POLICY_HOURS
        if policy == QueuePolicy.NEWCOMERS:
            activity.newcomers_until = now + POLICY_HOURS
        activity.save()
        if policy == QueuePolicy.DRAW:
            Draw.objects.create(activity=activity, seed=str(lot), commitment=fingerprint(str(lot)))
        shifts = [ShiftFactory(activity=activity, capacity=2, starts_at=at, ends_at=at + LONG) for at in times]
        self.shifts = {shift.pk: shift for shift in shifts}
        desk = PositionFactory(shift=shifts[0], capacity=2, name="签到台")
        counsel = PositionFactory(shift=shifts[0], capacity=1, name="咨询", skill=Skill.LAW)
        counters: dict[Key, Counter] = {
            (shifts[0].pk, desk.pk): Counter(2, name=desk.name),
            (shifts[0].pk, counsel.pk): Counter(1, skill=counsel.skill, name=counsel.name),
            (shifts[1].pk, None): Counter(2),
            (shifts[2].pk, None): Counter(2),
        }
        spans = {shift.pk: (shift.starts_at, shift.ends_at) for shift in shifts}
        self.model = Model(now, spans, counters, policy, activity.newcomers_until, mode=mode)
        everybody = frozenset(range(CROWD))
        self.foresight = Foresight(self.model, ABLE, everybody - VETERANS, OF_THE_UNIT, everybody - STRANGERS)

    @property
    def seen(self) -> Seen:
        """What the database holds after the last step."""
        if self._seen is None:
            self._seen = self.world.lookout.look(self.last_line)
            self.last_line = self._seen.last
            self.read(self._seen.lines)
        return self._seen

    def read(self, lines: Lines) -> None:
        """Follow each state through the log: every line begins where the one before it ended."""
        for whose, action, data in lines:
            if "to" not in data:
                continue
            kind = whose.split()[0]
            assert data["from"] == self.moved.get(whose, START.get(kind, ""))
            assert data["to"] in (ATTENDANCE_UNDO if "undo" in data else TABLES[kind])[str(data["from"])]
            assert action == f"activities.{kind}.{data['to']}"
            self.moved[whose] = data["to"]
            if data["to"] == SignUpState.OFFERED:
                self.offers.append(data["from"])

    def attempt(self, foreseen: Reason, action: Callable[..., Any], **fields: Any) -> Any:
        """Run ``action``, which must be refused as ``foreseen`` or not at all; return what it returns.

        Whatever else it raises ends the run.
        """
        self.steps += 1
        try:
            with transaction.atomic():
                done = action(**fields)
        except (ActivityError, IllegalMoveError) as refusal:  # and nothing has changed
            reason = refusal.reason if isinstance(refusal, SignUpError) else type(refusal)
            assert reason == foreseen, f"{action.__name__}: refused as {reason}, and not as {foreseen}"
            return None
        self._seen = None
        assert foreseen is None, f"{action.__name__}: not refused as {foreseen}"
        return done

    def someone_on(self, data: st.DataObject, *, preferred: str) -> tuple[int, int]:
        """Draw a person and a shift they have been on, in the ``preferred`` state as often as any other."""
        if self.aim:
            return self.aimed()
        rows = sorted(self.model.rows)
        best = [at for at in rows if self.model.rows[at].state == preferred]
        choices = [*best, *rows] if data.draw(st.booleans()) else best or rows
        return data.draw(st.sampled_from(choices))

    def aimed(self) -> Any:
        aim, self.aim = self.aim, None
        return aim

    def at(self, aim: Any) -> Self:
        """Let the step that follows be about ``aim``."""
        self.aim = aim
        return self

    def chances(self) -> Chances:
        """Return by kind what is rarely possible, and is now: left to the lot alone it would hardly happen."""
        return {}

    def seize(self, data: st.DataObject) -> None:
        """Take one of the chances, each kind as often as any other."""
        chances = {kind: steps for kind, steps in self.chances().items() if steps}
        kind = data.draw(st.sampled_from(sorted(chances)))
        data.draw(st.sampled_from(chances[kind]))(data)

    def pass_until(self, moment: datetime) -> None:
        self.pass_time(max(moment - self.model.now, timedelta(0)))

    def pass_time(self, span: timedelta) -> None:
        self.world.clock.shift(span)
        self.model.now = timezone.now()

    def draw_shift(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from(sorted(self.shifts)))

    def draw_key(self, data: st.DataObject) -> Key:
        """Draw what has places, or now and then the whole of a shift that may have positions."""
        if self.aim:
            return self.aimed()
        shift = self.draw_shift(data)
        return data.draw(st.sampled_from([*self.model.keys_of(shift), *self.model.keys_of(shift), (shift, None)]))

    def shift(self, key: int) -> Shift:
        return self.shifts[key]

    def by(self, n: int) -> User:
        return self.world.people[n]
