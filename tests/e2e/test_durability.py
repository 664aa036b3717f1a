"""A web process, the worker and PostgreSQL are killed while people sign up: what was said yes to stays, once."""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.cluster import Cluster, cluster
from tests.e2e.durable import FACTS, Crowd, Member, Told, faults, read
from tests.e2e.house import House
from tests.e2e.server import ROOT

MEMBERS, SHIFTS, PLACES, THREADS = 60, 3, 12, 8
SETTINGS = """
from config.settings.dev import *
SMS_RATES = {"code": "1000/h/key", "any": "1000/h/key"}  # what is counted here is not how much may be sent
DELIVERY_LEASE_SECONDS = 2
"""
# Sixty people with sessions, a few shifts on different days, and three messages to each that wait for the worker.
SEED = f"""
import json
from datetime import timedelta
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.utils import timezone
from portal.notices.enums import MessageKind
from portal.notices.telling import Note, tell_each
from tests.factories.activities import ActivityFactory, ShiftFactory
from tests.factories.members import ConsentFactory, UserFactory

call_command("createcachetable", verbosity=0)
activities = ActivityFactory.create_batch({SHIFTS})
shifts = [
    ShiftFactory(activity=activity, capacity={PLACES}, starts_at=timezone.now() + timedelta(days=3 + 2 * day))
    for day, activity in enumerate(activities)
]
sessions = {{}}
people = [UserFactory(email=f"member{{n}}@demo.invalid") for n in range({MEMBERS})]
for person in people:
    ConsentFactory(person=person, purpose="sms_reminders")
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session.save()
    sessions[person.pk] = session.session_key
for n in range(3):
    tell_each(people, Note(title=f"明天见 {{n}}", kind=MessageKind.OFFER))
print(json.dumps({{"sessions": sessions, "shifts": [[shift.pk, shift.activity.code] for shift in shifts]}}))
"""
# An hour later, as far as the clock is concerned: leases are over, what was lost is found, what failed is tried again.
SETTLE = """
import time
from datetime import timedelta
from django.conf import settings
from django.utils import timezone
from config.jobs import put_back_lost
from django_tasks_db.models import DBTaskResult
from portal.notices.actions import hand_out_due
from portal.notices.models import Delivery

time.sleep(settings.DELIVERY_LEASE_SECONDS)
put_back_lost(now=timezone.now() + timedelta(minutes=settings.JOB_LOST_MINUTES))
Delivery.objects.filter(state="failed").update(next_attempt_at=timezone.now(), handed_out_at=None)
hand_out_due(now=timezone.now() + timedelta(hours=1))
waiting = Delivery.objects.exclude(state="sent")
unfinished = DBTaskResult.objects.filter(status__in=["READY", "RUNNING"])
deadline = time.monotonic() + 60
while time.monotonic() < deadline and (waiting.exists() or unfinished.exists()):
    time.sleep(0.3)
"""


class Worker:
    """``manage.py db_worker``, started again whenever it ends, as the container's restart policy does."""

    def __init__(self, house: House, log: Path) -> None:
        self._house, self._log = house, log
        self._is_over = threading.Event()
        self.starts = 0
        self._process = self._start()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    def kill(self) -> None:
        self._process.kill()

    def stop(self) -> None:
        self._is_over.set()
        self._keeper.join(timeout=10)
        self._process.kill()
        self._process.wait(timeout=10)

    def _start(self) -> "subprocess.Popen[bytes]":
        self.starts += 1
        command = [sys.executable, "manage.py", "db_worker", "--interval", "0.2"]
        with self._log.open("ab") as log:
            return subprocess.Popen(command, cwd=ROOT, env=self._house.environment, stdout=log, stderr=log)

    def _keep(self) -> None:
        while not self._is_over.wait(0.3):
            if self._process.poll() is not None:
                self._process = self._start()


@dataclass
class Scene:
    """A house on a PostgreSQL of its own, with members, and what it has told them."""

    house: House
    postgresql: Cluster
    folder: Path
    seed: dict[str, Any]

    def count(self, sql: str) -> int:
        with psycopg.connect(self.postgresql.url("house")) as connection:
            row = connection.execute(sql.encode()).fetchone()
        return int(row[0]) if row else 0


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with tempfile.TemporaryDirectory() as reachable:
        Path(reachable).chmod(0o755)
        with cluster(Path(reachable) / "postgresql") as postgresql:
            postgresql.fill("house")
            (tmp_path / "durable_settings.py").write_text(SETTINGS)
            path = f"{ROOT / 'site'}:{ROOT}:{tmp_path}"
            settings = {"DJANGO_SETTINGS_MODULE": "durable_settings", "PYTHONPATH": path, "LOG_LEVEL": "ERROR"}
            house = House(tmp_path, postgresql.url("house"), workers=2, **settings)
            seed = json.loads(house.script(SEED).strip().splitlines()[-1])
            yield Scene(house, postgresql, tmp_path, seed)


@pytest.mark.e2e
@pytest.mark.both
@pytest.mark.postgresql
def test_nothing_acknowledged_is_lost_and_each_job_works_once(scene: Scene):
    told = Told()
    with _serving(scene.house):
        crowd, members, all_of_it = _crowd(scene, told)
        _until(lambda: len(told) > all_of_it * 0.2)
        scene.house.server.kill_worker()
        _until(lambda: len(told) > all_of_it * 0.4)
        with _working(scene) as worker:
            _until(lambda: _is_in_the_middle(scene))
            worker.kill()
            _until(lambda: len(told) > all_of_it * 0.6)
            scene.postgresql.kill()
            scene.postgresql.start()
            crowd.wait(120)
            facts = read(scene.house.script(SETTLE + FACTS))

    assert faults(facts, told) == []
    assert len(told) == all_of_it
    assert worker.starts > 1
    assert sum(member.failures for member in members) > 0, "nobody noticed that anything was killed"
    assert {status for _task, status in facts["jobs"]} <= {"FAILED"}, facts["jobs"]


TRUE = {
    "sign_ups": [[1, 7, "confirmed"], [2, 7, "waiting"], [3, 7, "withdrawn"]],
    "shifts": [[7, 1, 1]],
    "queues": [[7, [1]]],
    "deliveries": [["k", "sms", "sent"]],
    "mailbox": ["k"],
}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({}, ""),
        ({"sign_ups": [[1, 7, "confirmed"], [3, 7, "withdrawn"]]}, "signed up, and is None: (2, 7)"),
        ({"sign_ups": [[1, 7, "confirmed"], [2, 7, "withdrawn"], [3, 7, "withdrawn"]]}, "never left"),
        ({"sign_ups": [[1, 7, "confirmed"], [2, 7, "waiting"], [3, 7, "waiting"]]}, "left, and is waiting"),
        ({"shifts": [[7, 1, 2]]}, "2 of 1"),
        ({"shifts": [[7, 5, 1]]}, "has room"),
        ({"shifts": [[7, 5, 3]]}, "counts 3, not 1"),
        ({"queues": [[7, [2, 1]]]}, "queue of 7"),
        ({"mailbox": ["k", "<k@localhost>"]}, "came 2 times"),
        ({"mailbox": []}, "came 0 times"),
        ({"deliveries": [["k", "sms", "sending"]]}, "is sending"),
    ],
)
def test_the_count_afterwards_finds_what_is_wrong(wrong: dict[str, Any], said: str):
    told = Told(signed_up={(1, 7), (2, 7), (3, 7)}, withdrawn={(3, 7)})

    found = faults({**TRUE, **wrong}, told)

    assert any(said in one for one in found) if said else found == []


@contextmanager
def _serving(house: House) -> Iterator[None]:
    house.server.start()
    try:
        yield
    finally:
        house.server.stop()


@contextmanager
def _working(scene: Scene) -> Iterator[Worker]:
    worker = Worker(scene.house, scene.folder / "worker.log")
    try:
        yield worker
    finally:
        worker.stop()


def _crowd(scene: Scene, told: Told) -> tuple[Crowd, list[Member], int]:
    """Let everybody sign up everywhere, and every fifth give their first place back at once."""
    members, work = [], []
    for number, (pk, session) in enumerate(scene.seed["sessions"].items()):
        member = Member(scene.house.server.port, int(pk), session, told)
        members.append(member)
        steps: list[Callable[[], None]] = [partial(member.sign_up, shift) for shift, _code in scene.seed["shifts"]]
        if number % 5 == 0:
            steps.insert(1, partial(member.withdraw, *scene.seed["shifts"][0]))
        work.append(steps)
    jobs = [partial(_each, steps) for steps in work]
    return Crowd(jobs, THREADS), members, sum(len(steps) for steps in work)


def _each(steps: list[Callable[[], None]]) -> None:
    for step in steps:
        step()


def _is_in_the_middle(scene: Scene) -> bool:
    """Return whether the worker has a job of which something has left, and something has not."""
    left = scene.count("SELECT count(*) FROM notices_mailboxentry")
    return bool(
        left and scene.count("SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING'")
    )


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline, "it never came so far"
        time.sleep(0.01)
